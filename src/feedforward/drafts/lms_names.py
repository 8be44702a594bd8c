"""The names of files in a submissions archive of Canvas or Moodle: whose file it is, and whether it came late there."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Lms(StrEnum):
    """The system an archive comes from."""

    CANVAS = "canvas"
    MOODLE = "moodle"


LMS_LABELS = {Lms.CANVAS: "Canvas", Lms.MOODLE: "Moodle"}


@dataclass(frozen=True, slots=True)
class NamedFile:
    """What a path in an archive says. `person` is the name as the system wrote it (Canvas: folded and run together),
    `number` its own number for the person, `late` None where it does not say; `file_name` is the student's."""

    path: str
    lms: Lms | None
    person: str
    number: str
    late: bool | None
    file_name: str


# The name may hold an underscore, numbers are the person's and the submission's.
_CANVAS = re.compile(
    r"(?P<person>[^/]+?)_(?P<late>LATE_)?(?P<number>\d{1,20})_(?P<submission>\d{1,20})_(?P<file>[^/]+)"
)
_MOODLE = re.compile(
    r"(?:.*/)?(?P<person>[^/]+?)_(?P<number>\d{1,20})_assignsubmission_(?:file|onlinetext)(?:_?/|_)(?P<file>.+)"
)
_NOISE = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")


def is_noise(path: str) -> bool:
    """Whether the computer that packed it put it there: no file of anybody."""
    parts = path.split("/")
    return path.endswith("/") or any(each in _NOISE for each in parts) or parts[-1].startswith("._")


def named_file(path: str) -> NamedFile:
    """What the path says; `lms` None where it is named by neither system."""
    name = path.rpartition("/")[2]
    if found := _MOODLE.fullmatch(path):
        person, _, inner = found["person"], None, found["file"].rpartition("/")[2]
        return NamedFile(path, Lms.MOODLE, person, found["number"], None, inner)
    if found := _CANVAS.fullmatch(name):
        return NamedFile(path, Lms.CANVAS, found["person"], found["number"], bool(found["late"]), found["file"])
    return NamedFile(path, None, "", "", None, name)


def folded(name: str) -> str:
    """A name without case, accents, spaces and signs: how two spellings of one name are compared."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(mark for mark in plain if mark.isalnum())


def spellings(name: str) -> frozenset[str]:
    """The ways a system may run a name together: the last name may begin at any of its words."""
    words = [word for word in (folded(each) for each in re.split(r"[\s,]+", name)) if word]
    return frozenset("".join(words[at:] + words[:at]) for at in range(len(words)))
