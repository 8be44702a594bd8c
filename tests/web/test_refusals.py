"""What people ask for that is not theirs is noted: ten in a minute, without names or tokens, and never in their way."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from feedforward import urls
from feedforward.audit.tables import AuditEvent
from feedforward.clock import SetClock
from feedforward.errors import TemporarilyUnavailable
from feedforward.web.access import Role
from feedforward.web.came_from import COMMAND_LINE, address_of, came_from, coming_from, done_by
from feedforward.web.refusals import EACH_MINUTE
from tests.factories.site import Site


def refused(site: Site) -> list[Any]:
    of = select(
        AuditEvent.actor_id, AuditEvent.subject_kind, AuditEvent.subject_id, AuditEvent.detail, AuditEvent.came_from
    ).where(AuditEvent.action == "permission.refuse")
    return [tuple(row) for row in site.wiring.database.read_now(lambda c: c.execute(of.order_by(AuditEvent.id)).all())]


def test_refusals_are_noted_ten_in_a_minute(site: Site, clock: SetClock) -> None:
    ada_id = site.make_person("Ada Author")
    ada, ben = site.visitor().sign_in("ada@example.edu"), site.person("Ben Beginner")
    ada.get(f"{urls.draft(71)}?text=secret")
    ada.get(urls.people())
    page = {"page": "GET /drafts/{draft_id}", "status": 404, "more_not_noted": False}
    assert refused(site) == [
        (ada_id, "draft", "71", page, "testclient"),
        (ada_id, "page", "none", {**page, "page": "GET /admin/people", "status": 403}, "testclient"),
    ]
    # What is nobody's address is a slip of the keyboard, and who is not signed in has nothing to be refused.
    ada.get("/no-such-page")
    site.visitor().get(urls.draft(71))
    assert len(refused(site)) == 2
    for number in range(3 * EACH_MINUTE):
        ada.get(urls.draft(number + 100))
        assert ada.status == 404
    assert len(refused(site)) == EACH_MINUTE
    assert [row[3]["more_not_noted"] for row in refused(site)] == [False] * (EACH_MINUTE - 1) + [True]
    ben.get(urls.draft(71))
    clock.moment += timedelta(minutes=1)
    ada.get(urls.draft(71))
    assert len(refused(site)) == EACH_MINUTE + 2


def test_a_busy_log_does_not_make_an_error_of_a_refusal(site: Site) -> None:
    ada = site.person("Ada Author", Role.STUDENT)

    async def busy(*_args: object, **_values: object) -> None:
        raise TemporarilyUnavailable

    site.wiring.database.write = busy  # type: ignore[assignment]
    ada.get(urls.draft(71))
    assert ada.status == 404


def test_an_address_is_written_in_one_way_and_ends_with_its_request() -> None:
    assert address_of({"client": ("::ffff:192.0.2.7", 1)}) == "192.0.2.7"
    assert address_of({"client": ("2001:DB8:0:0::7%eth0", 1)}) == "2001:db8::7"
    assert address_of({"client": None}) == ""
    with coming_from({"client": ("192.0.2.7", 1)}):
        assert came_from() == ("192.0.2.7", True)
        with done_by(COMMAND_LINE):
            assert came_from() == (COMMAND_LINE, False)
    assert came_from() == (None, False)
