"""What an administrator asks the audit log for: typed filters become values, or say what is wrong with them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta

from feedforward.home.audit_words import SUBJECTS, actions_of_kind, actions_with_words
from feedforward.web.came_from import COMMAND_LINE, LONGEST, WORKER, address_of

SYSTEM = "system"
LONGEST_TYPED = 200
_NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class AuditTyped:
    """The filters as they stand in the address and the form; "" where nothing is asked."""

    who: str = ""
    kind: str = ""
    words: str = ""
    on: str = ""
    number: str = ""
    since: str = ""
    until: str = ""
    where: str = ""
    before: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "AuditTyped":
        return cls(**{each.name: asked.get(each.name, "").strip()[:LONGEST_TYPED] for each in fields(cls)})

    def filters(self) -> dict[str, str]:
        """What narrows the log, by name: not which page of it."""
        typed = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "before"}
        return {name: value for name, value in typed.items() if value}


@dataclass(frozen=True, slots=True)
class AuditAsked:
    """`actor` is an id, SYSTEM or an e-mail address; `actions` the codes that fit (None: all); `since` and `until` are
    moments, the second excluded; `before` is the id of the last event of the page before."""

    actor: int | str | None = None
    actions: frozenset[str] | None = None
    subject: tuple[str, str] | None = None
    since: datetime | None = None
    until: datetime | None = None
    where: str | None = None
    before: int | None = None


def parse_asked(typed: AuditTyped) -> AuditAsked | dict[str, str]:
    """The values, or what is wrong by field."""
    problems: dict[str, str] = {}
    since, until = _day(typed.since, "since", problems), _day(typed.until, "until", problems)
    if since and until and since > until:
        problems["until"] = "The last day lies before the first. Change one of them."
    subject = None
    if typed.on and typed.on not in SUBJECTS:
        problems["on"] = "Choose one of the list."
    elif typed.on and not _NUMBER.fullmatch(typed.number):
        problems["number"] = f"Say which {SUBJECTS[typed.on]}: its number, as the log shows it."
    elif typed.number and not typed.on:
        problems["on"] = "Say what the number is of."
    elif typed.on:
        subject = (typed.on, str(int(typed.number)))
    if problems:
        return problems
    return AuditAsked(
        actor=_actor(typed.who), actions=_actions(typed), subject=subject, since=since,
        until=until + timedelta(days=1) if until else None, where=_where(typed.where),
        before=int(typed.before) if _NUMBER.fullmatch(typed.before) else None,
    )  # fmt: skip


def _actor(who: str) -> int | str | None:
    if _NUMBER.fullmatch(who):
        return int(who)
    return who.lower() or None


def _actions(typed: AuditTyped) -> frozenset[str] | None:
    found: frozenset[str] | None = actions_of_kind(typed.kind) if typed.kind else None
    if typed.words:
        said = actions_with_words(typed.words)
        found = said if found is None else found & said
    return found


def _where(typed: str) -> str | None:
    """An address as the log writes it, whatever way it was typed."""
    if not typed or typed in (WORKER, COMMAND_LINE):
        return typed or None
    return address_of({"client": (typed[:LONGEST], 0)})


def _day(typed: str, field: str, problems: dict[str, str]) -> datetime | None:
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
        return datetime(day.year, day.month, day.day, tzinfo=UTC) if 1970 <= day.year < 9999 else None
    except ValueError:
        problems[field] = "Write the day as year, month and day, such as 2026-11-23."
        return None
