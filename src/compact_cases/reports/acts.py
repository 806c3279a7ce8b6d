"""What a visitor may do in a case now, the likeliest first; for officers also why not the rest."""

from compact_cases.reports.case_shape import NotNow, Offered
from compact_cases.reports.ground import Ground
from compact_cases.reports.reader import Reader
from compact_cases.rules.acts import offers


def acts_of(ground: Ground, reader: Reader) -> tuple[tuple[Offered, ...], tuple[NotNow, ...]]:
    """As the table of acts has it: the same condition as the refusal, from what the page has read."""
    found = offers(ground.case, ground.now)
    officer = reader.is_officer
    offered = tuple(Offered(act.name, act.words if officer else act.party_words) for act in found.open)
    if not officer or ground.case.is_closed:  # that it is closed stands on the page once
        return offered, ()
    return offered, tuple(NotNow(act.name, act.words, why) for act, why in found.refused)
