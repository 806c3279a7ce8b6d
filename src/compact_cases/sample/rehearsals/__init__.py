"""Written cases that are played through time, and what each day should bring; a module a chapter."""

from compact_cases.sample.rehearsals import (
    agreement,
    clocks,
    enquiry,
    fast_track,
    handling,
    mediation,
    moving,
    notes,
    panel,
    panel_on_paper,
    paper,
    reopening,
    review,
    talk,
    three,
)

REHEARSALS = {
    one.name: one
    for one in (
        *enquiry.REHEARSALS,
        *reopening.REHEARSALS,
        *clocks.REHEARSALS,
        *moving.REHEARSALS,
        *agreement.REHEARSALS,
        *fast_track.REHEARSALS,
        *talk.REHEARSALS,
        *paper.REHEARSALS,
        *notes.REHEARSALS,
        *handling.REHEARSALS,
        *review.REHEARSALS,
        *panel.REHEARSALS,
        *mediation.REHEARSALS,
        *three.REHEARSALS,
        *panel_on_paper.REHEARSALS,
    )
}
