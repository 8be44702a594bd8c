"""Spoilt files: mutations of whole ones, and random bytes under every name."""

import io
import random
import re
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

NAMES = (
    "a.docx", "a.pptx", "a.odt", "a.epub", "a.pdf", "a.rtf", "a.md", "a.ipynb", "a.txt", "a.py", "a.xml", "a", "a.doc"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sample:
    """A whole file, and the name it came under."""

    name: str
    data: bytes


class Spoiler:
    """Makes spoilt files out of whole ones, the same for the same seed."""

    def __init__(self, corpus: Sequence[Sample], seed: int) -> None:
        self._corpus = corpus
        self._chance = random.Random(seed)

    def next(self) -> Sample:
        chance = self._chance
        if chance.random() < 0.08:
            return Sample(chance.choice(NAMES), chance.randbytes(chance.choice((1, 40, 4000, 100_000))))
        sample = chance.choice(self._corpus)
        data = sample.data
        if data.startswith(b"PK") and chance.random() < 0.7:
            data = self._rezipped(data)
        else:
            for _ in range(chance.choice((1, 1, 2, 6))):
                data = self._spoilt(data)
        return Sample(chance.choice(NAMES) if chance.random() < 0.1 else sample.name, data)

    def _spoilt(self, data: bytes) -> bytes:
        chance = self._chance
        if not data:
            return chance.randbytes(20)
        at = chance.randrange(len(data))
        length = min(len(data) - at, chance.choice((1, 8, 100, 5000)))
        match chance.randrange(9):
            case 0:
                flipped = bytearray(data)
                for _ in range(chance.choice((1, 10, 200))):
                    flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
                return bytes(flipped)
            case 1:
                return data[:at]
            case 2:
                return data[at:]
            case 3:
                return data[:at] + chance.randbytes(length) + data[at + length :]
            case 4:
                return data[:at] + data[at : at + length] * chance.choice((2, 20)) + data[at + length :]
            case 5:
                return data[:at] + data[at + length :]
            case 6:
                other = chance.choice(self._corpus).data
                start = chance.randrange(max(1, len(other)))
                return data[:at] + other[start : start + length] + data[at:]
            case 7:
                found = list(re.finditer(rb"-?\d+", data))
                if not found:
                    return data
                number = chance.choice(found)
                huge = chance.choice(
                    (b"-1", b"0", b"99999999999999999999", b"4294967296", b"2147483647", b"1e999", b"NaN")
                )
                return data[: number.start()] + huge + data[number.end() :]
            case _:
                return self._marked_up(data)

    def _marked_up(self, data: bytes) -> bytes:
        """Tags and words of the file's own language, moved to where they do not belong."""
        chance = self._chance
        tags = [
            found.span() for found in re.finditer(rb"<[^<>]{1,300}>|\\[a-z]+-?\d*|\"[^\"]{0,100}\"|/[A-Z]\w+", data)
        ]
        if len(tags) < 2:
            return data
        (start, end), (first, last) = chance.choice(tags), chance.choice(tags)
        tag = data[first:last]
        match chance.randrange(5):
            case 0:
                return data[:start] + data[end:]
            case 1:
                return data[:start] + tag + data[start:]
            case 2:
                return data[:start] + tag + data[end:]
            case 3:
                return data[:start] + tag * chance.choice((50, 3000)) + data[start:]
            case _:
                name = re.match(rb"<([\w:]+)", tag)
                if name is None:
                    return data[:start] + b"{\\b" * 2000 + data[start:]
                deep = chance.choice((20, 2000, 60_000))
                return data[:start] + b"<%s>" % name[1] * deep + b"</%s>" % name[1] * deep + data[start:]

    def _rezipped(self, data: bytes) -> bytes:
        """The package with one part spoilt, exchanged, dropped, doubled or replaced by a whole other file."""
        chance = self._chance
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                if sum(each.file_size for each in archive.infolist()) > 4_000_000:
                    return self._spoilt(data)
                parts = [(name, archive.read(name)) for name in archive.namelist()]
        except Exception:  # a file of the corpus may be broken on purpose
            return self._spoilt(data)
        if not parts:
            return self._spoilt(data)
        index, other = chance.randrange(len(parts)), chance.randrange(len(parts))
        name, content = parts[index]
        match chance.randrange(8):
            case 0:
                parts[index], parts[other] = (name, parts[other][1]), (parts[other][0], content)
            case 1:
                del parts[index]
            case 2:
                parts[index] = (chance.choice(("../x", "/x", parts[other][0], name.upper(), "\u202ex")), content)
            case 3:
                parts[index] = (name, chance.choice(self._corpus).data)
            case 4:
                parts.append((f"{name}{chance.randrange(9)}", data))
            case _:
                for _ in range(chance.choice((1, 3))):
                    content = self._spoilt(content)
                parts[index] = (name, content)
        packed = io.BytesIO()
        with (
            warnings.catch_warnings(action="ignore"),
            zipfile.ZipFile(packed, "w", chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))) as archive,
        ):
            for each, written in parts:
                archive.writestr(each, written)
        return packed.getvalue()
