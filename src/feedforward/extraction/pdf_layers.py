"""The layers of a PDF that nobody sees unless they switch them on, by their names.

pdfium tells to which layer a thing on a page belongs, and not whether that layer is shown: that stands in the file's
catalogue, which is looked up in the file's own bytes.
"""

import re
import zlib
from collections.abc import Iterator

_MOST_UNPACKED = 32 * 1024 * 1024
_STREAM = re.compile(rb"<<([^>]{0,400}/ObjStm[^>]{0,400})>>\s*stream\r?\n")
_REFERENCES = rb"\[((?:\s*\d{1,9}\s+\d{1,5}\s+R){0,2000}\s*)\]"
_OFF = re.compile(rb"/OFF\s*" + _REFERENCES)
_ON = re.compile(rb"/ON\s*" + _REFERENCES)
_ALL = re.compile(rb"/OCGs\s*" + _REFERENCES)
_ALL_OFF = re.compile(rb"/BaseState\s*/OFF\b")
_NUMBER = re.compile(rb"(\d+)\s+\d+\s+R")
_NAME = re.compile(rb"/Name\s*(?:\(((?:[^()\\]|\\.){0,300})\)|<([0-9A-Fa-f\s]{0,1200})>)", re.DOTALL)


def layers_off(data: bytes) -> frozenset[str]:
    """The names of the layers that are off when the file is opened and that share their name with none that is on."""
    if b"/OCG" not in data and b"/ObjStm" not in data:
        return frozenset()
    packed = dict(_packed_objects(data))
    blobs = [data, *packed.values()]
    every = _numbers(_ALL, blobs)
    off = _numbers(_OFF, blobs)
    if any(_ALL_OFF.search(blob) for blob in blobs):
        off |= every - _numbers(_ON, blobs)
    if not off:
        return frozenset()
    names = {number: _name(data, packed, number) for number in every | off}
    shown = {name for number, name in names.items() if number not in off}
    return frozenset(name for number, name in names.items() if number in off and name and name not in shown)


def _numbers(pattern: re.Pattern[bytes], blobs: list[bytes]) -> set[int]:
    return {
        int(number) for blob in blobs for found in pattern.finditer(blob) for number in _NUMBER.findall(found.group(1))
    }


def _packed_objects(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each object that stands in a compressed stream."""
    left = _MOST_UNPACKED
    for found in _STREAM.finditer(data):
        first = re.search(rb"/First\s+(\d{1,9})\b", found.group(1))
        try:
            unpacked = zlib.decompressobj().decompress(data[found.end() :], left)
        except zlib.error:
            continue
        left -= len(unpacked)
        if left <= 0 or first is None:
            return
        start = int(first.group(1))
        head = [int(number) for number in unpacked[:start].split() if number.isdigit() and len(number) < 10]
        places = list(zip(head[::2], head[1::2], strict=False))
        for index, (number, place) in enumerate(places):
            end = places[index + 1][1] if index + 1 < len(places) else len(unpacked)
            yield number, unpacked[start + place : start + end]


def _name(data: bytes, packed: dict[int, bytes], number: int) -> str:
    written = packed.get(number)
    if written is None:
        found = re.search(rb"(?<!\d)%d\s+\d{1,5}\s+obj\b(.{0,4000}?)endobj" % number, data, re.DOTALL)
        written = found.group(1) if found else b""
    name = _NAME.search(written)
    if name is None:
        return ""
    if name.group(2) is not None:
        digits = re.sub(rb"\s", b"", name.group(2))
        raw = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    else:
        raw = re.sub(rb"\\(\d{1,3}|.)", _unescaped, name.group(1), flags=re.DOTALL)
    return raw[2:].decode("utf-16-be", "replace") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")


def _unescaped(found: re.Match[bytes]) -> bytes:
    sign = found.group(1)
    if sign.isdigit():
        return bytes([int(sign, 8) & 0xFF]) if all(digit in b"01234567" for digit in sign) else sign
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t"}.get(sign, sign)
