"""Every notice in every role that it is sent to, with the facts that come with it."""

from datetime import date
from typing import Any

from compact_cases.rules.heads import Head
from tests.mail.letters_of_mediation_and_panel import FURTHER_ON, MEETING, OWED

LINK = "https://compact.example/links/abcdef0123456789"
TODAY = date(2026, 3, 10)
ITEMS = {"items": [OWED]}
LATE = {"obligation": "reply", "cycle": 1, "due": "2026-03-05"}
OVERDUE: dict[str, Any] = {"items": [LATE]}

# every notice in every role that it is sent to, with the facts that come with it
HEAD = Head(12, date(2026, 3, 10), 153, b"\xbe" * 32, b"\xac" * 32, b"\xed" * 32, bytes(64), b"\xfa" * 64)
CASE = {"reference": "GC-2026-0042", "stage": "Received"}
MORNING: dict[str, Any] = {
    "day": "2026-03-10",
    "sections": [
        {"name": "overdue", "count": 1, "lines": [{**CASE, "obligation": "close", "day": "2026-03-05"}]},
        {"name": "today", "count": 1, "lines": [{**CASE, "obligation": "release", "day": "2026-03-10"}]},
        {"name": "undelivered", "count": 3, "lines": [{**CASE, "task": "undeliverable"}]},
        {"name": "coming", "count": 1, "lines": [{**CASE, "day": "2026-03-13"}]},
    ],
}
LEADS, SIDES = ("senior-lead", "raiser-senior-lead"), ("raiser", "respondent")
TOOK = [
    {"kind": "stage", "of": "early-resolution", "days": 20},
    {"kind": "pause", "of": "waiting for a third party", "days": 12},
    {"kind": "longer-limit", "of": "", "days": None},
    {"kind": "late-reply", "of": "reply", "days": 3},
]
LETTERS: list[tuple[str, str, dict[str, Any]]] = [
    *FURTHER_ON,
    ("draft-saved", "public", {"due": "2026-04-09"}),
    ("draft-ends-soon", "public", {"due": "2026-03-17"}),
    ("receipt", "raiser", {**OWED, "obligation": "acknowledge"}),
    ("new-concern", "officer", {**OWED, "obligation": "acknowledge"}),
    ("new-concern", "officer", {**OWED, "obligation": "acknowledge", "closes": "2026-03-04"}),
    ("delay", "raiser", {"items": [{**OWED, "obligation": "acknowledge", "due": "2026-03-09"}]}),
    ("acknowledgement", "raiser", OWED),
    ("question", "raiser", {**OWED, "obligation": "answer"}),
    ("addition", "officer", {}),
    ("declined", "raiser", {}),
    ("notice", "champion", OWED),
    (
        "receipt",
        "raiser",
        {**OWED, "obligation": "acknowledge", "closes": "2026-03-14", "back": "2026-03-16"},
    ),
    ("acknowledgement", "raiser", {**OWED, "obligation": "hold"}),
    *[
        ("hold-request", role, {**OWED, "obligation": "hold", "closes": "2026-03-18"})
        for role in ("champion", "senior-lead")
    ],
    *[("hold-answered", role, {}) for role in ("raiser", "champion", "officer")],
    ("hold-answered", "champion", OWED),
    ("hold-answered", "officer", {**OWED, "obligation": "hold-release"}),
    *[
        ("no-hold-answer", role, facts)
        for role in ("raiser", "chief-officer", "champion", "officer")
        for facts in ({}, OWED)
    ],
    ("hold-words", "raiser", {}),
    *[("talk-first", role, {**OWED, "obligation": "talk"}) for role in ("raiser", "champion")],
    *[
        ("talk-over", role, {**OWED, "obligation": "acknowledge"})
        for role in ("raiser", "champion", "officer")
    ],
    ("put-right", "officer", {}),
    *[("date-passed", role, {**OWED, "obligation": "date-passed"}) for role in ("raiser", "champion")],
    ("date-answered", "officer", {}),
    ("reply-received", "officer", {**OWED, "obligation": "release"}),
    ("reply-received", "champion", {**OWED, "obligation": "release"}),
    ("reply-released", "raiser", {**OWED, "obligation": "decide"}),
    ("reply-released", "raiser", {}),
    ("nudge", "champion", OVERDUE),
    ("escalation", "senior-lead", OVERDUE),
    ("escalation", "chief-officer", OVERDUE),
    ("escalation", "champion", {**OVERDUE, "copy": True}),
    *[
        ("escalation", "champion", {"items": [{**LATE, "told": told}], "copy": True})
        for told in ("senior lead", "chief officer")
    ],
    ("delay", "raiser", {"items": [{**LATE, "obligation": "acknowledge", "told": "board chair"}]}),
    *[
        (notice, "officer", facts)
        for notice in ("answered", "assigned", "handed-over")
        for facts in ({}, {"items": [{**OWED, "obligation": "acknowledge"}]})
    ],
    ("taken-over", "champion", {"items": [OWED]}),
    ("taken-over", "panellist", {"items": [{**OWED, "obligation": "findings"}]}),
    ("no-reply", "raiser", {**OWED, "obligation": "decide"}),
    ("no-reply", "champion", {**OWED, "obligation": "decide"}),
    ("no-reply", "officer", {**OWED, "obligation": "decide"}),
    ("no-reply", "officer", {"obligation": "decide"}),
    *[("kept-on-paper", role, {**OWED, "written": "2026-03-10"}) for role in ("raiser", "champion")],
    *[("reply-in-time", role, {"written": "2026-03-10"}) for role in ("raiser", "champion", "senior-lead")],
    ("last-letter", "raiser", {"obligation": "decide", "due": "2026-03-17", "written": "2026-03-10"}),
    *[
        ("decision-recorded", role, {**OWED, "then": then})
        for role in ("raiser", "champion", "officer")
        for then in ("close", "go-on")
    ],
    *[
        (notice, role, {**OWED, "why": "other proceedings"})
        for notice in ("paused", "resumed")
        for role in ("raiser", "champion", "officer")
    ],
    *[
        ("dates-moved", role, {"items": items})
        for role in ("raiser", "champion", "officer")
        for items in ([OWED], [OWED, {"obligation": "comment", "due": "2026-03-20"}])
    ],
    *[
        (notice, role, {**OWED, "yours": role in ("champion", "chair")})
        for notice in ("extended", "time-asked", "time-refused", "longer-limit")
        for role in ("raiser", "champion", "officer")
    ],
    *[
        ("timetable-proposed", role, {**OWED, "obligation": "agree-timetable", "yours": yours})
        for role in ("raiser", "champion", "officer")
        for yours in (True, False)
    ],
    *[
        ("timetable-agreed", role, {"items": items, "left": left})
        for role in ("raiser", "champion", "chief-officer", "officer")
        for items in ([OWED], [OWED, {"obligation": "comment", "due": "2026-03-20"}])
        for left in (0, 1)
    ],
    *[
        ("timetable-not-agreed", role, {"how": how})
        for role in ("raiser", "champion", "officer")
        for how in ("declined", "no answer", "taken back", "overtaken")
    ],
    *[
        ("timetable-ended", role, facts)
        for role in ("raiser", "champion", "officer")
        for facts in (
            {},
            {"items": [OWED]},
            {"items": [OWED, {"obligation": "comment", "due": "2026-03-20"}]},
        )
    ],
    *[
        ("long-time", role, {"days": 60, "paused": paused, "since": "2026-03-02", "took": TOOK})
        for role in ("raiser", "champion", "officer", "co-officer", "chair")
        for paused in (0, 1, 12)
    ],
    *[("in-error", role, facts) for role in ("raiser", "champion", "officer") for facts in (OWED, {})],
    ("time-asked", "chair", {**OWED, "obligation": "extension-answer", "yours": True}),
    *[
        ("group-ended", role, {**OWED, "obligation": "take-over"})
        for role in ("raiser", "champion", "officer")
    ],
    ("group-ended", "officer", {**OWED, "obligation": "close"}),
    ("divided", "officer", {**OWED, "obligation": "choose-successor"}),
    *[("speaker", role, {"same": False}) for role in ("raiser", "champion", "officer")],
    ("pause-asked", "chair", {**OWED, "obligation": "pause-answer"}),
    *[("pause-refused", "officer", {"silent": silent}) for silent in (True, False)],
    *[
        ("appeal-asked", role, {**OWED, "chair": role != "co-officer", "yours": True})
        for role in ("chair", "co-officer")
    ],
    *[
        ("appeal-asked", role, {**OWED, "chair": chair})
        for role in ("raiser", "champion")
        for chair in (True, False)
    ],
    *[
        ("appeal-answered", role, {**OWED, "upheld": upheld})
        for role in ("raiser", "champion", "officer")
        for upheld in (True, False)
    ],
    *[
        ("review-opened", role, {**OWED, "obligation": "note"})
        for role in ("raiser", "champion", "senior-lead", "raiser-senior-lead")
    ],
    *[("invitation", role, {**MEETING, "number": n}) for n in (0, 1) for role in LEADS],
    *[("invitation-cancelled", role, {"number": 1}) for role in LEADS],
    *[("invitation-cancelled", role, {"number": 1, "over": True}) for role in LEADS],
    ("invitation", "senior-lead", {**MEETING, "number": 1, "first": True}),
    ("statement-asked", "raiser", {**OWED, "obligation": "meet", "item": "raiser"}),
    ("meeting-answered", "officer", {"side": "raiser", "comes": True}),
    ("meeting-answered", "officer", {**OWED, "obligation": "convene", "side": "respondent", "comes": False}),
    ("meeting-answered", "officer", {**OWED, "item": "statement-raiser", "side": "raiser", "comes": False}),
    *[
        ("note-written", role, {**OWED, "obligation": "comment", "item": "raiser"})
        for role in ("raiser", "champion", *LEADS)
    ],
    *[("text-received", "officer", {**OWED, "obligation": "release", "side": side}) for side in SIDES],
    *[("text-released", role, {"what": what}) for role in LEADS for what in ("comment", "statement")],
    ("reply-released", "raiser", {**OWED, "obligation": "decide", "mediation": True}),
    *[
        ("review-over", role, {**OWED, "obligation": "decide", "met": met})
        for role in ("raiser", "champion", "officer", *LEADS)
        for met in (True, False)
    ],
    *[
        ("reminder", role, {"items": [{"obligation": name, "item": "raiser", "cycle": 1, "due": due}]})
        for role in ("raiser", *LEADS)
        for name in ("meet", "comment")
        for due in ("2026-03-16", "2026-03-05")
    ],
    *[
        ("escalation", role, {"items": [{"obligation": "meet", "item": "raiser", "due": "2026-03-05"}]})
        for role in ("chief-officer", "raiser-chief-officer")
    ],
    ("closed", "raiser", {}),  # one that an older version has filed
    *[("closed", role, {"closed": "2026-03-18T12:00:00+00:00"}) for role in ("raiser", "champion")],
    ("closed", "raiser", {"closed": "2026-03-18T12:00:00+00:00", "group_ended": True}),
    *[("closed", role, {"to_do": 0, "handed_on": True}) for role in ("raiser", "champion")],
    *[("closed", role, {"to_do": count}) for role in ("raiser", "champion") for count in (0, 1, 3)],
    *[
        ("agreement", role, {**OWED, "obligation": "agree", "item": "raiser", "version": version})
        for role in ("raiser", "champion")
        for version in (1, 2)
    ],
    *[
        ("agreement-answered", "officer", {"side": side, "answer": answer})
        for side in ("raiser", "respondent")
        for answer in ("yes", "not", "silent")
    ],
    *[
        ("agreement-not-accepted", role, {"side": "raiser", "answer": answer})
        for role in ("raiser", "champion")
        for answer in ("not", "silent")
    ],
    *[("agreement-reflect", role, {**OWED, "obligation": "reflect"}) for role in ("raiser", "champion")],
    *[
        ("agreement-made", role, {**OWED, "obligation": "close", "actions": count, "settles": settles})
        for role in ("raiser", "champion", "officer")
        for count, settles in ((1, True), (3, False))
    ],
    ("action-to-read", "officer", {**OWED, "obligation": "action-release", "item": "2"}),
    *[
        (notice, role, {**OWED, "obligation": name, "item": "2"})
        for notice, name in (("action-to-confirm", "confirm"), ("action-again", "action"))
        for role in ("raiser", "champion")
    ],
    *[
        ("action-settled", role, {"item": "2", "how": how, "side": "raiser"})
        for role in ("raiser", "champion")
        for how in ("confirmed", "waived", "not-disputed")
    ],
    *[
        ("action-not-kept", role, {"item": "2", "how": "not-kept", "side": "raiser"})
        for role in ("raiser", "champion", "officer")
    ],
    *[
        ("check-in", role, {"items": [{**OWED, "obligation": "check-in", "item": "3-raiser"}]})
        for role in ("raiser", "champion")
    ],
    *[
        (notice, role, {"items": [{**LATE, "obligation": "action", "item": "2"}]})
        for notice, roles in (
            ("nudge", ("raiser", "champion")),
            ("escalation", ("senior-lead", "raiser-senior-lead", "chief-officer", "raiser-chief-officer")),
        )
        for role in roles
    ],
    ("escalation", "champion", {"items": [{**LATE, "obligation": "action", "item": "2"}], "copy": True}),
    *[
        ("reopening-asked", role, {**OWED, "obligation": "reopen"})
        for role in ("raiser", "champion", "officer")
    ],
    *[("reopening-declined", role, {}) for role in ("raiser", "champion")],
    ("reopened", "champion", {**OWED, "obligation": "reply"}),
    ("reopened", "raiser", {**OWED, "obligation": "decide"}),
    ("reopened", "officer", {**OWED, "obligation": "acknowledge"}),
    ("reopened", "raiser", {}),
    *[
        ("reminder", role, {"items": [{"obligation": name, "item": "2", "cycle": 1, "due": due}]})
        for role in ("raiser", "champion")
        for name in ("agree", "action", "confirm", "check-in")
        for due in ("2026-03-16", "2026-03-10", "2026-03-05")
    ],
    *[("succeeded", role, {}) for role in ("raiser", "champion", "officer")],
    ("succeeded", "champion", {"items": [OWED]}),
    *[("conflict", role, {"alone": alone}) for role in ("raiser", "champion") for alone in (True, False)],
    ("conflict", "chair", {"alone": True}),
    *[("nobody-left", role, {"alone": True}) for role in ("raiser", "champion")],
    *[
        ("handler-found", role, {"chair": chair})
        for role in ("raiser", "champion")
        for chair in (True, False)
    ],
    ("withdrawn", "raiser", {"closed": "2026-03-18T12:00:00+00:00"}),
    ("merged", "raiser", {}),
    ("merged-ended", "raiser", {}),
    ("unmerged", "raiser", {**OWED, "obligation": "acknowledge"}),
    *[("withdrawn", role, {}) for role in ("raiser", "champion", "officer")],
    ("sign-in", "officer", {}),
    ("fresh-link", "raiser", {}),
    ("undeliverable", "officer", {"of": "reply-released", "to": "raiser"}),
    *[
        ("head", role, {"number": 12, "written": "2026-03-10", "heads": [HEAD.words]})
        for role in ("archive", "chair")
    ],
    *[
        ("reminder", role, {"items": [{"obligation": name, "cycle": 1, "due": due}]})
        for role, names in {
            "officer": (
                "acknowledge",
                "release",
                "hold-release",
                "next-step",
                "convene",
                "note",
                "close",
                "action-release",
            ),
            "raiser": ("answer", "decide", "talk"),
            "champion": ("reply", "hold"),
            "senior-lead": ("hold",),
        }.items()
        for name in names
        for due in ("2026-03-16", "2026-03-10", "2026-03-05")
    ],
    ("digest", "officer", MORNING),
    *[
        ("escalation", role, {"items": [{"obligation": name, "cycle": 1, "due": "2026-03-05"}]})
        for role in ("co-officer", "chair")
        for name in (
            "acknowledge",
            "release",
            "hold-release",
            "next-step",
            "convene",
            "note",
            "close",
            "action-release",
        )
    ],
]
