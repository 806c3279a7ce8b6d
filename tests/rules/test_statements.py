"""A text is bound to who may read it by the command that carries it, and its seal says all of that."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Annotated, Any, get_args
from uuid import UUID

import pytest

from compact_cases.rules.acts import Command
from compact_cases.rules.audience import Audience
from compact_cases.rules.closing import Close, Withdraw
from compact_cases.rules.concern import Confidentiality, LinkRole
from compact_cases.rules.enquiry import Answer, SendReply
from compact_cases.rules.intake import Accept, Cite, Told
from compact_cases.rules.refusals import Refused
from compact_cases.rules.statements import (
    Carries,
    Kept,
    Sealed,
    Statement,
    all_written,
    needed,
    seal_of,
    sealed_if,
    texts_in,
)
from tests.builders import CHAMPION, OFFICER, said
from tests.rules.candidates import receiving

ID, SALT = UUID(int=9), b"0123456789abcdef"
SEAL = (SALT, ID, "wording", Audience.CASE, "A group says …")
RAISERS, THEIRS = Audience.RAISER_AND_OFFICERS, Audience.RESPONDENT_AND_OFFICERS
# What was said of each text before it stood on its field: the procedure, section 6.
CARRIED = {
    "MarkInError.reason": ("reason", Audience.OFFICERS),
    "RecordAdjustment.words": ("adjustment", Audience.OFFICERS),
    "AskForTime.reason": ("extension-reason", Audience.OFFICERS),
    "Receive.account": ("account", RAISERS),
    "Told.answer": ("told", RAISERS),
    "Cite.paragraph": ("paragraph", RAISERS),
    "CiteClause.reason": ("reason", Audience.OFFICERS),
    "DropClause.reason": ("reason", Audience.OFFICERS),
    "HandOver.reason": ("reason", Audience.OFFICERS),
    "AskForMore.question": ("question", RAISERS),
    "AnswerQuestion.answer": ("answer", RAISERS),
    "AddToConcern.addition": ("addition", RAISERS),
    "Accept.restated": ("restated", RAISERS),
    "Accept.wording": ("wording", Audience.CASE),
    "Accept.why": ("reason", Audience.OFFICERS),
    "Decline.explanation": ("explanation", RAISERS),
    "Answer.words": ("reply", THEIRS),
    "SendReply.offer": ("offer", THEIRS),
    "SendReply.signed": ("signed", THEIRS),
    "TalkFirst.restated": ("restated", Audience.RAISER_AND_OFFICERS),
    "TalkFirst.wording": ("wording", Audience.CASE),
    "SayWhatFollowed.raisers_words": ("date-passed", Audience.RAISER_AND_OFFICERS),
    "SayWhatFollowed.respondents_words": ("date-passed", THEIRS),
    "AnswerHold.words": ("hold-answer", THEIRS),
    "ReleaseHoldWords.hidden": ("hidden", Audience.OFFICERS),
    "ReleaseReply.hidden": ("hidden", Audience.OFFICERS),
    "Decide.words": ("words", RAISERS),
    "SetMeeting.place": ("place", Audience.CASE),
    "SetMeeting.needs": ("needs", Audience.CASE),
    "AnswerMeeting.of_raiser": ("answer", RAISERS),
    "AnswerMeeting.of_respondent": ("answer", Audience.RESPONDENT_AND_OFFICERS),
    "ConstitutePanel.place": ("place", Audience.CASE),
    "ConstitutePanel.needs": ("needs", Audience.CASE),
    "DeclareForPanel.reason": ("reason", Audience.OFFICERS),
    "MoveHearing.place": ("place", Audience.CASE),
    "MoveHearing.needs": ("needs", Audience.CASE),
    "SendStatement.of_raiser": ("panel-statement", RAISERS),
    "SendStatement.of_respondent": ("panel-statement", Audience.RESPONDENT_AND_OFFICERS),
    "ReleaseForPanel.hidden": ("hidden", Audience.OFFICERS),
    "GivenFinding.reasons": ("reasons", Audience.CASE),
    "GivenFinding.evidence": ("evidence", Audience.CASE),
    "GivenFinding.differing": ("differing-view", Audience.CASE),
    "CorrectFinding.why": ("why-corrected", Audience.CASE),
    "Recommend.what": ("recommended", Audience.CASE),
    "Recommend.known_by": ("known-by", Audience.CASE),
    "AnswerRecommendation.of_raiser": ("panel-answer", RAISERS),
    "AnswerRecommendation.of_respondent": ("panel-answer", Audience.RESPONDENT_AND_OFFICERS),
    "AnswerRecommendation.of_board": ("panel-answer", Audience.CASE),
    "AskForMediation.proxy": ("proxy", RAISERS),
    "AnswerMediation.proxy": ("proxy", RAISERS),
    "ProposeMediator.despite": ("despite", Audience.CASE),
    "AnswerName.of_raiser": ("reason", RAISERS),
    "AnswerName.of_respondent": ("reason", Audience.RESPONDENT_AND_OFFICERS),
    "AnswerSession.of_raiser": ("needs", RAISERS),
    "AnswerSession.of_respondent": ("needs", Audience.RESPONDENT_AND_OFFICERS),
    "FixSession.place": ("place", Audience.CASE),
    "FixSession.needs": ("needs", Audience.CASE),
    "WriteNote.agreed": ("agreed", Audience.CASE),
    "WriteNote.open": ("not-agreed", Audience.CASE),
    "CommentOnNote.of_raiser": ("comment", RAISERS),
    "CommentOnNote.of_respondent": ("comment", Audience.RESPONDENT_AND_OFFICERS),
    "ReleaseText.hidden": ("hidden", Audience.OFFICERS),
    "OpenNextStep.elsewhere": ("words", Audience.CASE),
    "Close.summary": ("summary", Audience.CASE),
    "Withdraw.words": ("words", RAISERS),
    "WriteDownContact.said": ("said", Audience.OFFICERS),
    "WritePrivateNote.note": ("private-note", Audience.OFFICERS),
    "Merge.explanation": ("explanation", RAISERS),
    "Unmerge.reason": ("reason", Audience.OFFICERS),
    "DeclareConflict.reason": ("reason", Audience.OFFICERS),
    "ChooseSuccessor.reason": ("reason", Audience.OFFICERS),
    "RecordGroupEnded.words": ("group-ended", Audience.OFFICERS),
    "TakeOver.authority": ("authority", RAISERS),
    "HandOn.office": ("office", Audience.CASE),
    "HandOn.sent": ("sent", Audience.OFFICERS),
    "LinkCases.reason": ("reason", Audience.OFFICERS),
    "UndoLink.reason": ("reason", Audience.OFFICERS),
    "RaiserSuggests.words": ("lesson", RAISERS),
    "RespondentSuggests.words": ("lesson", THEIRS),
    "SumUp.words": ("lesson", Audience.CASE),
    "AskToReopen.words": ("request", RAISERS),
    "RespondentAsksToReopen.words": ("request", THEIRS),
    "Reopen.explanation": ("explanation", Audience.CASE),
    "Reopen.wording": ("wording", Audience.CASE),
    "Reopen.elsewhere": ("words", Audience.CASE),
    "DeclineReopening.explanation": ("explanation", Audience.CASE),
    "WrittenTerm.what": ("agreed", Audience.CASE),
    "WrittenTerm.known_by": ("known-by", Audience.CASE),
    "AnswerAgreement.words": ("words", Audience.OFFICERS),
    "SayActionDone.proof": ("proof", Audience.OFFICERS),
    "DisputeAction.reason": ("dispute", Audience.OFFICERS),
    "ReleaseActionWords.hidden": ("hidden", Audience.OFFICERS),
    "AnswerCheckIn.answer": ("check-in", Audience.OFFICERS),
}


def parts_of(kind: Any) -> Iterator[Any]:
    """A command's own type and those of its parts."""
    if is_dataclass(kind):
        yield kind
        for field in fields(kind):
            yield from parts_of(field.type)
    else:
        for inner in get_args(kind):
            yield from parts_of(inner)


def mentions_a_text(kind: Any) -> bool:
    return kind is Statement or any(mentions_a_text(inner) for inner in get_args(kind))


def marks_of(kind: Any) -> list[Kept]:
    return [mark for mark in getattr(kind, "__metadata__", ()) if isinstance(mark, Kept)]


PARTS = {part for part in parts_of(Command) if part is not Statement}


def test_every_text_that_a_command_may_carry_says_who_reads_it() -> None:
    found = {
        f"{part.__name__}.{field.name}": [mark[:2] for mark in marks_of(field.type)]
        for part in PARTS
        for field in fields(part)
        if mentions_a_text(field.type)
    }
    assert found == {name: [kept] for name, kept in CARRIED.items()}
    assert [part.__name__ for part in PARTS if not issubclass(part, Carries)] == []


def test_a_seal_is_the_digest_of_each_part_with_its_length() -> None:
    parts = (SALT, ID.bytes, b"wording", b"case", "A group says …".encode())
    whole = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    assert seal_of(*SEAL) == hashlib.sha256(whole).hexdigest()


@pytest.mark.parametrize(
    ("place", "other"),
    [(0, b"another salt, 16"), (1, UUID(int=10)), (2, "restated"), (3, Audience.PUBLIC), (4, "Another.")],
)
def test_a_seal_changes_with_all_that_it_binds(place: int, other: Any) -> None:
    changed: Any = [*SEAL[:place], other, *SEAL[place + 1 :]]
    assert seal_of(*changed) != seal_of(*SEAL)


def test_where_one_part_ends_and_the_next_begins_is_sealed_too() -> None:
    one = seal_of(SALT, ID, "word", Audience.CASE, "case of it")
    assert seal_of(SALT, ID, "wordcase", Audience.CASE, " of it") != one


def test_a_text_is_bound_by_the_field_that_carries_it() -> None:
    words = said("A group says …")
    command = Accept(OFFICER, words, words)
    assert words.kept is None
    assert command.restated.kept
    assert command.restated.kept[:2] == ("restated", RAISERS)
    assert command.wording.kept
    assert command.wording.kept[:2] == ("wording", Audience.CASE)
    assert command.wording.sealed() == Sealed(
        words.statement, seal_of(words.salt, words.statement, "wording", Audience.CASE, words.text)
    )
    assert command.restated.sealed().seal != command.wording.sealed().seal


def test_a_text_that_is_moved_to_another_field_is_bound_anew() -> None:
    command = Accept(OFFICER, said(), said())
    moved = replace(command, wording=command.restated).wording
    assert moved.kept
    assert moved.kept[:2] == ("wording", Audience.CASE)


def test_a_text_that_is_needed_says_so_in_the_same_words_at_every_door() -> None:
    with pytest.raises(Refused) as refused:
        all_written(Close("settled", said(" ")))
    assert (refused.value.sentence, refused.value.field) == (needed(Close, "summary"), "summary")
    all_written(Close("settled", said()))
    all_written(Withdraw(sure=True))


def test_a_text_that_nobody_may_read_is_not_sealed() -> None:
    with pytest.raises(TypeError, match="who may read it"):
        said().sealed()
    with pytest.raises(TypeError, match="who may read it"):
        Careless(said()).words.sealed()


@dataclass(frozen=True)
class Careless(Carries):
    """Its text has no audience."""

    words: Statement


def test_a_field_without_a_text_is_passed_over() -> None:
    answer = Answer(1, "accept", None)
    assert list(texts_in(answer)) == []
    assert sealed_if(answer.words) is None


def test_the_texts_of_a_command_are_found_however_deep_in_their_order() -> None:
    command = replace(
        receiving(Confidentiality.OPEN),
        account=said("one"),
        told=(Told("tried", said("two")), Told("papers", said("three"))),
        cites=(
            Cite("community-groups/5.3", "1", LinkRole.NOT_MET),
            Cite("consultation", "", LinkRole.NOT_MET, said("four")),
        ),
    )
    found = list(texts_in(command))
    assert [one.text for one in found] == ["one", "two", "three", "four"]
    assert [one.kept.kind for one in found if one.kept] == ["account", "told", "told", "paragraph"]
    reply = SendReply((Answer(1, "dispute", said("words")),), said("offer"), CHAMPION, said("signed"))
    assert [one.text for one in texts_in(reply)] == ["words", "offer", "signed"]
    nested = Outer((reply, Told("tried", said("told"))), said("outer"))
    assert [one.text for one in texts_in(nested)] == ["words", "offer", "signed", "told", "outer"]


@dataclass(frozen=True)
class Outer(Carries):
    inner: tuple[Carries, ...]
    words: Annotated[Statement, Kept("words", Audience.OFFICERS)]
