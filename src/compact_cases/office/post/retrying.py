"""Sending failed letters again, once somebody says that whatever was at fault is mended."""

from dataclasses import dataclass
from datetime import timedelta

from compact_cases.office.premises import Premises
from compact_cases.records import letter_states, people

REACHES_BACK = timedelta(days=30)
"""What failed before that is over, or a person has dealt with it by hand."""
HAD_A_SECRET = ("sign-in", "draft-saved", "draft-ends-soon")
"""Their links are gone with the failure; whoever needs one asks again."""


@dataclass(frozen=True)
class Again:
    """How many letters wait once more, and how many addresses are trusted again."""

    letters: int = 0
    addresses: int = 0


def could_go_again(premises: Premises) -> int:
    """How many letters ``send_again`` would take up."""
    with premises.engine.connect() as conn:
        return letter_states.count_failed(conn, premises.clock.now() - REACHES_BACK, HAD_A_SECRET)


def send_again(premises: Premises) -> Again:
    """Failed letters wait again, and the marks on their people's addresses go.

    Each is asked again whether it stands; what has been answered since is not sent. An address that is wrong
    indeed is marked anew.
    """
    now = premises.clock.now()
    with premises.engine.begin() as conn:
        failed = letter_states.wait_again(conn, now, now - REACHES_BACK, HAD_A_SECRET)
        trusted = people.trust_again(conn, set(failed)) if failed else 0
    return Again(len(failed), trusted)
