"""An act is one thing: whoever adds one is told here what it still lacks, by name."""

import ast
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from litestar import Litestar

from compact_cases.clock import HandClock
from compact_cases.office.casework import needs
from compact_cases.office.premises import open_premises
from compact_cases.records.event_codec import NAMES
from compact_cases.rules.act import Act, Need
from compact_cases.rules.acts import ACTS, CHAPTERS, NOTICES, Command, at_address
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.events import AUDIENCE, Event
from compact_cases.rules.following import FollowMediation
from compact_cases.rules.intake import Receive
from compact_cases.rules.moving import MoveToEdition
from compact_cases.rules.seats import CASE_STAFF, SYSTEM
from compact_cases.rules.statements import Carries, Kept, Statement
from compact_cases.rules.succession import Succeed
from compact_cases.rules.together import TakeTogether
from compact_cases.settings import Settings
from compact_cases.shipped import templates_folder
from compact_cases.web.app import all_readers, create_app
from compact_cases.web.cases.acts import addresses
from tests.architecture.source import ROOT, functions, name_of, python_files, tree_of
from tests.builders import local
from tests.records.test_event_codec import golden
from tests.web.cases.test_who_may import MAY

COMMANDS: tuple[type, ...] = get_args(Command)
NAMED = {act.name: act for act in reversed(ACTS) if act.name}
HALVES = {act.half for act in ACTS if act.half}
EVENTS: tuple[type, ...] = get_args(Event)
ANSWERED = {"200", "400", "401", "403", "404", "409", "413", "422", "428", "429", "503"}
# Fields of a command that are words of a list, numbers or names of clauses: nobody writes a text there.
WORDS = {
    "MoveToEdition.calendar",
    "MoveToEdition.procedure",
    *("Receive.reference", "Receive.channel", "Receive.remedies"),
    *("Cite.clause", "Cite.edition", "Told.question", "CiteClause.clause", "CiteClause.edition"),
    *("AskForPause.reason", "AskForPause.asked_by", "AppealRefusal.because", "AppealRefusal.stage"),
    *("AnswerAppeal.because", "TakeOver.capacity"),
    *("Speaker.name", "Speaker.organisation", "Speaker.email", "Speaker.phone", "Speaker.post"),
    *("SayGoOn.party", "RecordNoGoOn.item"),
    *("CitedAs.clause", "CitedAs.edition", "EndTalk.ends"),
    *("SayWhatFollowed.side", "SayWhatFollowed.extended"),
    *(
        "Decline.reason",
        "Answer.answer",
        "AnswerMediation.known",
        "AnswerMediation.party",
        "AnswerName.party",
        "AnswerSession.party",
        "AskForMediation.known",
        "AskForMediation.party",
        "ChangeMediator.why",
        "DeclineOffer.party",
        "EndMediation.ending",
        "FixSession.time",
        "FixSession.with_",
        "LeaveMediation.party",
        "ProposeMediator.pays",
        "ProposeSession.times",
        "ProposeSession.with_",
        "RecordNameSeen.item",
        "RecordNoConsent.item",
        "AnswerHold.answer",
        "Decide.decision",
        "Decide.then",
        "Close.outcome",
    ),
    *("Decide.stage", "OpenNextStep.stage"),
    *("SetMeeting.time", "AnswerMeeting.side", "CommentOnNote.side"),
    *("Escalate.obligation", "Escalate.item", "Arrived.way"),
    *("AskToReopen.why", "RespondentAsksToReopen.why", "Reopen.stage"),
    "RecordAdjustment.side",
    *("AskForTime.obligation", "AskForTime.because"),
    *("PauseClocks.reason", "PauseClocks.asked_by", "PauseClocks.only"),
    *("LinkCases.kind", "UndoLink.kind", "TakeLink.kind", "DropLink.kind"),
    *("ConstitutePanel.time", "MoveHearing.time", "SendStatement.side", "RecordNoStatement.item"),
    *("RecordHearing.came", "GivenFinding.finding", "GivenFinding.beside", "Recommend.to"),
    *("AnswerRecommendation.item", "AnswerRecommendation.answer", "RecordNoPanelAnswer.item"),
    "MarkDiscussed.item",
    *("OtherDate.obligation", "ProposeTimetable.side", "EndTimetable.side"),
    *("WrittenTerm.side", "AnswerAgreement.side", "AnswerAgreement.answer", "WaiveReflection.side"),
    *("RecordNoAnswer.item", "LetAgreementStand.item", "RecordNotDisputed.item", "RecordNotKept.item"),
    *("SayActionDone.item", "DisputeAction.item", "ReleaseActionWords.item", "ConfirmAction.item"),
    *("WaiveAction.item", "AnswerCheckIn.item", "PassCheckIn.item"),
}


OF_TWO_CASES = (TakeTogether, FollowMediation)
"""The other half of an act, and what follows one, that look at the other case."""
SECOND_MODULES = {
    **dict.fromkeys(("together", "following"), "mediation"),
    "particulars": "intake",
    "silence": "enquiry",
    "onward": "enquiry",
    "pauses": "clocks",
    "date_passes": "fast_track",
    "succession": "intake",
    "posting": "clocks",
    "extensions": "clocks",
    "adjustments": "clocks",
    "guard": "clocks",
    "agreed_actions": "agreement",
    "check_ins": "agreement",
    "noted": "review",
    "constituting": "panel",
    "hearings": "panel",
    "findings": "panel",
    "referring": "panel",
    "appointing": "mediation",
    "mediation_ends": "mediation",
    "sessions": "mediation",
    "errors": "clocks",
    "asked_pauses": "board",
    "appeals": "board",
}
"""Of a chapter that has more than one."""


def named(act: Act[Any]) -> str:
    return act.command.__name__


# --- the table --------------------------------------------------------------------------------------------


def test_every_command_is_one_act_and_every_act_one_command() -> None:
    assert sorted(map(named, ACTS)) == sorted(one.__name__ for one in COMMANDS)
    assert {act.command for act in ACTS} == set(COMMANDS)


def test_an_act_stands_in_the_chapter_of_its_command() -> None:
    of_chapters = {chapter.__name__.rsplit(".", 1)[-1]: chapter for chapter in CHAPTERS}
    assert set(of_chapters) == {one.name for one in fields(Case)} - {"course"}
    for act in ACTS:
        first = act.command.__module__.rsplit(".", 1)[-1]
        owner = SECOND_MODULES.get(first, first)
        assert act in of_chapters[owner].ACTS, named(act)


def test_acts_of_the_system_halves_and_the_first_one_have_no_address_reader_or_words() -> None:
    for act in ACTS:
        inside = act.by == SYSTEM or act.command in HALVES or act.command is Receive
        assert inside is not bool(act.name), named(act)
        assert not (inside and (act.words or act.party_words)), named(act)
        # reception and the other half of an act give these without a look beside
        if inside and not act.effect and act.command not in (Succeed, MoveToEdition, *OF_TWO_CASES):
            assert act.needs == frozenset(), named(act)


@pytest.mark.parametrize("need", Need)
def test_what_an_act_may_need_is_read_by_the_office_and_needed_by_some_act(need: Need) -> None:
    assert need in needs._READ
    assert [act for act in ACTS if need in act.needs]


def test_the_office_reads_nothing_that_no_act_can_ask_for() -> None:
    assert set(needs._READ) == set(Need)


# --- an address -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def app() -> Litestar:
    """Put together as ever; nothing here asks the database."""
    settings = Settings(environment="development", database_url="postgresql:///never-asked")
    clock = HandClock(local("2026-03-02 09:30"))
    return create_app(settings, premises=open_premises(settings, clock=clock))


def test_every_address_has_one_reader_and_every_reader_an_act() -> None:
    assert sorted(one.name for one in all_readers()) == sorted(NAMED)


@pytest.mark.parametrize("name", NAMED)
def test_an_address_has_words_a_template_and_a_row_in_the_matrix(name: str) -> None:
    first = at_address(name)[0]
    assert first.words, "officers read no words on the way to it"
    assert first.by <= CASE_STAFF or first.party_words, "a party reads no words on the way to it"
    (reader,) = [one for one in all_readers() if one.name == name]
    assert (templates_folder() / reader.template).is_file(), reader.template
    assert name in MAY, "tests/web/cases/test_who_may.py does not say who may"


@pytest.mark.parametrize("name", addresses(all_readers()))
def test_a_call_is_described_with_its_body_its_purpose_and_all_its_answers(app: Litestar, name: str) -> None:
    paths = app.openapi_schema.to_schema()["paths"]
    call = paths[f"/api/cases/{{ref}}/{name}"]["post"]
    schema = call["requestBody"]["content"]["application/json"]["schema"]
    assert schema["properties"]
    assert call["summary"]
    assert call["description"].endswith(".")
    assert call["operationId"] == f"case-{name}"
    assert call["security"] == [{"bearer": []}]
    assert set(call["responses"]) == ANSWERED


def test_no_call_is_described_that_is_none(app: Litestar) -> None:
    paths = app.openapi_schema.to_schema()["paths"]
    start = "/api/cases/{ref}/"
    posts = {
        path.removeprefix(start) for path, one in paths.items() if path.startswith(start) and "post" in one
    }
    assert posts == {*addresses(all_readers()), "no-conflict"}


# --- its refusal ------------------------------------------------------------------------------------------

REFUSES = {"then_refused", "Refused"}


@cache
def _said_at_the_top(path: Path) -> dict[str, ast.stmt]:
    """What each name of a module stands for: its functions, its constants."""
    found: dict[str, ast.stmt] = {}
    for one in tree_of(path).body:
        if isinstance(one, ast.FunctionDef):
            found[one.name] = one
        for target in one.targets if isinstance(one, ast.Assign) else ():
            found |= {name.id: one for name in ast.walk(target) if isinstance(name, ast.Name)}
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
            found[one.target.id] = one
    return found


def _names_in(node: ast.AST) -> set[str]:
    plain = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    return plain | {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}


def _names_behind(path: Path, node: ast.AST) -> set[str]:
    """Every name that a test speaks of, itself or through what its module says at the top."""
    names, top = _names_in(node), _said_at_the_top(path)
    left = list(names)
    while left:
        if (said := top.get(left.pop())) is not None:
            new = _names_in(said) - names
            names |= new
            left += new
    return names


@cache
def _refused_in_tests() -> frozenset[str]:
    found: set[str] = set()
    for path in python_files("tests/rules"):
        for test in functions(path):
            if test.name.startswith("test_") and REFUSES & _names_in(test):
                found |= _names_behind(path, test)
    return frozenset(found)


@pytest.mark.parametrize("act", ACTS, ids=named)
def test_some_test_of_the_rules_refuses_an_act(act: Act[Any]) -> None:
    assert named(act) in _refused_in_tests()


# --- its texts --------------------------------------------------------------------------------------------


def _inside(hint: Any) -> Iterator[Any]:
    yield hint
    for one in get_args(hint):
        yield from _inside(one)


def _parts(kind: Any) -> Iterator[Any]:
    """A command and the parts that it carries."""
    yield kind
    for hint in typing.get_type_hints(kind).values():
        for one in _inside(hint):
            if isinstance(one, type) and is_dataclass(one) and one is not Statement:
                yield from _parts(one)


CARRIED = sorted({part for command in COMMANDS for part in _parts(command)}, key=lambda one: one.__name__)


@pytest.mark.parametrize("part", CARRIED, ids=lambda part: part.__name__)
def test_each_text_says_on_its_field_what_it_is_and_who_reads_it(part: Any) -> None:
    assert issubclass(part, Carries)
    for one in fields(part):
        # as it stands there: postponed annotations would be strings, and no text would be bound
        assert not isinstance(one.type, str), f"{part.__name__}.{one.name}"
        plain = typing.get_type_hints(part)[one.name]
        if Statement not in _inside(plain):
            continue
        assert plain in (Statement, Statement | None), f"{part.__name__}.{one.name} is never bound"
        marks = [it for it in getattr(one.type, "__metadata__", ()) if isinstance(it, Kept)]
        assert len(marks) == 1, f"nobody said who may read {part.__name__}.{one.name}"
        assert marks[0].kind
        assert isinstance(marks[0].audience, Audience)


@pytest.mark.parametrize("part", CARRIED, ids=lambda part: part.__name__)
def test_a_field_that_is_no_text_holds_no_text(part: Any) -> None:
    hints = typing.get_type_hints(part)
    plain = {f"{part.__name__}.{one.name}" for one in fields(part) if str in _inside(hints[one.name])}
    assert plain <= WORDS


def test_every_word_of_the_list_is_a_field() -> None:
    assert {f"{part.__name__}.{one.name}" for part in CARRIED for one in fields(part)} >= WORDS


# --- what follows -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_an_event_has_a_chapter_an_audience_a_golden_line_and_a_line_on_the_timeline(event: type) -> None:
    chapter = event.__module__.rsplit(".", 1)[-1]
    chapter = SECOND_MODULES.get(chapter, chapter)
    assert chapter in {one.name for one in fields(Case)} - {"course"}
    assert event in AUDIENCE
    assert NAMES[event] in golden()
    assert (templates_folder() / "timeline" / f"{NAMES[event]}.html").is_file()


@pytest.mark.parametrize("notice", NOTICES)
def test_a_letter_has_a_subject_and_two_bodies(notice: str) -> None:
    found = {path.name for path in (templates_folder() / "mail" / notice).iterdir()}
    assert found >= {"subject.txt", "body.txt", "body.html"}


def test_no_letter_is_written_that_no_chapter_names() -> None:
    folders = {path.name for path in (templates_folder() / "mail").iterdir() if path.is_dir()}
    assert folders == set(NOTICES)


# --- who may know commands by name ------------------------------------------------------------------------

ASKS_NO_COMMAND = [
    ROOT / "src/compact_cases/office/casework/casebook.py",
    ROOT / "src/compact_cases/office/casework/needs.py",
    *python_files("src/compact_cases/reports", "src/compact_cases/web"),
]


def told_apart(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Each class by which a value is told apart from others, with its line: in ``isinstance``, in ``match``,
    and in a comparison of ``type(...)``."""
    imported = {
        one.asname: one.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for one in node.names
        if one.asname
    }
    for node in ast.walk(tree):
        asked: list[ast.AST] = []
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("isinstance", "issubclass"):
            asked = [*node.args[1:]]
        elif isinstance(node, ast.MatchClass):
            asked = [node.cls]
        elif isinstance(node, ast.Compare) and any(
            isinstance(one, ast.Call) and ast.unparse(one.func) == "type"
            for one in (node.left, *node.comparators)
        ):
            asked = [node.left, *node.comparators]
        for one in asked:
            for name in _names_in(one):
                yield imported.get(name, name), one.lineno  # type: ignore[attr-defined]


def test_nobody_outside_the_rules_asks_which_command_it_is() -> None:
    commands = {one.__name__ for one in COMMANDS}
    found = [
        f"{name_of(path)}:{line} {name}"
        for path in ASKS_NO_COMMAND
        for name, line in told_apart(tree_of(path))
        if name in commands
    ]
    assert found == []


@pytest.mark.parametrize(
    "asks",
    [
        "isinstance(command, closing.Merge)",
        "isinstance(command, Merge | Unmerge)",
        "match command:\n    case Merge(): pass",
        "type(command) is Merge",
        "from rules.closing import Merge as M\nif isinstance(command, M): pass",
    ],
)
def test_these_rules_see_what_they_forbid(asks: str) -> None:
    assert "Merge" in {name for name, _ in told_apart(ast.parse(asks))}
