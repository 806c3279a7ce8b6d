"""Lessons as one visitor may see them: what should change, by whom, and for which undertaking."""

from dataclasses import dataclass
from datetime import datetime

from compact_cases.reports.case_shape import Part, Said
from compact_cases.reports.ground import Ground
from compact_cases.reports.reader import Reader
from compact_cases.reports.undertakings import title_of
from compact_cases.rules.audience import Audience
from compact_cases.rules.seats import Side

AUDIENCES = {
    Side.RAISER: Audience.RAISER_AND_OFFICERS,
    Side.RESPONDENT: Audience.RESPONDENT_AND_OFFICERS,
    Side.OFFICE: Audience.CASE,
}


@dataclass(frozen=True)
class LessonShown:
    side: str
    clause: str
    title: str
    at: datetime
    words: Said


@dataclass(frozen=True, kw_only=True)
class LessonsShown(Part):
    lessons_said: tuple[LessonShown, ...]


def lessons(ground: Ground, reader: Reader) -> LessonsShown:
    codes = ground.rulebook.codes
    return LessonsShown(
        lessons_said=tuple(
            LessonShown(one.side.value, one.clause, title_of(one.clause, "", codes), one.at, words)
            for one in ground.case.lessons.said
            if (words := reader.said(one.words, AUDIENCES[one.side], one.at))
        )
    )
