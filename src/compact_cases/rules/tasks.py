"""Kinds of tasks, what only a person can do: their names on pages and in letters, and where each stands."""

IN_WORDS = {
    "undeliverable": "A letter did not arrive",
    "phone": "Ring somebody",
    "no-contact": "Nobody to write to",
    "passed-over": "Somebody was passed over",
    "post": "Post a letter",
    "unposted": "A letter still lies here",
    "return-code": "Wrong return codes were tried",
    "new-code": "Offer a new return code",
    "reopen": "A closed case may be opened again",
    "conflict": "Somebody is to be found for a case",
    "stuck": "Something is stuck",
    "mail": "Letters do not go out",
    "proof": "The record is not whole",
    "merged": "A merged concern may go on alone",
    "successor": "Choose which of two bodies answers",
}
GROUPS = {
    **dict.fromkeys(("undeliverable",), "undelivered"),
    **dict.fromkeys(("no-contact", "passed-over"), "nobody"),
    **dict.fromkeys(("post", "unposted", "phone"), "by-hand"),
    **dict.fromkeys(("stuck", "mail", "proof"), "stuck"),
}
ALSO = "also"
"""The group of every other kind."""


def in_words(kind: str) -> str:
    return IN_WORDS.get(kind, kind.replace("-", " ").capitalize())


def group_of(kind: str) -> str:
    """Under which heading a task stands, on the page of what needs attention and in a digest."""
    return GROUPS.get(kind, ALSO)
