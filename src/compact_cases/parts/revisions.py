"""Whose data this is: that of another version is refused before anything of it is touched."""

from compact_cases.parts.runner import PartRefused
from compact_cases.shipped import migrations_folder


def shipped() -> list[str]:
    """The schema's revisions, oldest first: a migration's name begins with its own, such as 2026_12_01_1."""
    names = (path.stem.split("_")[:4] for path in (migrations_folder() / "versions").glob("2*.py"))
    return sorted("_".join(one) for one in names)


def refuse_unknown(revision: str | None) -> None:
    """Raises PartRefused for a revision that this version does not ship."""
    known = shipped()
    if not revision or revision in known:
        return
    by = "an earlier version, before the first release" if revision < known[0] else "a newer version"
    raise PartRefused(
        f"This data was made by {by}, and nothing in it was touched; to begin anew, "
        "choose another folder with --data (or another database), or move the old one away."
    )
