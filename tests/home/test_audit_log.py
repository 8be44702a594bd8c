"""The audit log: who may see it, what it can be asked for, and the file that is made of it."""

import csv
import io
import json
import re
from datetime import timedelta
from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from feedforward import urls
from feedforward.audit.record import record
from feedforward.audit.tables import AuditEvent
from feedforward.home.audit_asked import SYSTEM, AuditAsked, AuditTyped, parse_asked
from feedforward.home.audit_csv import harmless
from feedforward.home.audit_queries import PER_PAGE
from feedforward.web.access import Role
from tests.factories.pages import Page
from tests.factories.site import Site, Visitor


def rows(visitor: Visitor) -> list[str]:
    """The rows of the log on the page, each as its text; [] where it says that nothing fits."""
    found = re.search(r"<tbody.*?</tbody>", visitor.page.html, re.DOTALL)
    return [Page(each).text for each in found[0].split("<tr")[1:]] if found else []


def ask(admin: Visitor, **asked: str) -> list[str]:
    admin.get(urls.audit_log(**asked))
    assert admin.status == 200, admin.page.text
    return rows(admin)


def test_an_administrator_asks_the_log_and_takes_it_along(site: Site) -> None:
    admin = site.person("Adam Admin", Role.ADMIN)
    ada_id = site.make_person("Ada Author")
    ada = site.visitor().sign_in("ada@example.edu")
    site.visitor().sign_in("ada@example.edu", "a wrong password altogether")
    now = site.wiring.clock.now()

    def write(connection: Connection) -> None:
        for number in range(PER_PAGE + 5):
            at = now - timedelta(days=30, minutes=number)
            record(connection, at=at, actor_id=ada_id, action="draft.preview", subject=("draft", 1), number=number)
        record(
            connection, at=now - timedelta(days=40), actor_id=None, action="=cmd()", subject=("draft", 2), odd="=1+1"
        )

    site.wiring.database.write_now(write)
    everything = ask(admin)
    assert len(everything) == PER_PAGE
    assert "Nobody signed in" in everything[0]
    assert "could not sign in" in everything[0]
    assert "testclient" in everything[0]
    # The pages follow each other without a gap or a repetition.
    admin.get(admin.page.links["Older"])
    assert not set(rows(admin)) & set(everything)
    assert len(rows(admin)) + PER_PAGE == len(all_events(site))
    # Every filter by itself, and together.
    signed_in = ask(admin, who="ADA@example.edu", kind="session")
    assert len(signed_in) == 1
    assert "Ada Author" in signed_in[0]
    assert "signed in" in signed_in[0]
    assert len(ask(admin, who=str(ada_id), on="draft", number="1")) == PER_PAGE
    assert len(ask(admin, words="wrong code")) == 0
    assert len(ask(admin, words="could not sign")) == 1
    assert len(ask(admin, who=SYSTEM, words="=cmd()", on="draft", number="2")) == 0, "no code looks like this"
    day = (now - timedelta(days=40)).date().isoformat()
    assert len(ask(admin, since=day, until=day)) == 1
    assert len(ask(admin, where="testclient")) == len([each for each in all_events(site) if each == "testclient"])
    assert ask(admin, who="nobody@example.edu") == []
    assert ask(admin, kind="nothing") == []
    for wrong in (
        {"on": "draft"},
        {"since": "tomorrow"},
        {"number": "3"},
        {"since": "2026-02-02", "until": "2026-02-01"},
    ):
        admin.get(f"{urls.audit_log()}?{urlencode(wrong)}")
        assert admin.status == 422, wrong
        assert admin.page.text.count("needs your attention") == 1
    # The file holds what fits, and that it was taken is recorded.
    admin.get(urls.audit_log(on="draft", number="2"))
    admin.submit(urls.export_audit_log())
    assert admin.last is not None
    assert admin.last.headers["content-type"] == "text/csv; charset=utf-8"
    assert admin.last.content.startswith("\ufeff".encode())
    head, only = csv.reader(io.StringIO(admin.last.content.decode("utf-8-sig")))
    taken = dict(zip(head, only, strict=True))
    assert (taken["act"], taken["on_number"], json.loads(taken["more"])) == ("'=cmd()", "2", {"odd": "=1+1"})
    assert "downloaded the audit log" in ask(admin)[0]
    assert "filters: number on" in ask(admin)[0]
    ada.get(urls.audit_log())
    assert ada.status == 403
    refused = ask(admin, kind="permission")
    assert len(refused) == 1
    assert "Ada Author" in refused[0]
    assert "page: GET /admin/audit, status: 403" in refused[0]


def all_events(site: Site) -> list[str | None]:
    """Where each event came from."""
    of = select(AuditEvent.came_from).order_by(AuditEvent.id)
    return list(site.wiring.database.read_now(lambda connection: connection.execute(of).scalars().all()))


def test_a_log_that_is_longer_than_a_part_of_the_file_is_written_whole(site: Site) -> None:
    admin = site.person("Adam Admin", Role.ADMIN)
    now = site.wiring.clock.now()

    def write(connection: Connection) -> None:
        for number in range(2100):
            record(connection, at=now, actor_id=None, action="draft.sweep", subject=("draft", number))

    site.wiring.database.write_now(write)
    admin.get(urls.audit_log(words="threw away"))
    admin.submit(urls.export_audit_log())
    assert admin.last is not None
    lines = list(csv.reader(io.StringIO(admin.last.content.decode("utf-8-sig"))))
    assert sorted(int(each[7]) for each in lines[1:]) == list(range(2100))


@given(st.text())
def test_no_cell_of_the_file_begins_like_a_formula(cell: str) -> None:
    made = harmless(cell)
    assert not made.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert made in (cell, f"'{cell}")


@given(st.dictionaries(st.sampled_from(sorted(AuditTyped.__slots__)), st.text()))
def test_whatever_is_typed_is_read_or_told_to_be_wrong_beside_its_field(asked: dict[str, str]) -> None:
    typed = AuditTyped.of(asked)
    found = parse_asked(typed)
    if isinstance(found, dict):
        assert set(found) <= set(AuditTyped.__slots__)
        assert all(found.values())
    elif not typed.filters() and not typed.before:
        assert found == AuditAsked()
