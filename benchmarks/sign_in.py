"""A thousand people who sign in within a minute, with passwords and at an institution, and a page asked meanwhile.

Arrivals are spread at random over the minute, the same way each time; a sign-in's time counts from the moment it was
due. Of a sign-in at an institution the requests to us are counted (the button, the way back with the exchange of the
code, the page after it), not the institution's own page. Client and institution run on the same cores, the institution
in a process of its own; like a browser the client sends a GET once more where its kept connection was closed meanwhile.
"""

import asyncio
import contextlib
import json
import random
import shutil
import ssl
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
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
# Nothing here speaks TLS; making ready for it takes 4 ms per client, of the cores that are measured.
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@dataclass(slots=True)
class Rush:
    """What came of a burst: milliseconds of each sign-in, why some failed, milliseconds of the page meanwhile."""

    times: list[float] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)
    pages: list[float] = field(default_factory=list)
    asked_again: int = 0


class Browser:
    """One person's: cookies and connections of its own."""

    def __init__(self, site: str, rush: Rush) -> None:
        self.site = site
        self._rush = rush
        self._client = httpx.AsyncClient(verify=NO_TLS, timeout=LONGEST, follow_redirects=False)

    async def get(self, address: str) -> httpx.Response:
        """Asked once more where the connection was closed before an answer came, as browsers do with a GET."""
        address = address if address.startswith("http") else f"{self.site}{address}"
        try:
            return await self._client.get(address)
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
            self._rush.asked_again += 1
            return await self._client.get(address)

    async def post(self, address: str, **fields: str) -> httpx.Response:
        headers = {"Origin": self.site} if address.startswith(self.site) else {}
        return await self._client.post(address, data=fields, headers=headers)

    async def close(self) -> None:
        await self._client.aclose()


SignIn = Callable[[Browser, int], Awaitable[float]]


def measure_sign_in(people: int = PEOPLE, seconds: float = SECONDS) -> Iterator[Figure]:
    """p95 of both ways of signing in, and of a page that is asked meanwhile."""
    folder = BUILD / "sign-in"
    shutil.rmtree(folder, ignore_errors=True)
    port = free_port()
    issuer = f"http://{HOST}:{port}"
    command = [sys.executable, "-m", "benchmarks.institution", str(port)]
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
    rush = asyncio.run(_rush(f"http://{HOST}:{server.port}", way, people, seconds))
    cost = 1000 * (server.cpu_seconds() - cpu) / people
    times, pages = sorted(rush.times), sorted(rush.pages)
    yield Figure(
        "sign-in", f"{people} within {seconds:.0f} s, {name}: p95", _at(times, 0.95), "ms", most=MOST_MILLISECONDS,
        note=f"p50 {_at(times, 0.5):.0f} ms, slowest {times[-1]:.0f} ms; {cost:.0f} ms of processor each",
    )  # fmt: skip
    why = "; ".join(f"{count} × {words}" for words, count in rush.failed.most_common())
    yield Figure(
        "sign-in", f"{name}: not signed in", rush.failed.total(), "people", most=0,
        note=why or f"{rush.asked_again} GETs sent again",
    )  # fmt: skip
    yield Figure(
        "sign-in", f"{name}: the privacy page meanwhile, p95", _at(pages, 0.95), "ms", most=MOST_OF_A_PAGE,
        note=f"p50 {_at(pages, 0.5):.0f} ms",
    )  # fmt: skip


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


async def _rush(site: str, way: SignIn, people: int, seconds: float) -> Rush:
    rush, dice = Rush(), random.Random(7)
    began = time.perf_counter()
    tasks = [
        asyncio.create_task(_one(site, way, number, began + dice.random() * seconds, rush)) for number in range(people)
    ]
    watching = asyncio.create_task(_watch(site, rush))
    await asyncio.gather(*tasks)
    watching.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await watching
    return rush


async def _one(site: str, way: SignIn, number: int, due: float, rush: Rush) -> None:
    """A sign-in's time counts from when it was due, less what passed at the institution."""
    await asyncio.sleep(max(0.0, due - time.perf_counter()))
    browser, elsewhere = Browser(site, rush), 0.0
    try:
        elsewhere = await way(browser, number)
    except (httpx.HTTPError, AssertionError) as error:
        rush.failed[f"{type(error).__name__} {error}".strip()] += 1
    finally:
        rush.times.append(1000 * (time.perf_counter() - due - elsewhere))
        await browser.close()


async def _by_password(browser: Browser, number: int) -> float:
    await browser.get(urls.sign_in())
    address = f"{browser.site}{urls.sign_in()}"
    await _arrive(browser, await browser.post(address, email=_email(number), password=PASSWORD, next="/"))
    return 0.0


async def _at_institution(browser: Browser, number: int) -> float:
    answer = await browser.get(urls.sign_on("north"))
    assert answer.status_code == 303, f"{answer.status_code} at the button"
    left = time.perf_counter()
    there = await browser.post(answer.headers["location"], sub=_email(number))
    elsewhere = time.perf_counter() - left
    assert there.status_code == 302, f"{there.status_code} at the institution"
    await _arrive(browser, await browser.get(there.headers["location"]))
    return elsewhere


async def _arrive(browser: Browser, answer: httpx.Response) -> None:
    assert answer.status_code == 303, f"{answer.status_code} on the way back"
    page = await browser.get(answer.headers["location"])
    assert page.status_code == 200, f"{page.status_code} after it"


async def _watch(site: str, rush: Rush) -> None:
    """Ask a page again and again until the others are done."""
    browser = Browser(site, rush)
    try:
        while True:
            asked = time.perf_counter()
            (await browser.get(urls.privacy())).raise_for_status()
            rush.pages.append(1000 * (time.perf_counter() - asked))
            await asyncio.sleep(1 / PROBES_PER_SECOND)
    finally:
        await browser.close()
