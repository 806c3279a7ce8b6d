"""Two cases of one concern that are mediated together: each act in one, and what the other makes of it."""

from datetime import datetime
from uuid import UUID

from compact_cases.rules.act import Now
from compact_cases.rules.acts import act_of, decide, notices_after
from compact_cases.rules.case import Case, evolve, replay
from compact_cases.rules.events import Event
from compact_cases.rules.following import FollowMediation
from compact_cases.rules.seats import Seat
from tests.builders import RELEASED, another, now

FIRST, SECOND = UUID(int=101), UUID(int=102)
OF = {FIRST: SECOND, SECOND: FIRST}
MARA, TOM = UUID(int=71), UUID(int=72)
LISTED: dict[UUID, frozenset[UUID]] = {MARA: frozenset(), TOM: frozenset()}


class Two:
    """Two cases that one concern opened; after each act they catch up, as the office sees to it."""

    def __init__(self) -> None:
        self.cases = {FIRST: replay(RELEASED), SECOND: replay(another(RELEASED))}
        self.logs: dict[UUID, list[Event]] = {FIRST: [], SECOND: []}
        self.told: list[tuple[UUID, str, Seat]] = []

    @property
    def first(self) -> Case:
        return self.cases[FIRST]

    @property
    def second(self) -> Case:
        return self.cases[SECOND]

    def do(self, which: UUID, command: object, at: str | datetime, **known: object) -> list[Event]:
        events = self.one(which, command, at, **known)
        act = act_of(command)  # type: ignore[arg-type]
        if act.half:
            self.one(OF[which], act.half(which), at)
        turn, quiet = OF[which], 0
        if self.cases[which].mediation.shared is None:
            return events
        for _ in range(9):
            quiet = 0 if self.one(turn, FollowMediation(OF[turn]), at, seat=Seat.SYSTEM) else quiet + 1
            if quiet == 2:
                return events
            turn = OF[turn]
        raise AssertionError("they never come to rest")

    def one(self, which: UUID, command: object, at: str | datetime, **known: object) -> list[Event]:
        case = self.cases[which]
        events = decide(command, case, self.known(which, at, **known))  # type: ignore[arg-type]
        for event in events:
            case = evolve(case, event, now(at).at)
        self.logs[which] += events
        self.told += [(which, one.name, one.to) for event in events for one in notices_after(event, case)]
        self.cases[which] = case
        return events

    def known(self, which: UUID, at: str | datetime, **known: object) -> Now:
        """What is true beside one of them: how the other one stands."""
        other = self.cases[OF[which]]
        siblings = {} if other.is_closed else {OF[which]: other}
        usual: dict[str, object] = {"other": other, "siblings": siblings, "mediators": LISTED}
        return now(at, **(usual | known))

    def letters(self, which: UUID) -> list[tuple[str, str]]:
        """Since they were last asked for."""
        found = sorted((name, seat.post) for case, name, seat in self.told if case == which)
        self.told = [one for one in self.told if one[0] != which]
        return found
