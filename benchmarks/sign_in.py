"""A thousand people who sign in within a minute, with passwords and at an institution, and a page asked meanwhile.

Arrivals are spread at random over the minute, the same way each time; a sign-in's time counts from the moment it was
due. Of a sign-in at an institution the requests to us are counted (the button, the way back with the exchange of the
code, the page after it), not the institution's own page. Client and institution run on the same cores.
"""

import asyncio
import contextlib
import json
import random
import shutil
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import httpx
from sqlalchemy import Connection

from benchmarks.data import BUILD
from benchmarks.report import Figure
from benchmarks.servers import HOST, Server, feedforward, free_port, running
from feedforward import urls
from feedforward.accounts.actions import create_account
from feedforward.accounts.passwords import hash_password
from feedforward.accounts.sso_actions import link_identity
from feedforward.schema import migrate, migrate_engine
from feedforward.settings import read_settings
from feedforward.web.access import Role
from feedforward.wiring import Wiring

PEOPLE, SECONDS = 1000, 60.0
MOST_MILLISECONDS, MOST_OF_A_PAGE = 2000.0, 300.0
PASSWORD = "a quiet desk by the window"
PROBES_PER_SECOND = 10
LONGEST = 60.0

SignIn = Callable[[httpx.AsyncClient, str, int], Awaitable[float]]


def measure_sign_in(people: int = PEOPLE, seconds: float = SECONDS) -> Iterator[Figure]:
    """p95 of both ways of signing in, and of a page that is asked meanwhile."""
    folder = BUILD / "sign-in"
    shutil.rmtree(folder, ignore_errors=True)
    port = free_port()
    issuer = f"http://{HOST}:{port}"
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    entry = {"issuer": issuer, "client_id": "benchmark", "client_secret": "benchmark", "label": "North University"}
    with running(command, port, "/jwks"):
        _seed(folder, issuer, people)
        with feedforward(folder, workers=2, sign_on=json.dumps({"north": entry})) as server:
            for name, way in (("passwords", _by_password), ("at an institution", _at_institution)):
                yield from _measured(server, name, way, people, seconds)


def _seed(folder: Path, issuer: str, people: int) -> None:
    wiring = Wiring(read_settings(data_folder=folder))
    folder.mkdir(parents=True)
    migrate(wiring.database)
    migrate_engine(wiring.settings.database_address)
    hashed, now = hash_password(PASSWORD), wiring.clock.now()

    def write(connection: Connection) -> None:
        for number in range(people):
            user_id = create_account(
                connection, email=_email(number), name=f"Person {number}", role=Role.STUDENT, password_hash=hashed,
                now=now,
            )  # fmt: skip
            link_identity(connection, user_id=user_id, issuer=issuer, subject=_email(number), now=now, tell=False)

    with contextlib.closing(wiring):
        wiring.database.write_now(write)


def _email(number: int) -> str:
    return f"person{number}@example.edu"


def _measured(server: Server, name: str, way: SignIn, people: int, seconds: float) -> Iterator[Figure]:
    cpu = server.cpu_seconds()
    times, failed, pages = asyncio.run(_rush(f"http://{HOST}:{server.port}", way, people, seconds))
    cost = 1000 * (server.cpu_seconds() - cpu) / people
    yield Figure(
        "sign-in", f"{people} within {seconds:.0f} s, {name}: p95", _at(times, 0.95), "ms", most=MOST_MILLISECONDS,
        note=f"p50 {_at(times, 0.5):.0f} ms, slowest {times[-1]:.0f} ms; {cost:.0f} ms of processor each",
    )  # fmt: skip
    yield Figure("sign-in", f"{name}: not signed in", failed, "people", most=0)
    yield Figure(
        "sign-in", f"{name}: the privacy page meanwhile, p95", _at(pages, 0.95), "ms", most=MOST_OF_A_PAGE,
        note=f"p50 {_at(pages, 0.5):.0f} ms",
    )  # fmt: skip


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


async def _rush(site: str, way: SignIn, people: int, seconds: float) -> tuple[list[float], int, list[float]]:
    """Milliseconds of each sign-in in order, how many failed, and milliseconds of the page asked meanwhile."""
    dice = random.Random(7)
    began = time.perf_counter()
    tasks = [asyncio.create_task(_one(site, way, number, began + dice.random() * seconds)) for number in range(people)]
    watching = asyncio.create_task(_watch(site))
    outcomes = await asyncio.gather(*tasks)
    watching.cancel()
    pages = await watching
    return sorted(abs(each) for each in outcomes), sum(each < 0 for each in outcomes), sorted(pages)


async def _one(site: str, way: SignIn, number: int, due: float) -> float:
    """Milliseconds from when it was due, less what passed at the institution; negative where nobody was signed in."""
    await asyncio.sleep(max(0.0, due - time.perf_counter()))
    async with httpx.AsyncClient(verify=False, timeout=LONGEST, follow_redirects=False) as browser:  # noqa: S501
        try:
            elsewhere = await way(browser, site, number)
        except (httpx.HTTPError, AssertionError):
            return -1000 * (time.perf_counter() - due)
    return 1000 * (time.perf_counter() - due - elsewhere)


async def _by_password(browser: httpx.AsyncClient, site: str, number: int) -> float:
    await browser.get(f"{site}{urls.sign_in()}")
    answer = await browser.post(
        f"{site}{urls.sign_in()}", data={"email": _email(number), "password": PASSWORD, "next": "/"},
        headers={"Origin": site},
    )  # fmt: skip
    await _arrive(browser, site, answer)
    return 0.0


async def _at_institution(browser: httpx.AsyncClient, site: str, number: int) -> float:
    answer = await browser.get(f"{site}{urls.sign_on('north')}")
    left = time.perf_counter()
    there = await browser.post(answer.headers["location"], data={"sub": _email(number)})
    elsewhere = time.perf_counter() - left
    await _arrive(browser, site, await browser.get(there.headers["location"]))
    return elsewhere


async def _arrive(browser: httpx.AsyncClient, site: str, answer: httpx.Response) -> None:
    assert answer.status_code == 303, answer.status_code
    page = await browser.get(f"{site}{answer.headers['location']}")
    assert page.status_code == 200, page.status_code


async def _watch(site: str) -> list[float]:
    """Ask a page again and again until the others are done."""
    times: list[float] = []
    async with httpx.AsyncClient(verify=False, timeout=LONGEST) as browser:  # noqa: S501
        with contextlib.suppress(asyncio.CancelledError):
            while True:
                asked = time.perf_counter()
                (await browser.get(f"{site}{urls.privacy()}")).raise_for_status()
                times.append(1000 * (time.perf_counter() - asked))
                await asyncio.sleep(1 / PROBES_PER_SECOND)
    return times
