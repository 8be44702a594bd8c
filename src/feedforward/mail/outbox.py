"""Posting: a row of the outbox, written in the transaction of what it tells of."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from feedforward.mail.addresses import SealedAddress
from feedforward.mail.rules import USUAL_FREQUENCY, Frequency, MailCode, MailStatus, Template, Topic
from feedforward.mail.tables import MailMessage, MailSetting

# A word of ours such as "co_instructor". What has capitals, digits or spaces could be a token, an address or text.
_CODE = re.compile(r"[a-z][a-z_]{0,39}")
_POSTED = insert(MailMessage).returning(MailMessage.id)
_POSTED_EACH = insert(MailMessage)
BATCH = 500
_STATUS = {Frequency.AT_ONCE: MailStatus.WAITING, Frequency.DAILY: MailStatus.HELD}
_FREQUENCY = select(MailSetting.frequency).where(
    MailSetting.user_id == bindparam("user_id"), MailSetting.topic == bindparam("topic")
)


def post(
    connection: Connection,
    *,
    template: Template,
    to: int | SealedAddress,
    ids: Mapping[str, int | str],
    asked_by: int | None,
    now: datetime,
) -> int:
    """Have a letter sent once the caller's transaction is committed; the id of its message.

    `to` is a person's user id, or an address without an account (`web.services.mail.addresses.sealed(…)`, made before
    the transaction). `ids` takes row ids and short code words only; ValueError otherwise. `asked_by` is the person who
    caused it: they are told where it cannot be delivered.
    """
    _require_ids(ids)
    frequency = frequency_of(connection, to, template.topic) if isinstance(to, int) else Frequency.AT_ONCE
    status = _STATUS.get(frequency, MailStatus.UNSENT)
    message_id: int = connection.execute(
        _POSTED.values(
            template=template.name, kind=template.kind, topic=template.topic,
            user_id=to if isinstance(to, int) else None,
            address=None if isinstance(to, int) else to.sealed,
            address_hash=None if isinstance(to, int) else to.hash,
            ids=dict(ids), status=status, code=MailCode.NOT_WANTED if status is MailStatus.UNSENT else "", tries=0,
            next_try_at=now, asked_by=asked_by, created_at=now,
            settled_at=now if status is MailStatus.UNSENT else None,
        )
    ).scalar_one()  # fmt: skip
    return message_id


def frequency_of(connection: Connection, user_id: int, topic: Topic | None) -> Frequency:
    """How often this person wants mail about the topic; what has no topic goes at once."""
    if topic is None:
        return Frequency.AT_ONCE
    chosen = connection.execute(_FREQUENCY, {"user_id": user_id, "topic": topic}).scalar_one_or_none()
    return Frequency(chosen) if chosen else USUAL_FREQUENCY[topic]


def post_each(
    connection: Connection,
    *,
    template: Template,
    to: Sequence[tuple[SealedAddress, Mapping[str, int | str]]],
    asked_by: int | None,
    now: datetime,
) -> list[int]:
    """`post` to many people without an account, each once (a class has hundreds); the messages' ids in order.

    A row at a time with its id back would hold the writer for seconds: they are inserted together and found again.
    """
    same = {
        "template": template.name, "kind": template.kind, "topic": template.topic, "user_id": None,
        "status": MailStatus.WAITING, "code": "", "tries": 0, "next_try_at": now, "asked_by": asked_by,
        "created_at": now, "settled_at": None,
    }  # fmt: skip
    for _, ids in to:
        _require_ids(ids)
    rows = [{**same, "address": each.sealed, "address_hash": each.hash, "ids": dict(ids)} for each, ids in to]
    if rows:
        connection.execute(_POSTED_EACH, rows)
    found: dict[str, int] = {}
    for start in range(0, len(to), BATCH):
        hashes = [each.hash for each, _ in to[start : start + BATCH]]
        posted = select(MailMessage.address_hash, MailMessage.id).where(
            MailMessage.address_hash.in_(hashes), MailMessage.template == template.name, MailMessage.created_at == now
        )
        # The newest of an address is the one just posted.
        found |= {row.address_hash: row.id for row in connection.execute(posted.order_by(MailMessage.id))}
    return [found[each.hash] for each, _ in to]


def post_to_people(
    connection: Connection, *, template: Template, to: Sequence[int], ids: Mapping[str, int | str],
    asked_by: int | None, now: datetime,
) -> int:  # fmt: skip
    """`post` the same to many people with accounts, in two statements for each BATCH of them; how many want it."""
    _require_ids(ids)
    wanted = 0
    usual = USUAL_FREQUENCY[template.topic] if template.topic else Frequency.AT_ONCE
    for start in range(0, len(to), BATCH):
        people = to[start : start + BATCH]
        chosen = select(MailSetting.user_id, MailSetting.frequency).where(
            MailSetting.user_id.in_(people), MailSetting.topic == (template.topic or "")
        )
        frequency = {row.user_id: Frequency(row.frequency) for row in connection.execute(chosen)}
        rows = [_row(template, each, frequency.get(each, usual), ids, asked_by, now) for each in people]
        connection.execute(_POSTED_EACH, rows)
        wanted += sum(row["status"] is not MailStatus.UNSENT for row in rows)
    return wanted


def _row(
    template: Template, user_id: int, frequency: Frequency, ids: Mapping[str, int | str], asked_by: int | None,
    now: datetime,
) -> dict[str, Any]:  # fmt: skip
    status = _STATUS.get(frequency, MailStatus.UNSENT)
    unsent = status is MailStatus.UNSENT
    return {
        "template": template.name, "kind": template.kind, "topic": template.topic, "user_id": user_id, "address": None,
        "address_hash": None, "ids": dict(ids), "status": status, "code": MailCode.NOT_WANTED if unsent else "",
        "tries": 0, "next_try_at": now, "asked_by": asked_by, "created_at": now, "settled_at": now if unsent else None,
    }  # fmt: skip


def _require_ids(ids: Mapping[str, int | str]) -> None:
    for name, value in ids.items():
        if isinstance(value, bool) or not (isinstance(value, int) or _CODE.fullmatch(value)):
            raise ValueError(f"{name}: the outbox keeps ids and code words only")
