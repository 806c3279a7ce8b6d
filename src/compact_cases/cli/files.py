"""The text of a file that a command is given."""

from pathlib import Path

from compact_cases.rules.refusals import Refused


def text_of(file: Path) -> str:
    """The file as UTF-8. Raises Refused with the line at which it is something else."""
    content = file.read_bytes()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        raise Refused(f"Line {line}: this is not UTF-8 text; save the document as plain UTF-8.") from None
