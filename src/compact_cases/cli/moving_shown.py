"""A preview of what would move in open cases, in sentences or as JSON; and a move on its way."""

import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the office takes 0.2 s to load
    from compact_cases.office.editions.previewing import CaseMove, Preview
    from compact_cases.office.premises import Premises

TELLS_EVERY = 1000  # cases


def progress(done: int, of: int) -> None:
    """On standard error, where there is something to wait for."""
    if of > TELLS_EVERY and (done % TELLS_EVERY == 0 or done == of):
        print(f"Looked at {done:,} of {of:,} open cases.", file=sys.stderr, flush=True)


def tell(seen: "Preview") -> None:
    print(summary(seen))
    for name, later, earlier in seen.by_name:
        print(f"  {name}: {later} later, {earlier} earlier")
    for one in seen.changed:
        _tell_case(one)


def summary(seen: "Preview") -> str:
    return (
        f"{seen.cases} open cases: dates would move in {len(seen.moving)}, reminders alone in "
        f"{len(seen.reminders_only)}; {len(seen.staying)} would stay as they are, {seen.there} go by it now."
    )


def _tell_case(one: "CaseMove") -> None:
    if one.stays:
        print(f"{one.reference} stays. {one.stays}")
        return
    print(f"{one.reference}, {one.stage}")
    for line in one.lines:
        moves = f"{line.before} -> {line.after}" if line.moves else f"{line.before} as before"
        print(f"  {line.of} ({line.owner}): {moves}")
        for day, words in line.steps_before:
            if (day, words) not in line.steps_after:
                print(f"    gone: {day} {words}")
        for day, words in line.steps_after:
            if (day, words) not in line.steps_before:
                print(f"    new:  {day} {words}")


def as_table(seen: "Preview") -> dict[str, Any]:
    return {
        "open_cases": seen.cases,
        "there": seen.there,
        "moving": len(seen.moving),
        "reminders_only": len(seen.reminders_only),
        "staying": len(seen.staying),
        "cases": [
            {
                "reference": one.reference,
                "stage": one.stage,
                "stays": one.stays or None,
                "dates": [
                    {
                        "obligation": line.of,
                        "owner": line.owner,
                        "before": line.before.isoformat(),
                        "after": line.after.isoformat(),
                        "steps_before": [[day.isoformat(), words] for day, words in line.steps_before],
                        "steps_after": [[day.isoformat(), words] for day, words in line.steps_after],
                    }
                    for line in one.lines
                ],
            }
            for one in seen.changed
        ],
    }


def go_on(premises: "Premises", in_json: bool) -> dict[str, Any]:
    """Work on the move until it is done, and say what came otherwise than the preview said."""
    from compact_cases.office.editions import applying
    from compact_cases.records import edition_moves
    from compact_cases.records.reading import reading

    applying.work(premises, seconds=float("inf"), progress=progress)
    with reading(premises.engine) as conn:
        move = edition_moves.latest(conn)
    assert move is not None  # noqa: S101 (it was begun before)
    if not in_json:
        print(f"{move.moved} open cases moved, {move.stayed} stayed as they are.")
        if move.differs:
            print(f"Changed after the preview, so that it came otherwise: {', '.join(move.differs)}.")
    return {"moved": move.moved, "stayed": move.stayed, "differs": move.differs}


def printed(table: dict[str, Any]) -> None:
    print(json.dumps(table, indent=2, ensure_ascii=False))
