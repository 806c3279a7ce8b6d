"""Whether somebody is away, and until when: asked in one way of the office's people and of a body's."""

from datetime import date

from compact_cases.web.frame.forms import Form

OPTIONS = [("no", "They are here"), ("yes", "They are away")]


def until(form: Form) -> date | None:
    """The last day of an absence; None for somebody who is here. What is unclear is refused, not guessed."""
    away = form.choice("away", ("yes", "no"), required="Please say whether they are away.")
    day = form.date("until")
    if away == "yes" and day is None:
        form.refuse("until", "Please give the last day on which they are away.")
    if away == "no" and day is not None:
        form.refuse(
            "until",
            "You say that they are here, and give a day until which they are away. Please change one.",
        )
    return day


def typed(absent_until: date | None, today: date) -> dict[str, str]:
    """As the form would have been filled in; an absence that is over is none."""
    if absent_until is None or absent_until < today:
        return {"away": "no"}
    boxes = {f"until-{part}": str(getattr(absent_until, part)) for part in ("day", "month", "year")}
    return {"away": "yes", **boxes}
