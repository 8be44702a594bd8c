"""Posting to many people at once is posting to each of them."""

import pytest
from sqlalchemy import Connection, select

from feedforward.mail.outbox import post, post_each
from feedforward.mail.tables import MailMessage
from feedforward.wiring import Wiring
from tests.mail.posting import INVITATION


def test_the_messages_of_many_are_as_those_of_one_and_come_back_in_order(wiring: Wiring) -> None:
    addresses, now = wiring.mail.addresses, wiring.clock.now()
    to = [(addresses.sealed(f"s{number}@example.edu"), {"invitation_id": number}) for number in range(1200)]

    def act(connection: Connection) -> tuple[int, list[int], list[int]]:
        one = post(connection, template=INVITATION, to=to[3][0], ids=to[3][1], asked_by=7, now=now)
        first = post_each(connection, template=INVITATION, to=to, asked_by=7, now=now)
        return one, first, post_each(connection, template=INVITATION, to=list(reversed(to)), asked_by=7, now=now)

    one, first, second = wiring.database.write_now(act)
    rows = wiring.database.read_now(
        lambda connection: {
            row.id: row for row in connection.execute(select(MailMessage.__table__).order_by(MailMessage.id))
        }
    )
    assert len({one, *first, *second}) == len(rows) == 2401
    assert [rows[each].ids["invitation_id"] for each in first] == list(range(1200))
    assert [rows[each].ids["invitation_id"] for each in second] == list(reversed(range(1200)))
    assert {**rows[one]._mapping, "id": 0} == {**rows[first[3]]._mapping, "id": 0}


def test_what_is_no_id_is_refused_for_every_one_of_them(wiring: Wiring) -> None:
    to = [(wiring.mail.addresses.sealed("ada@example.edu"), {"token": "Secret-Token"})]
    with pytest.raises(ValueError, match="ids and code words"):
        wiring.database.write_now(
            post_each, template=INVITATION, to=to, asked_by=None, now=wiring.clock.now()
        )  # fmt: skip
