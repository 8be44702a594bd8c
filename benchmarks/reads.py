"""Reads that run on the page loop: on SQLite each must stay short, because nobody else is served meanwhile."""

import asyncio
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from benchmarks.data import run_folder, seeded_folder
from benchmarks.pages import COOKIE, rows_of
from benchmarks.report import Figure
from benchmarks.seed import ASSIGNMENTS, FULL, assignment_of, token_of
from feedforward import urls
from feedforward.app import build_app
from feedforward.database import Database
from feedforward.settings import read_settings
from feedforward.wiring import Wiring

MOST_MILLISECONDS = 20
TIMES = 100
ORIGIN = "http://127.0.0.1:8000"

Asked = tuple[str, int]
"""An address, and who asks for it."""


def measure_reads() -> Iterator[Figure]:
    """Every page many times, with other people and drafts each time; the slowest read of a page counts."""
    seeded, _ = seeded_folder()
    folder = run_folder(seeded, "reads")
    wiring = Wiring(read_settings(data_folder=folder, idle_minutes=600))
    try:
        for name, asked in _pages(folder).items():
            taken = asyncio.run(_timed(wiring, asked))
            slowest, _, query = max(taken)
            ordered = sorted(each for each, _, _ in taken)
            yield Figure(
                "inline reads", name, slowest, "ms", most=MOST_MILLISECONDS,
                note=f"slowest of {len(taken)} ({query}); median {ordered[len(ordered) // 2]:.2f} ms; processor time, "
                f"longest by the clock {max(each for _, each, _ in taken):.1f} ms",
            )  # fmt: skip
    finally:
        wiring.close()


async def _timed(wiring: Wiring, asked: list[Asked]) -> list[tuple[float, float, str]]:
    """Milliseconds of processor and of the clock, and the name of each read these pages make inline.

    The processor's time is judged: the clock also counts what other programs of this machine do meanwhile.
    """
    app = build_app(wiring)
    taken: list[tuple[float, float, str]] = []
    database, plain = wiring.database, Database.read

    async def timed(query: Any, *args: Any, **kwargs: Any) -> Any:
        began, cpu = time.perf_counter(), time.thread_time()
        found = await plain(database, query, *args, **kwargs)
        taken.append((1000 * (time.thread_time() - cpu), 1000 * (time.perf_counter() - began), query.__name__))
        return found

    # On SQLite `read` never leaves the loop: what it takes is what everybody else waits.
    database.read = timed  # type: ignore[method-assign]
    try:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN) as client:
            for path, user_id in asked:
                answer = await client.get(path, headers={"Cookie": f"{COOKIE}={token_of(user_id)}"} if user_id else {})
                if answer.status_code != 200:
                    raise RuntimeError(f"{path} was answered with {answer.status_code}")
    finally:
        del database.read
    return taken


def _pages(folder: Path) -> dict[str, list[Asked]]:
    chance = random.Random(7)
    released = chance.choices(
        rows_of(
            folder, "select id, student_id, assignment_id from drafts where content is not null and status = 'released'"
        ),
        k=TIMES,
    )
    waiting = chance.choices(
        rows_of(
            folder,
            "select d.id, a.course_id from drafts d join assignments a on a.id = d.assignment_id "
            "where d.content is not null and d.status = 'awaiting_review'",
        ),
        k=TIMES,
    )
    students = [student for _, student, _ in released]
    staff = [chance.randint(1, FULL.courses) for _ in range(TIMES)]
    return {
        "student home": [(urls.home(), each) for each in students],
        "instructor home": [(urls.home(), each) for each in staff],
        "task page": [(urls.task(task), student) for _, student, task in released],
        "draft page": [(urls.draft(draft), student) for draft, student, _ in released],
        "stages": [(urls.draft_stages(draft), student) for draft, student, _ in released],
        "feedback page": [(urls.feedback(draft), student) for draft, student, _ in released],
        "review queue": [(urls.review_queue(), each) for each in staff],
        "review page": [(urls.review(draft), course) for draft, course in waiting],
        "course": [(urls.course(each), each) for each in staff],
        "people of a course": [(urls.course_people(each), each) for each in staff],
        "assignment": [(urls.assignment(assignment_of(each, each % ASSIGNMENTS)), each) for each in staff],
    }
