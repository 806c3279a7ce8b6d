"""What differs between two editions of the procedure, in sentences."""

from collections.abc import Iterator, Mapping

from compact_cases.rules.procedure import Procedure, Step, StepKind, Terms


def differences(before: Procedure, after: Procedure) -> tuple[str, ...]:
    """Each a sentence, in the order of the file; empty where cases would run the same under both."""
    return (
        *_named(before.stages, after.stages),
        *(
            f"{what} is {'offered' if now else 'not offered any more'}."
            for what, was, now in (
                ("Mediation", before.mediation, after.mediation),
                ("A panel", before.panel, after.panel),
            )
            if was != now
        ),
        *(
            sentence
            for name in dict.fromkeys((*before.terms, *after.terms))
            for sentence in _terms(name, before.terms.get(name), after.terms.get(name))
        ),
    )


WHAT = {
    "acknowledge": "An acknowledgement",
    "answer": "An answer to a question",
    "reply": "A reply",
    "release": "The release of a reply",
    "decide": "The raiser’s decision",
    "next-step": "The next step",
    "close": "Closing",
    "reopen": "An answer to who asks to open a case again",
    "convene": "The invitation to a senior review",
    "meet": "The meeting of the senior leads",
    "note": "The note of the meeting",
    "comment": "A comment on the note",
    "agree": "An answer to an agreement",
    "reflect": "The time to reflect",
    "action": "An agreed action",
    "confirm": "A word on whether an action is done",
    "check-in": "A word on how an agreement holds",
    "hold": "An answer to a hold request",
    "talk": "A talk with the other side",
    "guard": "The end of senior review",
    "action-release": "The release of words about an action",
    "hold-release": "The release of an answer to a hold request",
    "extension-answer": "An answer to a request for more time",
    "agree-timetable": "An answer to a proposed timetable",
    "date": "The day on which something closes",
    "date-passed": "A word on what followed a date",
    "pause-answer": "The board chair’s answer about a pause",
    "appeal": "The answer to an appeal",
    "take-over": "A word on who speaks for a group that ended",
    "choose-successor": "The choice between two bodies that took over",
    "consent": "An answer about mediation",
    "appoint": "The search for a mediator",
    "name": "The time to see a mediator’s name",
    "declare": "A mediator’s word on conflicts of interest",
    "mediate": "The mediation",
    "session": "An answer about a session",
    "go-on": "A word on whether a mediation goes on",
    "constitute": "The naming of a panel",
    "see": "The time to see the names of a panel",
    "declare-member": "A panellist’s word on conflicts of interest",
    "replace": "The naming of another panellist",
    "statement": "A statement for the panel",
    "papers": "The papers of a panel",
    "hear": "The hearing",
    "findings": "The findings of a panel",
    "respond": "An answer to the panel",
    "answer-release": "The release of an answer to the panel",
    "panel-guard": "The end of a case that goes to a panel",
}
"""What people call each obligation where a limit of it changes."""


def what_of(name: str) -> str:
    return WHAT.get(name, name)


def _named(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    for stage, name in after.items():
        if before.get(stage) != name:
            yield f"{stage} is called “{name}”, not “{before.get(stage)}”."


def _terms(name: str, before: Terms | None, after: Terms | None) -> Iterator[str]:
    if before is None or after is None:
        yield f"{what_of(name)} is {'new' if before is None else 'gone'}."
        return
    if before.limit != after.limit:
        yield f"{what_of(name)} is due in {in_days(after.limit)} instead of {before.limit}."
    if before.limit_volunteer_run != after.limit_volunteer_run:
        was = "the same as for others" if before.limit_volunteer_run is None else before.limit_volunteer_run
        now = (
            "no limit of their own"
            if after.limit_volunteer_run is None
            else in_days(after.limit_volunteer_run)
        )
        yield f"{what_of(name)} of those run by volunteers: {now} instead of {was}."
    what = what_of(name)
    yield from (f"{what}: {in_words(step)} is gone." for step in before.steps if step not in after.steps)
    yield from (f"{what}: {in_words(step)} is new." for step in after.steps if step not in before.steps)


def in_words(step: Step) -> str:
    """ "the reminder to the champion 5 working days before the date"."""
    to = " and the ".join(seat.word.replace("-", " ") for seat in (step.to, *step.copy))
    effect = step.effect or ""
    what = f"the step “{effect}”" if step.kind is StepKind.EFFECT else f"the {step.kind} to the {to}"
    letter = f" (letter “{step.letter}”)" if step.letter else ""
    if step.offset_days == 0:
        return f"{what} on the date{letter}"
    side = "before" if step.offset_days < 0 else "after"
    return f"{what} {in_days(abs(step.offset_days))} {side} the date{letter}"


def in_days(number: int) -> str:
    return f"{number} working day{'' if number == 1 else 's'}"
