"""The folder where invitations lie when there is no mail server: files of administrators, removed after a while."""

import os
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from feedforward.errors import NotFound


def lay_out(folder: Path, number: int, message: EmailMessage) -> Path:
    """Write the letter as `<number>.eml`, readable for us alone; the file is whole or not there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / f"{number}.eml"
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(message.as_bytes())
        file.flush()
        os.fsync(file.fileno())
    part.rename(target)
    return target


def laid_out_text(folder: Path, number: int) -> str:
    """The words of a letter that lies here; NotFound where it does not any more."""
    try:
        data = (folder / f"{number}.eml").read_bytes()
    except FileNotFoundError:
        raise NotFound from None
    body = BytesParser(policy=policy.SMTP).parsebytes(data).get_body(("plain",))
    return str(body.get_content()) if body is not None else ""


def sweep_folder(folder: Path, before: datetime) -> int:
    """Remove letters laid out before this moment; how many."""
    if not folder.is_dir():
        return 0
    old = [each for each in folder.iterdir() if each.stat().st_mtime < before.timestamp()]
    for each in old:
        each.unlink(missing_ok=True)
    return len(old)
