"""The equality questions: asked after sending, apart from every case, and only ever counted."""

from collections.abc import Mapping

from compact_cases.office.premises import Premises
from compact_cases.records import equality

QUESTIONS: dict[str, tuple[str, dict[str, str]]] = {
    "age": (
        "How old are you?",
        {"under-25": "Under 25", "25-44": "25 to 44", "45-64": "45 to 64", "65-and-over": "65 or over"},
    ),
    "disability": (
        "Do you have a long illness or a disability that limits your day?",
        {"yes": "Yes", "no": "No"},
    ),
    "ethnicity": (
        "What is your ethnic group?",
        {
            "asian": "Asian or Asian British",
            "black": "Black, Black British, Caribbean or African",
            "mixed": "Mixed or multiple ethnic groups",
            "white": "White",
            "other": "Another ethnic group",
        },
    ),
    "gender": (
        "Are you a woman, a man, or would you put it another way?",
        {"woman": "A woman", "man": "A man", "another": "Another way"},
    ),
}


def count(premises: Premises, answers: Mapping[str, str]) -> int:
    """Add to the counters; how many answers were counted. What is no answer of ours is left out."""
    given = [
        (question, answer)
        for question, answer in sorted(answers.items())
        if question in QUESTIONS and answer in QUESTIONS[question][1]
    ]
    with premises.engine.begin() as conn:
        for question, answer in given:
            equality.add_one(conn, premises.clock.today().year, question, answer)
    return len(given)
