"""Characters that nobody sees: refused wherever they only hide something, kept where a script needs them."""

import pytest

from compact_cases.rules.bodies import folded
from compact_cases.rules.writing import MORE_LINES, UNSEEN, one_line, problem_with, without_unseen

HIDING = {
    "nul": "\x00",
    "bell": "\x07",
    "escape": "\x1b",
    "unit separator": "\x1f",
    "delete": "\x7f",
    "C1": "\x9b",
    "soft hyphen": "\u00ad",
    "combining joiner": "\u034f",
    "Arabic letter mark": "\u061c",
    "Hangul filler": "\u3164",
    "zero width space": "\u200b",
    "zero width non-joiner": "\u200c",
    "zero width joiner": "\u200d",
    "left-to-right mark": "\u200e",
    "right-to-left override": "\u202e",
    "word joiner": "\u2060",
    "invisible plus": "\u2064",
    "isolate": "\u2066",
    "byte order mark": "\ufeff",
    "variation selector": "\ufe0f",
    "interlinear": "\ufff9",
    "no character": "\uffff",
    "half a character": "\ud800",
    "blank braille": "\u2800",
    "tag": "\U000e0041",
    "selector of the supplement": "\U000e0100",
}
RIGHT = {
    "Sinhala name": "ශ්\u200dරී ලංකා",
    "Persian": "می\u200cخواهم",
    "Bengali, at the end of a word": "ত্\u200d",
    "Devanagari, apart": "क्\u200cष",
    "Mongolian": "ᠮᠣᠩᠭᠣᠯ\u180b",
    "family": "👨\u200d👩\u200d👧",
    "women's, with a skin": "🏃🏽\u200d♀\ufe0f",
    "heart": "❤\ufe0f",
    "key": "1\ufe0f\u20e3",
    "rainbow": "🏳\ufe0f\u200d🌈",
    "Wales": "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
    "accents": "Zoë, Łódź, naïve – “quoted” …",
    "no-break space": "30\u00a0people",
}


@pytest.mark.parametrize("sign", HIDING.values(), ids=HIDING)
@pytest.mark.parametrize("text", ["{}ab", "a{}b", "ab{}", "a {} b"])
def test_what_only_hides_is_refused_wherever_it_stands(sign: str, text: str) -> None:
    typed = text.format(sign)
    assert problem_with(typed) == UNSEEN
    assert problem_with(typed, lines=True) == UNSEEN
    assert without_unseen(typed) == text.format("")


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_what_a_script_or_a_picture_needs_stays(text: str) -> None:
    assert problem_with(text) == problem_with(text, lines=True) == ""
    assert without_unseen(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "क्\u200d\u200dष",  # one joins, two hide
        "a\u200d👧",
        "👨\u200d",
        "👨\u200dx",
        "🏴\U000e0067\U000e0062",  # a flag without its end
        "🏴" + "\U000e0067" * 7 + "\U000e007f",
        "❤\ufe0f\ufe0f",
        "x\ufe0f",
    ],
)
def test_what_joins_nothing_hides_something(text: str) -> None:
    assert problem_with(text, lines=True) == UNSEEN


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_a_line_has_no_line_ends(end: str) -> None:
    assert problem_with(f"one{end}two") in (MORE_LINES, UNSEEN)
    assert problem_with("one\ntwo") == MORE_LINES
    assert problem_with("one\ntwo\n\tthree", lines=True) == ""


def test_blanks_of_a_line_are_squeezed_and_nothing_else_is_swallowed() -> None:
    assert one_line("  Jo \t Field\u00a0 and\u2003 Co ") == "Jo Field and Co"
    for sign in ("\n", "\x1c", "\x1f", "\x85", "\u2028"):  # str.split() takes these for blanks
        assert one_line(f"Jo{sign}Field") == f"Jo{sign}Field"


def test_a_name_is_found_with_and_without_its_joiners() -> None:
    assert folded("ශ්\u200dරී ලංකා") == folded("ශ්රී ලංකා")
