"""Plays the sample's stories day by day, with the sweep each morning, up to the last working day.

That day's own reminders and escalations are left to the running service, so that they can be watched.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from importlib.resources import files
from uuid import UUID

from compact_cases.clock import HandClock
from compact_cases.office.accounts import accounts, party_access
from compact_cases.office.casework import casebook, reminders
from compact_cases.office.identity import statement, statement_if
from compact_cases.office.post import by_post, outbox
from compact_cases.office.premises import Premises
from compact_cases.office.reception import reception
from compact_cases.office.registry import library, register_file
from compact_cases.records import case_summaries, people, staff
from compact_cases.records.case_summaries import CaseRow
from compact_cases.rules.acts import Command
from compact_cases.rules.case import Case
from compact_cases.rules.closing import Close, Merge
from compact_cases.rules.coming import Arrived
from compact_cases.rules.course import Stage
from compact_cases.rules.enquiry import Answer, Decide, ReleaseReply, SendReply
from compact_cases.rules.fast_track import EXTENDED, AnswerHold, ReleaseHoldWords
from compact_cases.rules.handling import DeclareConflict, HandOn
from compact_cases.rules.intake import Accept, AskForMore, Decline
from compact_cases.rules.notes import WriteDownContact, WritePrivateNote
from compact_cases.rules.onward import OpenNextStep
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.posting import RecordPosted
from compact_cases.rules.reopening import AskToReopen, Reopen
from compact_cases.rules.seats import BY_WORD, Seat, Side
from compact_cases.rules.statements import Statement
from compact_cases.rules.talk import EndTalk, TalkFirst
from compact_cases.rules.working_days import Calendar
from compact_cases.sample import (
    agreeing,
    asking,
    in_the_room,
    looked_at,
    mediated,
    on_paper,
    panelling,
    reviewing,
    stories,
    timetabling,
)
from compact_cases.sample.cases import STORIES
from compact_cases.sample.housekeeping import OF_THE_OFFICE
from compact_cases.sample.stories import Act, Story
from compact_cases.sample.told import told
from compact_cases.settings import OFFICE_ZONE

STAFF = (
    ("officer@office.example", "Morgan Hale", Seat.OFFICER),
    ("second.officer@office.example", "Asha Verma", Seat.OFFICER),
    ("chair@office.example", "Canon Ruth Selby", Seat.CHAIR),
    ("admin@office.example", "Lee Watts", Seat.ADMINISTRATOR),
)
MORNING, EVENING = time(8, 5), time(23, 50)


@dataclass(frozen=True)
class Moment:
    """One thing that happens, at its instant: a story begins (no act), or goes on."""

    at: datetime
    story: int
    act: Act | None


def load(premises: Premises) -> str:
    """Load the register, the staff and the cases where there are none yet; returns a sign-in address.

    Safe to call at every start: what is there already stays as it is.
    """
    with premises.engine.connect() as conn:
        empty = not case_summaries.any_there(conn)
    if empty:
        _play(premises, furnished(premises))
    return accounts.sign_in_link(premises, _staff(premises).staff_id or UUID(int=0))


def furnished(premises: Premises) -> Visitor:
    """The office with the invented staff and register in it, and no case; its first officer."""
    officer = _staff(premises)
    register = (files("compact_cases.sample") / "register.csv").read_text(encoding="utf-8")
    register_file.import_bodies(premises, register)
    panelling.furnish(premises)
    mediated.put_on_register(premises)
    return officer


def _staff(premises: Premises) -> Visitor:
    with premises.engine.connect() as conn:
        first = staff.by_email(conn, STAFF[0][0])
    if first is None:
        members = [accounts.add_officer(premises, email, name, role) for email, name, role in STAFF]
        first = members[0]
    return Visitor(Seat.OFFICER, staff_id=first.id, name=first.name)


def _play(premises: Premises, officer: Visitor) -> None:
    with premises.engine.connect() as conn:
        calendar = library.current_rulebook(conn).calendar
    today = premises.clock.today()
    last = today if calendar.is_working(today) else calendar.minus(today, 1)
    clock = HandClock(premises.clock.now())
    then = replace(premises, clock=clock)
    players: list[Player] = []
    players += [Player(then, officer, story, players) for story in STORIES]
    swept = calendar.plus(last, min(story.day for story in STORIES))
    for moment in _moments(calendar, last, premises.clock.now()):
        swept = _sweep_mornings(then, clock, calendar, swept, min(moment.at.date(), last))
        clock.move(moment.at)
        players[moment.story].play(moment.act)
    _sweep_mornings(then, clock, calendar, swept, last)
    outbox.count_as_sent(premises, datetime.combine(last, time(0, 0), OFFICE_ZONE))
    looked_at.all_but_the_newest(premises)


def _moments(calendar: Calendar, last: date, now: datetime) -> list[Moment]:
    """Everything that happens, in its order; nothing lies after now."""

    def instant(day: int, clock_time: str) -> datetime:
        at = datetime.combine(calendar.plus(last, day), time.fromisoformat(clock_time), OFFICE_ZONE)
        return min(at, now)

    def all_of() -> Iterator[Moment]:
        for number, story in enumerate(STORIES):
            yield Moment(instant(story.day, story.time), number, None)
            for act in story.acts:
                yield Moment(instant(act.day, act.time), number, act)

    return sorted(all_of(), key=lambda moment: (moment.at, moment.story))


def _sweep_mornings(
    premises: Premises, clock: HandClock, calendar: Calendar, done: date, until: date
) -> date:
    """Sweep on every working morning after ``done`` and before ``until``; returns the last one swept."""
    while (day := calendar.plus(done, 1)) < until:
        clock.move(datetime.combine(day, MORNING, OFFICE_ZONE))
        reminders.sweep_until_done(premises)
        done = day
    return done


@dataclass
class Player:
    """Plays one story: raises its concern, then gives each act's command to its cases."""

    premises: Premises
    officer: Visitor
    story: Story
    everybody: list["Player"] = field(repr=False)
    references: tuple[str, ...] = ()

    def play(self, act: Act | None) -> None:
        if act is None:
            self.references = reception.raise_concern(
                self.premises, told(self.premises, self.story)
            ).references
            return
        if act.what in OF_THE_OFFICE:
            OF_THE_OFFICE[act.what](self.premises, act, self.story)
            return
        if act.what == stories.NEW_CODE:
            party_access.new_return_code(self.premises, self.references[0], by=self.officer)
            return
        if act.what in in_the_room.ALL:
            row = self._row()
            in_the_room.play(self.premises, act, row, self._champion(row), self.officer)
            return
        for reference in self.references:
            row = self._row(reference)
            if act.body not in ("", row.respondent_label):
                continue
            case = casebook.read(self.premises, row.case_id)
            who = self._who(act, row, case)
            command = self._command(act, case, who)
            casebook.carry_out(self.premises, reference, command, by=who)

    def _who(self, act: Act, row: CaseRow, case: Case) -> Visitor:
        match act.what:
            case stories.REPLY | stories.HOLD_ANSWER | stories.MORE_TIME:
                return Visitor(Seat.CHAMPION, person_id=self._champion(row), case_id=row.case_id)
            case stories.HAND_ON:
                return self._of_role(Seat.ADMINISTRATOR)
            case what if what in asking.OF_THE_CHAIR or act.choice == "chair":
                return self._chair()
            case what if what in (*stories.OF_THE_RAISER, asking.APPEAL, asking.TAKE_OVER):
                return Visitor(Seat.RAISER, person_id=row.raiser_id, concern_id=row.concern_id)
            case (
                stories.REOPEN | asking.DECLINE_REOPENING
            ):  # the first officer closes the cases of the sample
                return self._second
            case what if what in panelling.NOT_STAFF:
                return panelling.who(act, case, row, self._champion(row))
            case what if what in mediated.BY_THE_MEDIATOR:
                return Visitor(Seat.MEDIATOR, person_id=row.mediator_id, case_id=row.case_id)
            case what if what in (*agreeing.OF_SIDES, *mediated.OF_SIDES, *timetabling.OF_SIDES):
                if agreeing.side_of(act) == Side.RAISER.value:
                    return Visitor(Seat.RAISER, person_id=row.raiser_id, concern_id=row.concern_id)
                return Visitor(Seat.CHAMPION, person_id=self._champion(row), case_id=row.case_id)
            case _:
                return self._in_charge(case, row)

    def _in_charge(self, case: Case, row: CaseRow) -> Visitor:
        """The first officer who has no conflict of interest; else the board chair, in this case alone."""
        if not case.handling.conflicted:
            return self.officer
        if self._second.staff_id not in case.handling.conflicted:
            return self._second
        return replace(self._chair(), seat=Seat.OFFICER, case_id=row.case_id)

    @property
    def _second(self) -> Visitor:
        with self.premises.engine.connect() as conn:
            member = staff.by_email(conn, STAFF[1][0])
        assert member is not None  # noqa: S101 (furnished with it)
        return Visitor(Seat.OFFICER, staff_id=member.id, name=member.name)

    def _chair(self) -> Visitor:
        return self._of_role(Seat.CHAIR)

    def _of_role(self, role: Seat) -> Visitor:
        with self.premises.engine.connect() as conn:
            found = next(one for one in staff.in_list_order(conn) if one.role is role)
        return Visitor(role, staff_id=found.id, name=found.name)

    def _champion(self, row: CaseRow) -> UUID | None:
        with self.premises.engine.connect() as conn:
            contacts = people.of_bodies(conn, [row.respondent_id] if row.respondent_id else [])
        posts = (one.id for one in contacts if one.role == Seat.CHAMPION.post and one.deputy_of is None)
        return next(posts, None)

    def _command(self, act: Act, case: Case, who: Visitor) -> Command:
        if act.what in (*asking.COMMANDS, asking.CHOOSE_BODY):
            return asking.command(act, who.staff_id or UUID(int=0), case)
        if of_a_review := reviewing.COMMANDS.get(act.what):
            return of_a_review(act, case, self._in_days)
        if of_a_timetable := timetabling.COMMANDS.get(act.what):
            return of_a_timetable(act, self._in_days)
        officer, words = self.officer.staff_id or UUID(int=0), statement(act.words)
        if of_a_file := on_paper.COMMANDS.get(act.what):
            return of_a_file(act, case, officer, self._new_to(case))
        match act.what:
            case stories.ACCEPT:
                wording = statement(f"{self.story.account}")
                if self.story.confidentiality != "open":
                    wording = statement(act.words.replace("You say", "A group says"))
                return Accept(officer, words, wording)
            case stories.TALK:
                return TalkFirst(officer, words, statement(self.story.account), agreed=True)
            case stories.TALKED:
                return EndTalk(act.choice)
            case stories.ACCEPT_AND_HOLD:
                return Accept(officer, words, statement(self.story.account), hold=True)
            case stories.HOLD_ANSWER:
                until = date.fromisoformat(act.choice) if act.choice[:1].isdigit() else None
                answer = EXTENDED if until else act.choice
                return AnswerHold(answer, until, statement_if(act.words), None)
            case stories.HOLD_RELEASE:
                return ReleaseHoldWords(looked=True)
            case stories.ASK:
                return AskForMore(words)
            case stories.DECLINE:
                return Decline(officer, act.choice, words)
            case stories.REPLY:
                answers = tuple(
                    Answer(link.id, act.choice, statement(act.words)) for link in case.intake.to_answer
                )
                return SendReply(answers, None, None, statement("Policy and partnerships team"))
            case stories.RELEASE:
                return ReleaseReply(looked=True)
            case stories.DECIDE:
                decision, then, stage = (*act.choice.split(":"), "", "")[:3]
                return Decide(decision, then, stage=stage)
            case stories.NEXT_STEP:
                return OpenNextStep(act.choice, self._new_to(case))
            case stories.ON_PAPER:
                return Decide(act.choice, came=Arrived(self._day(act.came), "paper"))
            case stories.POST:
                return RecordPosted(self._to_post(case), self.premises.clock.today())
            case stories.CLOSE:
                return Close(act.choice or "resolved early", words)
            case stories.MERGE:
                return Merge(officer, self._case_of(act.choice), words)
            case stories.ASK_TO_REOPEN:
                return AskToReopen(act.choice, words)
            case stories.REOPEN:
                return self._reopened(act, case, words)
            case stories.CALL:
                return WriteDownContact(self.premises.clock.today(), BY_WORD[act.choice], words)
            case stories.PRIVATE_NOTE:
                return WritePrivateNote(words)
            case stories.HAND_ON:
                return HandOn(words, statement("The concern and the replies, by post."))
            case stories.CONFLICT:
                instead = self._second.staff_id if who.staff_id == self.officer.staff_id else None
                return DeclareConflict(who.staff_id or officer, instead, words)
            case what if what in panelling.OF_PANEL:
                return panelling.command(act, case, self.premises, self._in_days)
            case what if what in mediated.ALL:
                return mediated.command(act, case, self._in_days, self.premises)
            case _:
                return agreeing.command(act, case, self._in_days)

    def _in_days(self, count: int) -> date:
        with self.premises.engine.connect() as conn:
            return library.current_rulebook(conn).calendar.plus(self.premises.clock.today(), count)

    def _reopened(self, act: Act, case: Case, words: Statement) -> Command:
        by = self._second.staff_id
        assert by is not None  # noqa: S101 (they are on the staff)
        if act.choice == Stage.SENIOR_REVIEW:
            return Reopen(by, act.choice, words, convenor=self._new_to(case))
        return Reopen(by, act.choice, words, statement(act.words))

    def _new_to(self, case: Case) -> UUID | None:
        """An officer of the list who is new to a case; else the board chair; a panel needs neither."""
        with self.premises.engine.connect() as conn:
            listed = [one for one in staff.in_list_order(conn) if one.id not in case.intake.handlers]
        officers = (one.id for one in listed if one.works_on_cases)
        chairs = (one.id for one in listed if one.role is Seat.CHAIR)
        return next(officers, None) or next(chairs, None)

    def _day(self, number: int) -> date:
        """A working day of the story: it was raised on day 0."""
        case = casebook.read(self.premises, self._row().case_id)
        raised = case.obligations[0].opened_at.date()
        with self.premises.engine.connect() as conn:
            return library.current_rulebook(conn).calendar.plus(raised, number)

    def _to_post(self, case: Case) -> UUID:
        """The letter that has waited longest."""
        with self.premises.engine.connect() as conn:
            waiting = by_post.waiting(conn, [self._row().case_id])
        return min((one for some in waiting.values() for one in some), key=lambda one: one.written_on).id

    def _row(self, reference: str = "") -> CaseRow:
        with self.premises.engine.connect() as conn:
            row = case_summaries.find(conn, reference or self.references[0])
        assert row is not None  # noqa: S101 (it was raised before)
        return row

    def _case_of(self, group: str) -> UUID:
        """The first case of a group about the body that this story is about."""
        about = self.story.about
        goes_on = next(one for one in self.everybody if one.story.group == group and one.story.about == about)
        with self.premises.engine.connect() as conn:
            row = case_summaries.find(conn, goes_on.references[0])
        assert row is not None  # noqa: S101 (it was raised before)
        return row.case_id
