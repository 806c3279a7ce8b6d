"""Written cases that are played through time, and what each day should bring; a module a chapter."""

from compact_cases.sample.rehearsals import (
    agreement,
    clocks,
    enquiry,
    fast_track,
    handling,
    in_the_room,
    mediation,
    moving,
    notes,
    panel,
    panel_on_paper,
    panel_refers,
    paper,
    paper_agreed,
    reopening,
    review,
    talk,
    three,
    timetable,
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
        *paper_agreed.REHEARSALS,
        *notes.REHEARSALS,
        *handling.REHEARSALS,
        *review.REHEARSALS,
        *panel.REHEARSALS,
        *mediation.REHEARSALS,
        *in_the_room.REHEARSALS,
        *three.REHEARSALS,
        *panel_on_paper.REHEARSALS,
        *panel_refers.REHEARSALS,
        *timetable.REHEARSALS,
    )
}
