"""The review form as plain values: names of its fields, and what becomes of them when two people wrote at once."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

COMMENT_TEXTS = ("text", "next_step")
COMMENT_CHOICES = ("kind", "criterion")
COMMENT_TICKS = ("priority", "kept", "dropped")
NEW = "new"
"""The comment that is being added has this name in place of an id."""


def criterion_field(criterion_id: int | str, part: str) -> str:
    return f"criterion.{criterion_id}.{part}"


def comment_field(comment_id: int | str, part: str) -> str:
    return f"comment.{comment_id}.{part}"


def new_comment_fields() -> dict[str, str]:
    """The fields of the comment to be added, empty."""
    return {comment_field(NEW, part): "" for part in ("text", "next_step", "criterion", "quote")} | {
        comment_field(NEW, "kind"): "improvement"
    }


def fingerprint_of(values: Mapping[str, str]) -> str:
    """What the form showed, as one hidden field: name=digest, separated by blanks. It holds no text of anybody."""
    return " ".join(f"{name}={_digest(value)}" for name, value in values.items())


def _digest(value: str) -> str:
    return hashlib.sha256(_plain(value).encode()).hexdigest()[:12]


def _plain(value: str) -> str:
    """White space at the ends is lost on the way through a browser and is no change."""
    return value.replace("\r\n", "\n").strip()


def typed_values(base: str, posted: Mapping[str, str]) -> dict[str, str]:
    """Of what was posted, the fields the form showed, and all of them: an unticked box is sent as nothing."""
    return {name: posted.get(name, "") for name in _digests(base)}


def _digests(base: str) -> dict[str, str]:
    return dict(each.split("=", 1) for each in base.split() if "=" in each)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """`values` to show again: what this person typed, and elsewhere what stands now. `theirs`: fields that only the
    other person changed; `clashes`: fields that both changed, with what the other person made of them."""

    values: Mapping[str, str]
    theirs: Sequence[str]
    clashes: Mapping[str, str]


def reconcile(*, typed: Mapping[str, str], base: str, current: Mapping[str, str]) -> Reconciled:
    """Three versions become one: nothing typed is lost, and nothing the other person changed is undone unseen."""
    before = _digests(base)
    values: dict[str, str] = {}
    theirs: list[str] = []
    clashes: dict[str, str] = {}
    for name, now in current.items():
        mine = typed.get(name, now)
        if _plain(mine) == _plain(now):
            values[name] = now
            continue
        i_changed = before.get(name) != _digest(mine)
        they_changed = before.get(name) != _digest(now)
        values[name] = mine if i_changed and name in typed else now
        if they_changed and i_changed and name in before:
            clashes[name] = now
        elif they_changed and name in before:
            theirs.append(name)
    return Reconciled(values, theirs, clashes)
