"""Pages under load: how many requests per second against a bare application, and how long they take at half of that."""

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.course_pages import LEAST, add_courses, course_pages
from benchmarks.data import DATABASE, run_folder, seeded_folder
from benchmarks.report import Figure
from benchmarks.seed import FULL, token_of
from benchmarks.servers import HOST, Server, bare, feedforward, get, load, post
from feedforward import urls

WORKERS = 2
CONNECTIONS = 16
WARM_SECONDS, LOAD_SECONDS, HALF_SECONDS = 2, 6, 8
WRITE_EVERY = 20
COOKIE = "feedforward-session"


@dataclass(frozen=True, slots=True)
class Measured:
    """A page that is measured: its requests, and its target as a share of the bare application's rate."""

    name: str
    reads: list[str]
    share: float | None


def measure_pages(seconds: float = LOAD_SECONDS) -> Iterator[Figure]:
    """Student home, review queue, feedback page and the pages of courses with one write in twenty requests."""
    seeded, took = seeded_folder()
    if took:
        yield Figure("pages", "seeding 100,000 drafts", took, "s", most=60, note="once per schema; kept in build/")
    folder = run_folder(seeded, "pages")
    add_courses(folder)
    with bare(WORKERS) as yardstick, feedforward(folder, workers=WORKERS) as site:
        writes = _writes(folder, site.port)
        for page in _pages(folder, site.port):
            yield from _measure(page, writes, site, yardstick, seconds)


def _measure(page: Measured, writes: list[str], site: Server, yardstick: Server, seconds: float) -> Iterator[Figure]:
    plan = _plan(site.port, page.reads, writes)
    _checked(load({**plan, "seconds": WARM_SECONDS}), page.name)
    # The bare application is measured right before and after: whatever else the machine does falls on both.
    bare_plan = _plan(yardstick.port, [get("/", yardstick.port)], [])
    before, bare_cpu_before = _with_cpu(yardstick, {**bare_plan, "seconds": seconds / 2})
    full, cpu = _with_cpu(site, {**plan, "seconds": seconds})
    after, bare_cpu_after = _with_cpu(yardstick, {**bare_plan, "seconds": seconds / 2})
    _checked(full, page.name)
    bare_rate = (before["rate"] + after["rate"]) / 2
    bare_cpu = (bare_cpu_before + bare_cpu_after) / (before["requests"] + after["requests"])
    per_request = cpu / full["requests"]
    half = _checked(load({**plan, "seconds": HALF_SECONDS, "rate": full["rate"] / 2}), page.name)
    part = f"pages: {page.name}"
    client = 1e6 * full["client_cpu_seconds"] / full["requests"]
    yield Figure(
        part, "requests/s, of the bare application's", full["rate"] / bare_rate, least=page.share,
        note=f"{full['rate']:.0f} of {bare_rate:.0f} requests/s, {WORKERS} workers, {CONNECTIONS} connections; "
        f"the client takes {client:.0f} µs of processor time per request",
    )  # fmt: skip
    yield Figure(
        part, "processor time, bare to page", bare_cpu / per_request,
        note=f"{1000 * bare_cpu:.3f} against {1000 * per_request:.2f} ms per request, without the client's part",
    )  # fmt: skip
    yield Figure(
        part, "p99 at half load", half["all"]["p99"], "ms", most=100,
        note=f"{half['rate']:.0f} requests/s; p50 {half['all']['p50']} ms; writes: p50 {half['writes']['p50']}, "
        f"p99 {half['writes']['p99']} ms",
    )  # fmt: skip


def _plan(port: int, reads: Sequence[str], writes: Sequence[str]) -> dict[str, Any]:
    return {
        "host": HOST, "port": port, "connections": CONNECTIONS, "rate": None, "reads": list(reads),
        "writes": list(writes),
        "write_every": WRITE_EVERY,
    }  # fmt: skip


def _with_cpu(server: Server, plan: dict[str, Any]) -> tuple[dict[str, Any], float]:
    before = server.cpu_seconds()
    return load(plan), server.cpu_seconds() - before


def _checked(seen: dict[str, Any], name: str) -> dict[str, Any]:
    """Only pages (200) and answers to a form (303) count: an error page is quick, and proves nothing."""
    wrong = {status: count for status, count in seen["statuses"].items() if status not in ("200", "303") and count}
    if wrong:
        print(f"{name}: {wrong} of {seen['requests']} requests were not answered as they should be", file=sys.stderr)
        raise SystemExit(1)
    return seen


def _pages(folder: Path, port: int) -> Iterator[Measured]:
    rows = rows_of(folder, "select distinct student_id from drafts where content is not null")
    students = [get(urls.home(), port, _cookie(student)) for (student,) in rows]
    instructors = range(1, FULL.courses + 1)
    released = rows_of(folder, "select id, student_id from drafts where content is not null and status = 'released'")
    waiting = rows_of(
        folder,
        "select d.id, a.course_id from drafts d join assignments a on a.id = d.assignment_id "
        "where d.content is not null and d.status = 'awaiting_review'",
    )
    yield Measured("student home", students, 0.05)
    yield Measured("review queue", [get(urls.review_queue(), port, _cookie(each)) for each in instructors], 0.03)
    yield Measured(
        "feedback page", [get(urls.feedback(draft), port, _cookie(student)) for draft, student in released], 0.04
    )
    yield Measured("review page", [get(urls.review(draft), port, _cookie(course)) for draft, course in waiting], None)
    for name, asked in course_pages([student for (student,) in rows]).items():
        yield Measured(name, [get(path, port, _cookie(who)) for path, who in asked], LEAST)


def _writes(folder: Path, port: int) -> list[str]:
    """Students marking comments as done."""
    comments = rows_of(
        folder,
        "select c.id, d.student_id from comments c join feedback f on f.id = c.feedback_id "
        "join drafts d on d.id = f.draft_id where d.content is not null and f.status = 'released'",
    )
    return [post(urls.comment_uptake(comment), port, "state=done", _cookie(student)) for comment, student in comments]


def _cookie(user_id: int) -> str:
    return f"{COOKIE}={token_of(user_id)}"


def rows_of(folder: Path, statement: str) -> list[tuple[int, ...]]:
    connection = sqlite3.connect(folder / DATABASE)
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()
