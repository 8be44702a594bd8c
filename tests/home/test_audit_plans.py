"""However long the audit log is, a page of it is found by index and begins where it is asked to."""

from sqlalchemy import Connection

from feedforward import urls
from feedforward.audit.record import record
from feedforward.web.access import Role
from tests.architecture.test_query_plans import postgresql_scans
from tests.factories.driver import Asked, asked_of_the_driver
from tests.factories.site import Site

# Many acts fit a kind, few a person, a thing or an address: each is found by the index that knows its order.
ASKED: tuple[dict[str, str], ...] = (
    {}, {"before": "150"}, {"who": "adam@example.edu"}, {"who": "1", "words": "signed in"}, {"kind": "session"},
    {"kind": "draft", "before": "150"}, {"words": "break glass"}, {"on": "draft", "number": "7"},
    {"where": "testclient"}, {"since": "2026-01-01", "until": "2026-02-01"},
    {"kind": "draft", "since": "2026-01-01", "until": "2026-02-01"},
)  # fmt: skip


def test_every_page_of_the_log_is_found_by_index(site: Site) -> None:
    admin = site.person("Adam Admin", Role.ADMIN)
    now = site.wiring.clock.now()

    def write(connection: Connection) -> None:
        for number in range(200):
            record(connection, at=now, actor_id=number, action="draft.submit", subject=("draft", number))

    site.wiring.database.write_now(write)
    with asked_of_the_driver(site.wiring.database) as asked:
        for filters in ASKED:
            admin.get(urls.audit_log(**filters))
            assert admin.status == 200, filters
    of_log = [each for each in asked if "FROM audit_events" in each.statement]
    assert len(of_log) >= len(ASKED)
    with site.wiring.database.engine.connect() as connection:
        if not site.wiring.database.is_sqlite:
            assert postgresql_scans(connection, of_log) == []
            return
        for each in of_log:
            assert read_whole(connection, each) == [], each.statement
        by_detail = Asked("SELECT id FROM audit_events WHERE detail = 'x'", ())
        assert read_whole(connection, by_detail), "the check finds a statement without an index"


def read_whole(connection: Connection, asked: Asked) -> list[str]:
    """Steps of the plan that look at every event, other than along the index of moments, which ends after a page."""
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked.statement}", asked.values)
    steps = [str(row[-1]) for row in plan]
    return [step for step in steps if step.startswith("SCAN audit_events") and "ix_audit_events_at" not in step] + [
        step for step in steps if "TEMP B-TREE FOR ORDER BY" in step and "SCAN audit_events" in " ".join(steps)
    ]
