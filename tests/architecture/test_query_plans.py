"""No statement of a hot page, of signing in or of the worker's rounds reads a large table from end to end.

The statements are those that requests really make; each database is asked how it would find the rows.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, insert

from feedforward import urls
from feedforward.assessment.lanes import lanes_of
from feedforward.assessment.planning import hand_over
from feedforward.assessment.recovery import recover
from feedforward.assessment.tables import Reading
from feedforward.llm.providers import providers_from_config
from feedforward.wiring import Wiring
from tests.assessment.handed_over import HandedOver
from tests.factories.busy import INSTRUCTOR, STUDENT, BusySite, make_busy
from tests.factories.driver import Asked
from tests.factories.site import Site

LARGE = frozenset(
    (
        "users", "sessions", "failed_sign_ins", "enrolments", "drafts", "readings", "reading_scores", "calls",
        "feedback", "feedback_criteria", "feedback_versions", "comments", "comment_uptake", "addressed_comments",
        "audit_events", "scheduled_runs", "mail_messages",
    )
)  # fmt: skip

# These hold only the few rows that are under way: reading them whole is what they are for.
PARTIAL = ("ix_readings_waiting", "ix_readings_in_flight", "ix_drafts_in_progress")


def test_every_hot_statement_finds_its_rows_by_index(site: Site) -> None:
    busy = make_busy(site)
    statements = {each.statement: each for each in [*asked_by_people(busy), *asked_by_the_worker(busy)]}
    assert len(statements) > 40
    database = site.wiring.database
    if database.is_sqlite:
        # An installation may never have gathered statistics: both plans must do.
        scans = sqlite_scans(database.engine.connect(), statements.values())
        assert not scans, "\n".join(f"{t}: {q}" for t, q in scans)
        with database.engine.connect() as connection:
            connection.exec_driver_sql("ANALYZE")
        assert not sqlite_scans(database.engine.connect(), statements.values())
    else:
        scans = postgresql_scans(database.engine.connect(), statements.values())
        assert not scans, "\n".join(f"{t}: {q}" for t, q in scans)


def test_a_scan_would_be_found(site: Site) -> None:
    """The check itself, on a statement that no index answers."""
    with site.wiring.database.engine.connect() as connection:
        asked = [Asked("SELECT id FROM drafts WHERE word_count = 7", ())]
        found = (sqlite_scans if site.wiring.database.is_sqlite else postgresql_scans)(connection, asked)
    assert [table for table, _ in found] == ["drafts"]


def asked_by_people(busy: BusySite) -> list[Asked]:
    """What a student, an instructor and somebody who signs in make the database do."""
    student, instructor = busy.visitor(STUDENT), busy.visitor(INSTRUCTOR)
    busy.site.make_person("Nia Newcomer")
    with busy.asked() as asked:
        busy.site.visitor().sign_in("nia@example.edu")
        busy.site.visitor().sign_in("nia@example.edu", "a wrong password altogether")
        for address in (
            urls.home(), urls.task(busy.task), urls.draft(busy.released), urls.draft_stages(busy.released),
            urls.feedback(busy.released), urls.feedback(busy.second), urls.my_courses(), urls.my_course(INSTRUCTOR),
        ):  # fmt: skip
            student.get(address)
            assert student.status == 200, address
        student.post(urls.comment_uptake(busy.comment), {"state": "done"})
        for address in (
            urls.home(), urls.review_queue(), urls.review_queue(busy.task), urls.review_queue(None, "released"),
            urls.review(busy.waiting), urls.courses(), urls.course(INSTRUCTOR), urls.assignment(busy.task),
            urls.course_people(INSTRUCTOR), urls.course_class(INSTRUCTOR),
            urls.course_class(INSTRUCTOR, assignment=busy.task), urls.course_class(INSTRUCTOR, state="waiting"),
            urls.course_class(INSTRUCTOR, assignment=busy.task, state="nothing"), urls.class_table(INSTRUCTOR),
            urls.course_step(INSTRUCTOR, "inactive"),
        ):  # fmt: skip
            instructor.get(address)
            assert instructor.status == 200, address
        instructor.post(urls.sign_out())
    return list(asked)


def asked_by_the_worker(busy: BusySite) -> list[Asked]:
    """Handing over and recovering, with a reading that waits."""
    wiring = busy.site.wiring
    wiring.database.write_now(_plan_one, wiring, busy.waiting)
    provider = {"kind": "openai_compatible", "base_url": "http://127.0.0.1:1/v1", "api_key": "k", "models": ["m"]}
    lanes, now = lanes_of(providers_from_config({"school": provider})), wiring.clock.now()
    with busy.asked() as asked:
        wiring.database.write_now(hand_over, HandedOver(), lanes, now)
        wiring.database.write_now(recover, HandedOver(), lanes, now, tries=3)
    return list(asked)


def _plan_one(connection: Connection, wiring: Wiring, draft_id: int) -> None:
    now = wiring.clock.now()
    connection.execute(
        insert(Reading).values(
            id=f"{draft_id}-9-1-1", draft_id=draft_id, round=9, reader="school/m", provider="school", run=1, weight=1.0,
            temperature=0.0, max_tokens=100, status="planned", dispatch=0, planned_at=now, changed_at=now, tokens_in=0,
            tokens_out=0, tokens_cached=0, prompt_version="",
        )
    )  # fmt: skip


def sqlite_scans(connection: Connection, asked: Iterable[Asked]) -> list[tuple[str, str]]:
    """Each large table that is read whole, with the statement that does it."""
    found = []
    for each in asked:
        for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {each.statement}", each.values):
            step = re.match(r"SCAN (\w+)", row[-1])
            if step and step[1] in LARGE and not any(f"INDEX {name}" in row[-1] for name in PARTIAL):
                found.append((step[1], each.statement))
    connection.close()
    return found


def postgresql_scans(connection: Connection, asked: Iterable[Asked]) -> list[tuple[str, str]]:
    """The same. Whole reads are made unattractive first: on some thousand rows they would often be the right choice."""
    found = []
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    for each in asked:
        plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {each.statement}", each.values).scalar_one()
        nodes = _nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])
        found += [
            (node["Relation Name"], each.statement)
            for node in nodes
            if node["Node Type"] == "Seq Scan" and node["Relation Name"] in LARGE
        ]
    connection.close()
    return found


def _nodes(plan: dict[str, Any]) -> Iterable[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)
