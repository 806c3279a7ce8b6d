"""What was received is read wherever it was kept: as mails, in a mailbox, forwarded, as plain text."""

import mailbox
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from compact_cases.office.proof import signing, verification
from compact_cases.office.proof.received import heads_received
from compact_cases.rules.heads import Head
from compact_cases.rules.refusals import Refused
from tests.office.proof.conftest import ARCHIVE, head_of
from tests.office.staging import Scene
from tests.sink import Sink

Keeps = Callable[[Path, list[bytes], list[Head]], Path]


def as_mails(folder: Path, mails: list[bytes], heads: list[Head]) -> Path:
    for number, mail in enumerate(mails):
        (folder / f"{number}.eml").write_bytes(mail)
    return folder


def as_a_mailbox(folder: Path, mails: list[bytes], heads: list[Head]) -> Path:
    box = mailbox.mbox(folder / "archive.mbox")
    for mail in mails:
        box.add(mail)
    box.close()
    return folder / "archive.mbox"


def as_text(folder: Path, mails: list[bytes], heads: list[Head]) -> Path:
    (folder / "heads.txt").write_text("\n\n".join(one.words for one in heads))
    return folder / "heads.txt"


def forwarded(folder: Path, mails: list[bytes], heads: list[Head]) -> Path:
    mail = EmailMessage()
    mail["Subject"] = "Fwd: the proofs"
    quoted = "\n".join(f"> {line}" for one in heads for line in [*one.words.splitlines(), ""])
    mail.set_content(f"Here they are – all of them.\n\n{quoted}", cte="base64")
    (folder / "forwarded.eml").write_bytes(mail.as_bytes())
    return folder / "forwarded.eml"


def enclosed(folder: Path, mails: list[bytes], heads: list[Head]) -> Path:
    mail = EmailMessage()
    mail["Subject"] = "Enclosed"
    mail.set_content("See the enclosed.")
    mail.add_attachment("\n".join(one.words for one in heads).encode(), "application", "octet-stream")
    (folder / "enclosed.eml").write_bytes(mail.as_bytes())
    return folder / "enclosed.eml"


def only_html(folder: Path, mails: list[bytes], heads: list[Head]) -> Path:
    mail = EmailMessage()
    mail["Subject"] = "Saved as a page"
    lines = "<br>\r\n".join(line for one in heads for line in one.words.splitlines())
    mail.set_content(f"<p>{lines}</p>", subtype="html", cte="quoted-printable")
    (folder / "page.eml").write_bytes(mail.as_bytes())
    return folder / "page.eml"


@pytest.mark.parametrize("keeps", [as_mails, as_a_mailbox, as_text, forwarded, enclosed, only_html])
def test_the_heads_are_read_back(stage: Scene, smtp_sink: Sink, tmp_path: Path, keeps: Keeps) -> None:
    stage.raised()
    made = [head_of(stage, f"2026-03-0{day} 18:00") for day in (2, 3)]
    mails = [letter.raw for letter in smtp_sink.to(ARCHIVE)]
    (tmp_path / "kept").mkdir()
    place = keeps(tmp_path / "kept", mails, made)
    assert heads_received([place]) == made
    assert verification.verify(stage.premises, heads_received([place])).faults == ()


def test_a_file_without_a_head_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")
    with pytest.raises(Refused, match="There is no head in"):
        heads_received([tmp_path / "letter.txt"])


def test_a_head_that_was_altered_where_it_was_kept_is_told_from_one_that_went_out(stage: Scene) -> None:
    made = head_of(stage, "2026-03-02 18:00", post=False)
    [fault] = verification.verify(stage.premises, [replace(made, root=bytes(32)), made]).faults
    assert fault.sentence == "As it was received it is not signed: it cannot be one that went out."


def test_a_copy_from_before_a_head_is_told_from_a_head_that_was_taken_out_as_far_as_can_be(
    stage: Scene,
) -> None:
    made = head_of(stage, "2026-03-02 18:00", post=False)
    later = signing.signed(stage.premises.settings, replace(made, number=2, before=made.digest), made.key)
    [fault] = verification.verify(stage.premises, [made, later]).faults
    assert (fault.case, "copy from before" in fault.sentence) == ("Head 2 of 2 March 2026", True)
