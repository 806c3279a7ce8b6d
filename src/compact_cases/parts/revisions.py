"""Whose data this is: that of another version is refused before anything of it is touched."""

from functools import cache

from compact_cases.parts.runner import PartRefused
from compact_cases.shipped import migrations_folder


class WrongSchema(PartRefused):
    """The schema is not the one that this version works on; ``is_older`` where a migration mends it."""

    def __init__(self, sentence: str, *, is_older: bool) -> None:
        super().__init__(sentence)
        self.is_older = is_older


@cache
def shipped() -> tuple[str, ...]:
    """The schema's revisions, oldest first: a migration's name begins with its own, such as 2026_12_01_1."""
    names = (path.stem.split("_")[:4] for path in (migrations_folder() / "versions").glob("2*.py"))
    return tuple("_".join(one) for one in sorted(names, key=lambda parts: [int(part) for part in parts]))


def hold_to(revision: str | None) -> None:
    """Raises WrongSchema for any revision but the newest that this version ships."""
    known = shipped()
    if revision == known[-1]:
        return
    if not revision:
        raise WrongSchema("The database has no schema yet; run compact-cases migrate.", is_older=True)
    has = f"The database has schema {revision}"
    if revision in known:
        needs = f"{has} and this version needs a newer one; run compact-cases migrate."
        raise WrongSchema(needs, is_older=True)
    if revision < known[0]:
        raise WrongSchema(f"{has}, from before the first release; begin with another one.", is_older=False)
    raise WrongSchema(f"{has}, which is newer than this version; start the newer version.", is_older=False)


def refuse_unknown(revision: str | None) -> None:
    """Raises PartRefused for a revision that this version does not ship."""
    known = shipped()
    if not revision or revision in known:
        return
    by = "an earlier version, before the first release" if revision < known[0] else "a newer version"
    go_on = "" if revision < known[0] else "start that version, or, "
    raise PartRefused(
        f"This data was made by {by}, and nothing in it was touched; {go_on}to begin anew, "
        "choose another folder with --data (or another database), or move the old one away."
    )
