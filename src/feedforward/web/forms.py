"""Reading a posted form into one dataclass, from the body alone and within limits."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NewType, get_type_hints
from urllib.parse import parse_qsl

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from feedforward.errors import RuleBroken

Rest = NewType("Rest", dict[str, str])
"""All remaining fields of a form whose rows are numbered in their names ("criterion.0.name")."""

MOST_FIELDS = 3000


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded file: the name the browser gave it (never used as a path) and its bytes."""

    file_name: str
    data: bytes


class FormRefused(RuleBroken):
    """The body is not a form we accept; `status` is 400, 411, 413 or 415."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


FIELD_TYPES: tuple[Any, ...] = (str, bool, tuple[str, ...], Rest, Upload | None)


def field_types(form: type) -> dict[str, Any]:
    """The fields of a form dataclass; TypeError where one has a type that cannot come out of a form."""
    if not dataclasses.is_dataclass(form):
        raise TypeError(f"{form.__name__} must be a dataclass")
    hints = get_type_hints(form)
    for name, hint in hints.items():
        if hint not in FIELD_TYPES:
            raise TypeError(f"{form.__name__}.{name}: a form field is one of str, bool, tuple[str, ...], Rest, Upload | None")
    return hints


async def read_form(request: Request, form: type, *, form_bytes: int, upload_bytes: int) -> Any:
    """The posted fields as an instance of `form`. A missing text is "", a missing checkbox False, a missing file None."""
    hints = field_types(form)
    takes_files = any(hint == Upload | None for hint in hints.values())
    data = await _fields(request, form_bytes, upload_bytes if takes_files else 0)
    try:
        values = {name: _value(name, hint, data) for name, hint in hints.items() if hint is not Rest}
        rest = {name: text for name, text in data.multi_items() if name not in hints and isinstance(text, str)}
        values |= {name: Rest(rest) for name, hint in hints.items() if hint is Rest}
        for name, value in values.items():
            if isinstance(value, UploadFile):
                values[name] = Upload(value.filename or "", await value.read()) if value.filename else None
    finally:
        await data.close()
    return form(**values)


def _value(name: str, hint: Any, data: FormData) -> Any:
    found = data.getlist(name)
    if hint == tuple[str, ...]:
        return tuple(_text(each) for each in found if isinstance(each, str))
    if len(found) > 1:
        raise FormRefused("The form was sent with the same field twice. Go back, reload the page and try again.", 400)
    if hint is bool:
        return bool(found) and found[0] not in ("", "0", "false")
    if hint is str:
        return _text(found[0]) if found and isinstance(found[0], str) else ""
    return found[0] if found and isinstance(found[0], UploadFile) else None


def _text(value: str) -> str:
    """Browsers send line breaks as CR LF; NUL cannot be stored in PostgreSQL."""
    return value.replace("\r\n", "\n").replace("\x00", "")


async def _fields(request: Request, form_bytes: int, upload_bytes: int) -> FormData:
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    allowed = ("application/x-www-form-urlencoded", "multipart/form-data")
    if kind not in allowed:
        raise FormRefused("This address takes forms only.", 415)
    length = request.headers.get("content-length", "")
    if not length.isdigit():
        raise FormRefused("The form came without its length. Reload the page and try again.", 411)
    if int(length) > form_bytes + upload_bytes:
        raise FormRefused("The form is larger than this page accepts. Shorten the text or choose a smaller file.", 413)
    files = 1 if upload_bytes else 0
    return await request.form(max_files=files, max_fields=MOST_FIELDS, max_part_size=form_bytes)


async def held_fields(request: Request, most_bytes: int = 512 * 1024) -> Mapping[str, list[str]] | None:
    """The text fields of a form that could not be taken now, so that nothing typed is lost; None where there is none.

    Only url-encoded bodies of a known, bounded length are read: files cannot be held in a page.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    length = request.headers.get("content-length", "")
    if request.method != "POST" or not length.isdigit() or int(length) > most_bytes:
        return None
    if kind == "application/x-www-form-urlencoded":
        body = (await request.body()).decode("utf-8", "replace")
        pairs = parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    elif kind == "multipart/form-data":
        data = await request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=most_bytes)
        pairs = [(name, value) for name, value in data.multi_items() if isinstance(value, str)]
    else:
        return None
    held: dict[str, list[str]] = {}
    for name, value in pairs:
        held.setdefault(name, []).append(_text(value))
    return held
