"""Filling a handler's form, one dataclass, from the posted body alone."""

import dataclasses
from dataclasses import dataclass
from typing import Any, NewType, get_type_hints

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from feedforward.web.bodies import FormRefused, plain_text, posted_form

Rest = NewType("Rest", dict[str, str])
"""All remaining fields of a form whose rows are numbered in their names ("criterion.0.name"), each sent once."""

Repeated = NewType("Repeated", dict[str, list[str]])
"""All remaining fields of a form that may carry a name several times."""


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded file: the name the browser gave it (never used as a path) and its bytes."""

    file_name: str
    data: bytes


FIELD_TYPES: tuple[Any, ...] = (str, bool, tuple[str, ...], Rest, Repeated, Upload | None)


def field_types(form: Any) -> dict[str, Any]:
    """The fields of a form dataclass; TypeError where one has a type that cannot come out of a form."""
    if not (isinstance(form, type) and dataclasses.is_dataclass(form)):
        raise TypeError(f"{form!r} must be a dataclass")
    hints = get_type_hints(form, include_extras=True)
    for name, hint in hints.items():
        if hint not in FIELD_TYPES:
            raise TypeError(
                f"{form.__name__}.{name}: a field is str, bool, tuple[str, ...], Rest, Repeated or Upload | None"
            )
    if sum(hint in (Rest, Repeated) for hint in hints.values()) > 1:
        raise TypeError(f"{form.__name__}: the remaining fields can go to one place only")
    return hints


async def read_form(request: Request, form: type, *, form_bytes: int, upload_bytes: int) -> Any:
    """The posted fields as an instance of `form`. A missing text is "", a missing tick False, a missing file None."""
    hints = field_types(form)
    takes_files = any(hint == Upload | None for hint in hints.values())
    data = await posted_form(request, form_bytes=form_bytes, upload_bytes=upload_bytes if takes_files else 0)
    try:
        values = {name: _value(name, hint, data, hints) for name, hint in hints.items()}
        for name, value in values.items():
            if isinstance(value, UploadFile):
                values[name] = Upload(value.filename or "", await value.read()) if value.filename else None
    finally:
        await data.close()
    return form(**values)


def _value(name: str, hint: Any, data: FormData, named: dict[str, Any]) -> Any:
    if hint is Rest:
        return Rest({other: _one(data, other) for other in data if other not in named})
    if hint is Repeated:
        return Repeated({other: _texts(data, other) for other in data if other not in named})
    if hint == tuple[str, ...]:
        return tuple(_texts(data, name))
    if hint is bool:
        return _one(data, name) not in ("", "0", "false")
    if hint is str:
        return _one(data, name)
    found = data.getlist(name)
    _refuse_repeated(found)
    return found[0] if found and isinstance(found[0], UploadFile) else None


def _one(data: FormData, name: str) -> str:
    """The text of a field that may be sent once; a file sent in its place is no text."""
    found = data.getlist(name)
    _refuse_repeated(found)
    return plain_text(found[0]) if found and isinstance(found[0], str) else ""


def _texts(data: FormData, name: str) -> list[str]:
    return [plain_text(each) for each in data.getlist(name) if isinstance(each, str)]


def _refuse_repeated(found: list[Any]) -> None:
    if len(found) > 1:
        raise FormRefused("The form was sent with the same field twice. Go back, reload the page and try again.", 400)
