"""Which texts a command carries, what each is called, and who may read it."""

from collections.abc import Iterator

from compact_cases.rules import closing, enquiry, intake
from compact_cases.rules.audience import Audience
from compact_cases.rules.decide import Command
from compact_cases.rules.statements import Statement

Text = tuple[str, Audience, Statement]


def texts_of(command: Command) -> list[Text]:
    """The statements to keep with a command, each with its kind and audience."""
    return [(kind, audience, one) for kind, audience, one in _texts(command) if one is not None]


def _texts(command: Command) -> Iterator[tuple[str, Audience, Statement | None]]:
    match command:
        case intake.Receive():
            yield "account", Audience.RAISER_AND_OFFICERS, command.account
            for question, answer in command.told:
                yield question, Audience.RAISER_AND_OFFICERS, answer
            for cite in command.cites:
                yield "paragraph", Audience.RAISER_AND_OFFICERS, cite.paragraph
        case (
            intake.CiteClause(reason=reason)
            | intake.DropClause(reason=reason)
            | intake.HandOver(reason=reason)
            | closing.Unmerge(reason=reason)
        ):
            yield "reason", Audience.OFFICERS, reason
        case intake.AskForMore(question=asked):
            yield "question", Audience.RAISER_AND_OFFICERS, asked
        case intake.AnswerQuestion(answer=answer):
            yield "answer", Audience.RAISER_AND_OFFICERS, answer
        case intake.Accept(restated=restated, wording=wording):
            yield "restated", Audience.RAISER_AND_OFFICERS, restated
            yield "wording", Audience.CASE, wording
        case intake.Decline(explanation=explanation) | closing.Merge(explanation=explanation):
            yield "explanation", Audience.RAISER_AND_OFFICERS, explanation
        case enquiry.SendReply():
            # until an officer has released it; from then on both sides read it
            for one in command.answers:
                yield "reply", Audience.RESPONDENT_AND_OFFICERS, one.words
            yield "offer", Audience.RESPONDENT_AND_OFFICERS, command.offer
            yield "signed", Audience.RESPONDENT_AND_OFFICERS, command.signed
        case enquiry.ReleaseReply(hidden=hidden):
            yield "hidden", Audience.OFFICERS, hidden
        case enquiry.Decide(words=words) | closing.Withdraw(words=words):
            yield "words", Audience.RAISER_AND_OFFICERS, words
        case closing.Close(summary=summary):
            yield "summary", Audience.CASE, summary
        case _:
            return
