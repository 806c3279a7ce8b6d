"""One reading for both doors: a form and JSON that say the same give the same, and are mended alike."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from compact_cases.rules.concern import Problem
from compact_cases.web.frame.forms import HIDDEN_TAKEN_OUT, Form, places_of
from compact_cases.web.frame.json_reader import JsonReader
from compact_cases.web.frame.takes import (
    Choice,
    Day,
    Id,
    Line,
    Lines,
    Part,
    Parts,
    Takes,
    Text,
    Tick,
    YesOrNo,
)

SOMEBODY = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
ALL = Takes(
    Text("words", 20, required="Please write something."),
    Line("name", 20),
    Choice("way", ("car", "bus"), required="Please choose a way.", default="bus"),
    Id("officer", lambda desk: [SOMEBODY], required="Please choose an officer."),
    Day("until", required="Please say until when.", when=("way", "bus")),
    Tick("sure", required="Please tick that you are sure."),
    Lines("hidden", 40),
    Parts("answers", Takes(Line("clause", 20), Text("words", 20))),
    Part("whom", Takes(Line("name", 20))),
)
TYPED = {
    "words": " Two\r\nlines ",
    "name": " Jo   Field ",
    "way": "bus",
    "officer": str(SOMEBODY),
    "until-day": "5",
    "until-month": "May",
    "until-year": "26",
    "sure": "yes",
    "hidden": "One\n\n two ",
    "answers.0.clause": "5.3",
    "answers.0.words": "Yes.",
    "answers.7.clause": "5.8",
    "whom.name": "Ann",
    "csrf_token": "x",
}
SENT = {
    "words": " Two\r\nlines ",
    "name": " Jo   Field ",
    "officer": str(SOMEBODY),
    "until": "2026-05-05",
    "sure": True,
    "hidden": ["One", "", " two "],
    "answers": [{"clause": "5.3", "words": "Yes."}, {"clause": "5.8", "words": None}],
    "whom": {"name": "Ann"},
}


def read(sent: Form | JsonReader, takes: Takes = ALL) -> tuple[Any, list[Problem]]:
    return takes.read(sent), sent.problems


def test_a_form_and_json_that_say_the_same_give_the_same() -> None:
    typed, sent = read(Form(TYPED)), read(JsonReader(SENT))
    assert typed == sent
    values, problems = sent
    assert problems == []
    assert (values["words"], values["name"], values["way"]) == ("Two\nlines", "Jo Field", "bus")
    assert (values["officer"], values["until"]) == (SOMEBODY, date(2026, 5, 5))
    assert (values["hidden"], values["whom"]) == (("One", "two"), {"name": "Ann"})
    assert [one["clause"] for one in values["answers"]] == ["5.3", "5.8"]


def test_what_is_left_out_is_said_all_at_once_in_the_same_sentences() -> None:
    typed, sent = read(Form({"way": "bus"}))[1], read(JsonReader({}))[1]
    assert typed == sent
    assert [one.field for one in sent] == ["words", "officer", "until", "sure"]


def test_what_is_too_long_or_not_offered_is_said_in_the_same_sentences() -> None:
    other = str(UUID(int=1))
    typed = {**TYPED, "way": "boat", "officer": other, "answers.0.words": "x" * 21}
    sent = {**SENT, "way": "boat", "officer": other, "answers": [{"words": "x" * 21}]}
    problems = read(JsonReader(sent))[1]
    assert read(Form(typed))[1] == problems
    assert [one.field for one in problems] == ["way", "officer", "answers.0.words"]
    assert "Please shorten it to 20 or fewer." in problems[2].sentence


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"words": 5}, "“words” must be a text in quotation marks."),
        ({"way": ["bus"]}, "“way” must be a text in quotation marks."),
        ({"officer": "Ann"}, "“officer” must be an id like 01890a5d-ac96-774b-bcce-b302099a8057."),
        ({"until": "5 May"}, "“until” must be a date like 2026-05-05."),
        ({"sure": "yes"}, "“sure” must be true or false."),
        ({"hidden": "One"}, "“hidden” must be a list of texts."),
        ({"answers": {"clause": "5.3"}}, "“answers” must be a list of JSON objects."),
        ({"whom": "Ann"}, "“whom” must be a JSON object."),
        ({"whom": {"nmae": "Ann"}}, "“nmae” is not a field of this call."),
        ({"wrods": "Two"}, "“wrods” is not a field of this call."),
        ({"words": "a\x00b"}, "This has hidden characters in it. Please type it again without them."),
        ({"hidden": ["\u202eevil"]}, "This has hidden characters in it. Please type it again without them."),
    ],
)
def test_what_is_wrong_with_json_as_json_is_said_once(wrong: dict[str, Any], sentence: str) -> None:
    assert [one.sentence for one in read(JsonReader({**SENT, **wrong}))[1]] == [sentence]


def test_hidden_characters_of_a_form_are_taken_out_and_shown_for_another_look() -> None:
    form = Form({**TYPED, "words": "a\x00b", "answers.0.words": "\x07"})
    problems = read(form)[1]
    assert problems == [
        Problem("words", HIDDEN_TAKEN_OUT),
        Problem("answers.0.words", HIDDEN_TAKEN_OUT),
    ]
    assert form.one("words") == "ab"


def test_what_another_answer_does_not_ask_for_is_no_field_of_the_call() -> None:
    assert read(JsonReader({**SENT, "way": "car"}))[1] == [
        Problem("until", "“until” is not a field of this call.")
    ]
    assert read(JsonReader({**SENT, "way": "car", "until": ""}))[1] == []
    boat = read(JsonReader({**SENT, "way": "boat"}))[1]  # nor is it called unknown while that is open
    assert boat == [Problem("way", "Please choose a way.")]
    values, problems = read(Form({**TYPED, "way": "car"}))
    assert (values["until"], problems) == (None, [])


def test_an_address_of_its_own_settles_an_answer() -> None:
    by_bus = ALL.given(way="bus")
    assert "way" not in by_bus.names()
    assert "until" in by_bus.schema()["required"]
    assert read(JsonReader(SENT), by_bus)[0]["way"] == "bus"
    assert "until" not in ALL.given(way="car").names()


def test_a_control_of_another_name_is_a_form_s_own() -> None:
    takes = Takes(
        YesOrNo("drop", required="Please say what is to change.", default=False),
        Line("clause", 20, required="Please write which.", when=("drop", False)),
        Line("clause", 20, required="Please choose which.", when=("drop", True), control="held"),
    )
    assert read(Form({"drop": "yes", "held": "5.3", "clause": ""}), takes) == (
        {"drop": True, "clause": "5.3"},
        [],
    )
    assert read(Form({"drop": "yes"}), takes)[1] == [Problem("held", "Please choose which.")]
    assert read(JsonReader({"drop": True}), takes)[1] == [Problem("clause", "Please choose which.")]
    assert read(JsonReader({"clause": "5.3"}), takes) == ({"drop": False, "clause": "5.3"}, [])
    assert read(Form({}), takes)[1] == [Problem("drop", "Please say what is to change.")]


def test_a_question_left_out_is_no_answer_where_nothing_says_what_that_means() -> None:
    takes = Takes(YesOrNo("granted", required="Please say yes or no."))
    missing = [Problem("granted", "Please say yes or no.")]
    assert read(JsonReader({}), takes)[1] == missing
    assert read(JsonReader({"granted": None}), takes)[1] == missing
    assert read(JsonReader({"granted": False}), takes) == ({"granted": False}, [])
    assert len(read(JsonReader({"granted": "no"}), takes)[1]) == 1
    assert takes.schema()["required"] == ["granted"]


def test_a_part_keeps_its_number_and_a_new_one_gets_a_free_one() -> None:
    form = Form(
        {"answers.0.clause": "a", "answers.2.clause": "c", "answers.x.clause": "d", "answers.٣.clause": ""}
    )
    assert form.places("answers", "clause", ["b", "c"]) == {"b": "answers.3.", "c": "answers.2."}
    assert places_of("answers", {}, ["a", "b"]) == {"a": "answers.0.", "b": "answers.1."}


def test_the_description_says_what_is_taken() -> None:
    assert Takes(*ALL.fields[:3], ALL.fields[4], ALL.fields[5]).schema() == {
        "type": "object",
        "properties": {
            "words": {"type": "string", "maxLength": 20},
            "name": {"type": "string", "maxLength": 20},
            "way": {"type": "string", "enum": ["car", "bus"], "default": "bus"},
            "until": {"type": "string", "format": "date", "description": "With `way`: bus."},
            "sure": {"type": "boolean", "const": True},
        },
        "additionalProperties": False,
        "required": ["words", "sure"],
    }
