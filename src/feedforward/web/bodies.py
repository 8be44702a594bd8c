"""Reading a posted body: which kinds are taken, how large one may be, what is kept of one not taken."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import FormData, Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request

from feedforward.errors import RuleBroken

URL_ENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
MOST_FIELDS = 3000
# What a page may carry unseen until it is sent again; also the most that is read for somebody who is signed out.
MOST_HELD_BYTES = 512 * 1024

_CHARSET = re.compile(r"charset\s*=\s*\"?\s*([^\s\";]+)", re.IGNORECASE)
_POSTED = "feedforward.posted"


class FormRefused(RuleBroken):
    """The body is not a form we accept; `status` is 400, 408, 411, 413 or 415."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Held:
    """The fields of a form that could not be taken, and the names of its files, which cannot wait inside a page."""

    fields: Mapping[str, list[str]]
    files: tuple[str, ...] = ()


def declared_length(headers: Headers) -> int | None:
    """The body's length in bytes as its sender declared it; None where it is missing or not a plain number."""
    declared = headers.getlist("content-length")
    # "²" is a digit to str.isdigit and not to int; 18 digits are more than any body has.
    if len(declared) != 1 or not re.fullmatch(r"[0-9]{1,18}", declared[0]):
        return None
    return int(declared[0])


async def posted_form(request: Request, *, form_bytes: int, upload_bytes: int) -> FormData:
    """The body as fields, and one file where `upload_bytes` is not 0. FormRefused where it is no form within limits."""
    kind = _kind(request)
    if kind is None:
        raise FormRefused("This address takes forms only. Go back, reload the page and try again.", 415)
    length = declared_length(request.headers)
    if length is None:
        raise FormRefused("The form came without its length. Reload the page and try again.", 411)
    if length > form_bytes + (upload_bytes if kind == MULTIPART else 0):
        raise FormRefused("The form is larger than this page accepts. Shorten the text or choose a smaller file.", 413)
    data = await _parsed(request, files=1 if upload_bytes else 0, part_bytes=form_bytes)
    request.scope[_POSTED] = _held(data)
    return data


async def held_fields(request: Request) -> Held | None:
    """What a form carried that could not be taken now; None where it is too large to wait inside a page, or no form."""
    already = request.scope.get(_POSTED)
    if isinstance(already, Held):
        return already
    length = declared_length(request.headers)
    if request.method != "POST" or _kind(request) is None or length is None or length > MOST_HELD_BYTES:
        return None
    data = await _parsed(request, files=1, part_bytes=MOST_HELD_BYTES)
    try:
        return _held(data)
    finally:
        await data.close()


def plain_text(value: str) -> str:
    """Browsers send line breaks as CR LF; NUL cannot be stored in PostgreSQL."""
    return value.replace("\r\n", "\n").replace("\x00", "")


def _kind(request: Request) -> str | None:
    """The kind of form the body says it is; None for anything else, and for another encoding than UTF-8."""
    raw = request.headers.get("content-type", "")
    kind = raw.split(";")[0].strip().lower()
    charset = _CHARSET.search(raw)
    # Left to the sender, Python decodes IDNA (in quadratic time) and UTF-7 (into half characters nothing can store).
    if charset is not None and charset[1].lower() not in ("utf-8", "utf8"):
        return None
    return kind if kind in (URL_ENCODED, MULTIPART) else None


async def _parsed(request: Request, *, files: int, part_bytes: int) -> FormData:
    try:
        return await request.form(max_files=files, max_fields=MOST_FIELDS, max_part_size=part_bytes)
    except HTTPException as error:
        if error.status_code == 413:
            raise FormRefused("What you sent is larger than this page accepts. Shorten it.", 413) from None
        if "maximum size" in error.detail:
            raise FormRefused("A text in this form is longer than this page accepts. Shorten it.", 413) from None
        if "Too many" in error.detail:
            raise FormRefused("The form has more fields or files than this page accepts.", 413) from None
        raise FormRefused("The form could not be read. Go back, reload the page and try again.", 400) from None


def _held(data: FormData) -> Held:
    fields: dict[str, list[str]] = {}
    files: list[str] = []
    for name, value in data.multi_items():
        if isinstance(value, str):
            fields.setdefault(name, []).append(plain_text(value))
        elif value.filename:
            files.append(value.filename)
    return Held(fields, tuple(files))
