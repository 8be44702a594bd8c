"""The pipeline as students drive it: drafts handed in through the pages, read by a model that takes two seconds."""

import asyncio
import json
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from benchmarks.data import DATABASE, ROOT, run_folder, seeded_folder
from benchmarks.model import SECONDS, model_server
from benchmarks.report import Figure
from benchmarks.seed import assignment_of, token_of
from benchmarks.servers import HOST, feedforward, get
from benchmarks.texts import essay
from feedforward import urls

READINGS = 3
STUDENTS = 50
# As a browser asks: the stages every two seconds. A single draft is watched more closely, to see when it is done.
POLL_EVERY, WATCH_EVERY = 2.0, 0.05
SIGN_IN_RATE = 20
LONGEST_WAIT = 120.0
# The course whose students have sessions, and its assignments nobody handed in to, by calls at a time.
COURSE = 3
ASSIGNMENTS = {10: assignment_of(COURSE, 3), 50: assignment_of(COURSE, 4)}


@dataclass(slots=True)
class Student:
    """One student's browser, and what it saw: seconds of the confirming POST and until the draft was read."""

    client: httpx.AsyncClient
    user_id: int
    draft_id: int = 0
    post_seconds: float = 0.0


def measure_pipeline() -> Iterator[Figure]:
    """One draft alone, then fifty at once with ten and with fifty calls at a time."""
    seeded, _ = seeded_folder()
    folder = run_folder(seeded, "pipeline")
    students = _prepare(folder)
    with model_server() as address:
        providers = {
            f"by-{at_once}": {
                "kind": "openai_compatible", "base_url": f"{address}/v1", "api_key": "none", "models": ["slow"],
                "concurrency": at_once, "timeout_seconds": 60,
            }
            for at_once in ASSIGNMENTS
        }  # fmt: skip
        with feedforward(folder, with_worker=True, providers=json.dumps(providers)) as site:
            origin = f"http://{HOST}:{site.port}"
            # The model library is imported once per worker, while nobody waits for it.
            asyncio.run(_hand_in_and_wait(origin, folder, students[:1], ASSIGNMENTS[50], WATCH_EVERY, seed=900))
            yield from _one(origin, folder, students[1:6])
            for at_once, assignment_id in ASSIGNMENTS.items():
                yield from _many(origin, site.port, folder, students[6 : 6 + STUDENTS], at_once, assignment_id)


def _one(origin: str, folder: Path, students: list[int]) -> Iterator[Figure]:
    waits, posts = [], []
    for student in students:
        began = asyncio.run(_hand_in_and_wait(origin, folder, [student], ASSIGNMENTS[50], WATCH_EVERY, seed=student))
        waits.append(began.seconds)
        posts += began.posts
    note = f"{len(students)} drafts one after the other, the slowest; each {READINGS} readings of a {SECONDS:g} s model"
    yield Figure("pipeline: one draft", "from confirming to feedback", max(waits), "s", most=3, note=note)
    yield Figure(
        "pipeline: one draft", "confirming POST", 1000 * max(posts), "ms", most=150, note="the slowest of them"
    )


def _many(
    origin: str, port: int, folder: Path, students: list[int], at_once: int, assignment_id: int
) -> Iterator[Figure]:
    part = f"pipeline: {STUDENTS} drafts, {at_once} calls at a time"
    ideal = -(-STUDENTS * READINGS // at_once) * SECONDS
    with _sign_in_page(port) as polled:
        run = asyncio.run(_hand_in_and_wait(origin, folder, students, assignment_id, POLL_EVERY, seed=at_once))
    most = {10: 1.2, 50: 2.0}[at_once]
    yield Figure(
        part, "time, of the ideal", run.seconds / ideal, "×", most=most,
        note=f"{run.seconds:.1f} s until the last feedback; ideal {ideal:g} s",
    )  # fmt: skip
    posts = sorted(run.posts)
    yield Figure(
        part, "confirming POST, slowest", 1000 * posts[-1], "ms",
        note=f"{STUDENTS} at the same moment; median {1000 * posts[len(posts) // 2]:.0f} ms",
    )  # fmt: skip
    seen = polled["seen"]
    yield Figure(
        part, "sign-in page p99 meanwhile", seen["reads"]["p99"], "ms", most=50,
        note=f"{seen['requests']} requests at {SIGN_IN_RATE}/s; p50 {seen['reads']['p50']} ms",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds from the first confirming POST to the last feedback, and those of each POST."""

    seconds: float
    posts: list[float]


async def _hand_in_and_wait(
    origin: str, folder: Path, users: list[int], assignment_id: int, every: float, *, seed: int
) -> Run:
    students = [Student(_browser(origin, user), user) for user in users]
    try:
        for place, student in enumerate(students):
            await _hand_in(student, assignment_id, essay(seed + place))
        began = time.time()
        await asyncio.gather(*(_confirm(student) for student in students))
        await asyncio.gather(*(_wait(student, every) for student in students))
    finally:
        await asyncio.gather(*(student.client.aclose() for student in students))
    # Exactly when each feedback stood in the database, where polling would round up to its interval.
    finished = _finished(folder, [student.draft_id for student in students])
    return Run(finished - began, [student.post_seconds for student in students])


def _browser(origin: str, user_id: int) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=origin, cookies={"feedforward-session": token_of(user_id)}, timeout=30, trust_env=False,
        headers={"Origin": origin, "Sec-Fetch-Site": "same-origin"},
    )  # fmt: skip


async def _hand_in(student: Student, assignment_id: int, text: str) -> None:
    page = await student.client.get(urls.task(assignment_id))
    assert page.status_code == 200, page.text
    once = re.search(r'name="once"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="once"', page.text)
    assert once, "the task page offers no form to hand in"
    kept = await student.client.post(
        urls.hand_in(assignment_id), data={"once": once[1] or once[2], "text": text}, follow_redirects=False
    )
    assert kept.status_code == 303, kept.text
    student.draft_id = int(kept.headers["location"].split("/")[2])


async def _confirm(student: Student) -> None:
    began = time.perf_counter()
    answer = await student.client.post(
        urls.confirm_draft(student.draft_id), content=b"", headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    student.post_seconds = time.perf_counter() - began
    assert answer.status_code == 303, answer.text
    assert (await student.client.get(answer.headers["location"])).status_code == 200


async def _wait(student: Student, every: float) -> None:
    """Ask for the stages as the page does, until they no longer ask to be asked again."""
    end, version = time.monotonic() + LONGEST_WAIT, ""
    while True:
        stages = await student.client.get(urls.draft_stages(student.draft_id), headers={"If-None-Match": version})
        if stages.status_code == 200 and "hx-get" not in stages.text:
            return
        version = stages.headers.get("etag", version)
        if time.monotonic() > end:
            raise RuntimeError(f"draft {student.draft_id} was not read within {LONGEST_WAIT:.0f} s")
        await asyncio.sleep(every)


def _finished(folder: Path, drafts: list[int]) -> float:
    """When the last of these drafts had its feedback, all of it from the model; seconds since 1970."""
    places = ", ".join("?" for _ in drafts)
    connection = sqlite3.connect(folder / DATABASE)
    count, last = connection.execute(
        "select count(*), max((julianday(created_at) - 2440587.5) * 86400.0) from feedback where "
        f"draft_id in ({places})", drafts,
    ).fetchone()  # fmt: skip
    (readings,) = connection.execute(
        f"select count(*) from readings where status = 'done' and draft_id in ({places})", drafts
    ).fetchone()
    connection.close()
    assert count == len(drafts), f"{len(drafts) - count} drafts have no feedback"
    assert readings == READINGS * len(drafts), (
        f"{READINGS * len(drafts) - readings} readings were not made by the model"
    )
    return float(last)


@contextmanager
def _sign_in_page(port: int) -> Iterator[dict[str, Any]]:
    """A visitor asks for the sign-in page at a steady rate from another process until the block ends."""
    plan: Mapping[str, Any] = {
        "host": HOST, "port": port, "connections": 4, "rate": SIGN_IN_RATE, "seconds": LONGEST_WAIT,
        "reads": [get(urls.sign_in(), port)], "writes": [], "write_every": 0, "until_stopped": True,
    }  # fmt: skip
    client = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.client"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    )
    assert client.stdin is not None
    client.stdin.write(json.dumps(plan).encode())
    client.stdin.close()
    client.stdin = None
    polled: dict[str, Any] = {}
    try:
        yield polled
    finally:
        client.terminate()
        said, _ = client.communicate(timeout=30)
    polled["seen"] = json.loads(said)


def _prepare(folder: Path) -> list[int]:
    """Readers for the two assignments, nothing left half-read by the seeding; the students who will hand in."""
    connection = sqlite3.connect(folder / DATABASE)
    connection.execute("update drafts set status = 'released' where status = 'reading'")
    connection.execute("update readings set status = 'done' where status = 'running'")
    for at_once, assignment_id in ASSIGNMENTS.items():
        connection.execute(
            "update model_settings set reader = ?, runs = ?, max_tokens = 1500 where assignment_id = ?",
            (f"by-{at_once}/slow", READINGS, assignment_id),
        )
    rows = connection.execute(
        "select e.student_id from enrolments e join sessions s on s.user_id = e.student_id where e.course_id = ? "
        "order by e.student_id limit ?", (COURSE, STUDENTS + 6),
    ).fetchall()  # fmt: skip
    connection.commit()
    connection.close()
    return [student for (student,) in rows]
