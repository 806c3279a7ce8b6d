"""Which rule answers which command, and who may give it; both are exhaustive."""

from datetime import datetime
from typing import assert_never

from compact_cases.rules import clocks, closing, enquiry, intake
from compact_cases.rules.audience import CASE_STAFF, RAISING_SIDE, RESPONDING_SIDE, Role
from compact_cases.rules.case import Case
from compact_cases.rules.clocks import ClocksCommand
from compact_cases.rules.closing import ClosingCommand
from compact_cases.rules.enquiry import EnquiryCommand
from compact_cases.rules.events import Event
from compact_cases.rules.intake import IntakeCommand
from compact_cases.rules.rulebook import Rulebook

Command = IntakeCommand | EnquiryCommand | ClosingCommand | ClocksCommand


def decide(command: Command, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    """The events that follow from a command at a local instant. Raises Refused with a sentence."""
    match command:
        case intake.Receive():
            return intake.receive(command, case, at, rulebook)
        case intake.MatchRespondent():
            return intake.match_respondent(command, case, at, rulebook)
        case intake.CiteClause():
            return intake.cite_clause(command, case, at, rulebook)
        case intake.DropClause():
            return intake.drop_clause(command, case, at, rulebook)
        case intake.Assign():
            return intake.assign(command, case, at, rulebook)
        case intake.HandOver():
            return intake.hand_over(command, case, at, rulebook)
        case intake.AskForMore():
            return intake.ask_for_more(command, case, at, rulebook)
        case intake.AnswerQuestion():
            return intake.answer_question(command, case, at, rulebook)
        case intake.Accept():
            return intake.accept(command, case, at, rulebook)
        case intake.Decline():
            return intake.decline(command, case, at, rulebook)
        case enquiry.SendReply():
            return enquiry.send_reply(command, case, at, rulebook)
        case enquiry.ReleaseReply():
            return enquiry.release_reply(command, case, at, rulebook)
        case enquiry.Decide():
            return enquiry.decide(command, case, at, rulebook)
        case enquiry.WaitForReply():
            return enquiry.wait_for_reply(command, case, at, rulebook)
        case enquiry.RecordNoReply():
            return enquiry.record_no_reply(command, case, at, rulebook)
        case enquiry.SendLastLetter():
            return enquiry.send_last_letter(command, case, at, rulebook)
        case enquiry.RecordSilence():
            return enquiry.record_silence(command, case, at, rulebook)
        case closing.Close():
            return closing.close(command, case, at, rulebook)
        case closing.Withdraw():
            return closing.withdraw(command, case, at, rulebook)
        case closing.Merge():
            return closing.merge(command, case, at, rulebook)
        case closing.TakeIn():
            return closing.take_in(command, case, at, rulebook)
        case closing.Unmerge():
            return closing.unmerge(command, case, at, rulebook)
        case closing.GiveBack():
            return closing.give_back(command, case, at, rulebook)
        case clocks.EndPause():
            return clocks.end_pause(command, case, at, rulebook)
        case clocks.Escalate():
            return clocks.escalate(command, case, at, rulebook)
        case _:
            assert_never(command)


def who_may(command: Command) -> frozenset[Role]:
    """The roles that may give a command. Officers may also give a party's, on that party's behalf."""
    match command:
        case intake.Receive():
            return frozenset({Role.PUBLIC, Role.RAISER}) | CASE_STAFF
        case intake.AnswerQuestion() | enquiry.Decide() | enquiry.WaitForReply() | closing.Withdraw():
            return RAISING_SIDE | CASE_STAFF
        case enquiry.SendReply():
            return RESPONDING_SIDE | CASE_STAFF
        case (
            enquiry.RecordNoReply()
            | enquiry.SendLastLetter()
            | enquiry.RecordSilence()
            | clocks.EndPause()
            | clocks.Escalate()
        ):
            return frozenset({Role.SYSTEM})
        case (
            intake.MatchRespondent()
            | intake.CiteClause()
            | intake.DropClause()
            | intake.Assign()
            | intake.HandOver()
            | intake.AskForMore()
            | intake.Accept()
            | intake.Decline()
            | enquiry.ReleaseReply()
            | closing.Close()
            | closing.Merge()
            | closing.TakeIn()
            | closing.Unmerge()
            | closing.GiveBack()
        ):
            return CASE_STAFF
        case _:
            assert_never(command)
