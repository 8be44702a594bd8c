"""A new institution on this machine: an empty folder, its settings, its mail server, its sign-in, and its commands."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from tests.factories.institutions import configured, provider
from tests.mail.post_office import PostOffice, free_port, post_office, text_of

ADMIN, PASSWORD = "amara@example.edu", "five quiet boats at noon"
STARTS_WITHIN, LETTER_WITHIN = 60.0, 45.0
FIRST = (
    "Ada", "Bela", "Chidi", "Dana", "Emre", "Farah", "Gita", "Hugo", "Ines", "Jonas",
    "Kaya", "Lotte", "Mila", "Nadir", "Oona", "Pavel", "Quim", "Rosa", "Sven", "Tuuli",
)  # fmt: skip
LAST = ("Ambrose", "Birch", "Coppel", "Dunmore", "Eskola", "Fenwick", "Grey", "Holm", "Iversen", "Jansen")


@dataclass(frozen=True)
class Institution:
    """Where it is served, and what is around it."""

    folder: Path
    address: str
    office: PostOffice
    issuer: str

    def command(self, *words: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
        """`feedforward …` as an administrator types it in this folder."""
        return subprocess.run(
            [sys.executable, "-m", "feedforward.cli", *words], cwd=self.folder, env=environment(), input=typed,
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    def letter(self, to: str, about: str = "") -> EmailMessage:
        """The newest letter this address got, with these words in its subject; waits for it."""
        end = time.monotonic() + LETTER_WITHIN
        while time.monotonic() < end:
            fitting = [each for each in self.office.to(to) if about in str(each["subject"])]
            if fitting:
                return fitting[-1]
            time.sleep(0.1)
        raise AssertionError(f"no letter to {to} in {LETTER_WITHIN:.0f} s, only {len(self.office.letters)} others")

    def link(self, to: str, about: str = "") -> str:
        """The path the letter leads to."""
        letter = text_of(self.letter(to, about))
        found = re.search(re.escape(self.address) + r"(/\S+token=\S+)", letter)
        assert found is not None, letter
        return found[1]


def environment() -> dict[str, str]:
    """Of this process, without settings: those stand in the folder's .env."""
    return {name: value for name, value in os.environ.items() if not name.startswith("FEEDFORWARD_")}


@contextmanager
def empty_institution(folder: Path) -> Iterator[Institution]:
    """The folder with nothing but its settings; no database yet, nobody served."""
    port = free_port()
    with post_office() as office, provider() as issuer:
        sign_on = {"north": configured(issuer, domains=["example.edu"])}
        lines = {
            "DATA_FOLDER": "data", "PORT": port, "INSTITUTION": "North University", "HELP_CONTACT": "the IT desk",
            "SMTP_HOST": "127.0.0.1", "SMTP_PORT": office.port, "SMTP_SECURITY": "none",
            "MAIL_FROM": "feedback@example.edu", "SIGN_ON": f"'{json.dumps(sign_on)}'",
        }  # fmt: skip
        (folder / ".env").write_text("".join(f"FEEDFORWARD_{name}={value}\n" for name, value in lines.items()))
        yield Institution(folder, f"http://127.0.0.1:{port}", office, issuer)


@contextmanager
def served(place: Institution) -> Iterator[None]:
    """`feedforward serve` in the folder, pages and worker."""
    log = place.folder / "log.txt"
    with log.open("wb") as written:
        server = subprocess.Popen(
            [sys.executable, "-m", "feedforward.cli", "serve"], cwd=place.folder, env=environment(), stdout=written,
            stderr=written,
        )  # fmt: skip
        try:
            _wait_for(place.address, server, log)
            yield
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)


def _wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        assert server.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"nothing was served within {STARTS_WITHIN:.0f} s:\n{log.read_text()}")


def address_of(number: int) -> str:
    """Of one of the two hundred, 0 to 199."""
    return f"s{number:03}@example.edu"


def name_of(number: int) -> str:
    return f"{FIRST[number % 20]} {LAST[number // 20]}"


def canvas_export(folder: Path) -> Path:
    """A gradebook as Canvas exports it: two hundred made-up people, a row of points, and its own test student."""
    head = "Student,ID,SIS User ID,SIS Login ID,Section,Essay one (4711),Current Score"
    rows = []
    for number in range(200):
        first, last = name_of(number).split()
        rows.append(
            f'"{last}, {first}",{9000 + number},{70000 + number},{address_of(number)},Section {"AB"[number % 2]},,'
        )
    file = folder / "2026-11-23_Grades-ENG_101.csv"
    lines = [head, "    Points Possible,,,,,10,(read only)", *rows, '"Student, Test",1,,abc1f,Section A,,']
    file.write_text("\ufeff" + "\r\n".join(lines) + "\r\n")
    return file
