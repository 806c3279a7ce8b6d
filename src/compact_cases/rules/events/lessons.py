"""Lessons, their event: what should change so that something does not happen again, by undertaking."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from compact_cases.rules.audience import Audience
from compact_cases.rules.copying import replace
from compact_cases.rules.course import Course
from compact_cases.rules.seats import Side
from compact_cases.rules.statements import Sealed


@dataclass(frozen=True)
class LessonSaid:
    """``side``: whose words they are. ``clause``: of the case's link, by which lessons can be counted."""

    side: str
    link: int
    clause: str
    words: Sealed


LessonsEvent = LessonSaid
AUDIENCE: dict[type, Audience] = {LessonSaid: Audience.OFFICERS}
"""Each side reads its own on its page, and both what the office sums up."""


@dataclass(frozen=True)
class Lesson:
    side: Side
    link: int
    clause: str
    words: Sealed
    at: datetime


@dataclass(frozen=True)
class Lessons:
    said: tuple[Lesson, ...] = ()


def evolve(part: Lessons, course: Course, event: LessonsEvent, at: datetime) -> tuple[Lessons, Course]:
    match event:
        case LessonSaid(side=side, link=link, clause=clause, words=words):
            return replace(part, said=(*part.said, Lesson(Side(side), link, clause, words, at))), course
        case _:
            assert_never(event)
