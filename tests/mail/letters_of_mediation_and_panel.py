"""The notices of a mediation and of a panel in every role, with the facts that come with them."""

from typing import Any

OWED = {"obligation": "reply", "cycle": 1, "due": "2026-03-16"}
MEETING = {"obligation": "meet", "due": "2026-03-16", "on": "2026-03-13", "time": "14:30"}
FURTHER_ON: list[tuple[str, str, dict[str, Any]]] = [
    *[
        ("mediation-asked", role, {**OWED, "obligation": "consent", "item": "raiser"})
        for role in ("raiser", "champion", "officer")
    ],
    *[("mediation-declined", role, {}) for role in ("champion", "officer")],
    ("mediation-declined", "raiser", {**OWED, "obligation": "decide"}),
    *[
        (notice, role, {**OWED, "obligation": "appoint"})
        for notice in ("mediation-agreed", "mediator-gone")
        for role in ("raiser", "champion", "officer")
    ],
    *[("mediator-proposed", role, {**OWED, "obligation": "name"}) for role in ("raiser", "champion")],
    *[
        ("name-refused", "officer", {**OWED, "obligation": "appoint", **more})
        for more in ({}, {"alone": True})
    ],
    ("mediator-asked", "mediator", {**OWED, "obligation": "declare"}),
    *[
        (notice, role, {**OWED, "obligation": "mediate"})
        for notice in ("mediator-appointed", "mediation-time")
        for role in ("raiser", "champion", "officer", "mediator")
    ],
    *[("session-proposed", role, {**OWED, "obligation": "session"}) for role in ("raiser", "champion")],
    ("session-answered", "mediator", {}),
    *[
        ("session-fixed", role, {**MEETING, "number": 0, "session": 1})
        for role in ("raiser", "champion", "mediator")
    ],
    *[("session-cancelled", role, {"number": 1, "session": 1}) for role in ("raiser", "mediator")],
    ("session-cancelled", "mediator", {"number": 1, "session": 1, "gone": True}),
    *[("mediation-ended", role, {"ending": "settled"}) for role in ("champion", "officer", "mediator")],
    ("mediation-ended", "raiser", {**OWED, "obligation": "decide", "ending": "not settled"}),
    (
        "mediation-asked",
        "champion",
        {**OWED, "obligation": "consent", "item": "respondent", "together": True},
    ),
    *[
        ("go-on", role, {**OWED, "obligation": "go-on", "item": "raiser"})
        for role in ("raiser", "champion", "officer", "mediator")
    ],
    ("mediator-appointed", "mediator", {**OWED, "obligation": "mediate", "joined": True}),
    *[("goes-on", role, {}) for role in ("raiser", "champion", "officer", "mediator")],
    *[("room-news", role, {}) for role in ("raiser", "champion", "mediator")],
    *[
        ("panel-opened", role, {**OWED, "obligation": "constitute"})
        for role in ("raiser", "champion", "secretary", "officer")
    ],
    *[
        ("panel-named", role, facts)
        for role in ("raiser", "champion")
        for facts in ({**OWED, "obligation": "statement", "item": role, "new": False}, {"new": True})
    ],
    ("panel-asked", "panellist", {**OWED, "obligation": "declare-member"}),
    *[("member-lost", role, {"refused": False}) for role in ("raiser", "champion", "officer", "secretary")],
    *[
        ("member-lost", role, {**OWED, "obligation": "replace", "refused": True})
        for role in ("officer", "secretary")
    ],
    *[
        ("hearing", role, {**MEETING, "number": n, "in_writing": writes})
        for role in ("raiser", "champion", "panellist")
        for n in (0, 1)
        for writes in (True, False)
    ],
    *[("hearing-off", role, {"number": 1}) for role in ("raiser", "champion", "panellist")],
    *[
        ("papers", role, {"more": more})
        for role in ("raiser", "champion", "panellist")
        for more in (True, False)
    ],
    *[
        ("findings", role, facts)
        for role in ("raiser", "champion", "chief-officer", "officer", "chair")
        for facts in ({"asked": 0}, {**OWED, "obligation": "respond", "item": "1", "asked": 1})
    ],
    *[
        ("hearing-off", role, {"number": 1, "mediation": True})
        for role in ("raiser", "champion", "panellist")
    ],
    *[("panel-named", role, {"new": False, "has_written": True}) for role in ("raiser", "champion")],
    ("panel-waits", "panellist", {}),
    ("panel-over", "panellist", {}),
    *[("panel-goes-on", "panellist", {"anew": anew}) for anew in (True, False)],
    ("panel-goes-on", "panellist", {**OWED, "obligation": "findings", "anew": False}),
    ("panel-goes-on", "secretary", {**OWED, "obligation": "constitute", "anew": True}),
    *[("mediation-ended", role, {"ending": "not settled", "panel": True}) for role in ("raiser", "champion")],
    *[
        ("mediation-asked", role, {**OWED, "obligation": "consent", "item": role, "panel": True})
        for role in ("raiser", "champion", "officer")
    ],
    *[
        ("finding-corrected", role, {})
        for role in ("raiser", "champion", "chief-officer", "officer", "chair", "panellist")
    ],
    *[
        ("panel-answer", role, {"side": side})
        for role in ("raiser", "champion", "officer")
        for side in ("raiser", "respondent", "board")
    ],
    *[("no-panel-answer", role, {}) for role in ("raiser", "champion", "officer")],
    ("text-received", "officer", {**OWED, "obligation": "release", "side": "raiser", "what": "panel"}),
    *[("text-released", role, {"what": "panel"}) for role in ("raiser", "champion")],
]
