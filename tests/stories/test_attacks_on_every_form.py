"""Attacks on every form there is: found by following every link as everybody, and sent as an attacker would send it.

On PostgreSQL, which refuses what SQLite would swallow: a text longer than its column, a NUL, a number too large.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from starlette.routing import compile_path

from feedforward import urls
from feedforward.app import all_entries
from feedforward.database import Base
from feedforward.web.forms import Repeated, Rest, field_types
from feedforward.web.routing import Entry
from tests.factories.driver import asked_of_the_driver
from tests.factories.installation import on_postgresql
from tests.factories.pages import PostedForm
from tests.factories.site import Visitor
from tests.stories.asking import nothing_is_kept
from tests.stories.world import World, open_world

PATTERNS = [(entry, compile_path(entry.path)[0]) for entry in all_entries()]
ACTORS = ("owner", "writer", "admin", "signed out")
FIRST_PAGES = {"signed out": ("/sign-in", "/register", "/forgotten-password"), "owner": ("/", "/review?show=all")}
MOST_PAGES = 70
CANARY = "7777711"
COLUMNS = sorted({column.name for table in Base.metadata.tables.values() for column in table.columns})
# Forms that take a name several times: what was typed before signing in waits in three, topics are ticked in the other.
REPEATING = {"/sign-in", "/sign-in/again", "/sign-in/code", "/assignments/{assignment_id}/signals"}
# Fields that say which step or which version is meant.
KEPT = ("do", "version", "edit", "base", "once")
WRITES = ("INSERT", "UPDATE", "DELETE")
# What looking may write: that somebody was here, and that a file, a prompt or feedback was opened for the first time.
SEEN = re.compile(r"UPDATE sessions SET seen_at|UPDATE feedback SET opened_at|INSERT INTO audit_events")


@dataclass(frozen=True)
class Found:
    """A form on a page, the route it goes to, and whose browser it was found in."""

    actor: str
    entry: Entry
    form: PostedForm

    @property
    def fields(self) -> dict[str, str | list[str]]:
        return {**self.form.fields, **self.form.lists}


@dataclass(frozen=True)
class Answer:
    """A page as it came: its status and headers, and what it wrote to the database."""

    actor: str
    path: str
    status: int
    headers: Mapping[str, str]
    written: tuple[str, ...]


@dataclass
class Crawled:
    world: World
    answers: list[Answer]
    forms: list[Found]


def entry_of(method: str, path: str) -> Entry | None:
    return next((entry for entry, pattern in PATTERNS if entry.method == method and pattern.match(path)), None)


def crawl(world: World, actor: str) -> Iterator[tuple[Answer, list[Found]]]:
    """Every kind of page somebody reaches by links: two of each route."""
    visitor = world.people[actor]
    waiting, seen = list(FIRST_PAGES.get(actor, ("/",))), dict[str, int]()
    done = set[str]()
    while waiting and len(done) < MOST_PAGES:
        path = waiting.pop(0)
        entry = entry_of("GET", path.partition("?")[0])
        key = entry.path if entry is not None else path
        if path in done or seen.get(key, 0) >= 2 or path.startswith("/static"):
            continue
        done.add(path)
        seen[key] = seen.get(key, 0) + 1
        with asked_of_the_driver(world.site.wiring.database) as asked:
            visitor.get(path)
        assert visitor.last is not None
        written = tuple(each.statement for each in asked if each.statement.split(None, 1)[0].upper() in WRITES)
        answer = Answer(actor, path, visitor.status, dict(visitor.last.headers), written)
        forms = []
        if "html" in visitor.last.headers["content-type"]:
            waiting += [html.unescape(link).split("#")[0] for link in re.findall(r'href="(/[^"]*)"', visitor.last.text)]
            for form in visitor.page.forms:
                to = entry_of("POST", form.action.partition("?")[0]) if form.method == "post" else None
                if to is not None:
                    forms.append(Found(actor, to, form))
        yield answer, forms


@pytest.fixture(scope="module")
def crawled(postgres_address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """The world on PostgreSQL, everything its people can look at, and one form of each route. Nothing is kept."""
    folder = tmp_path_factory.mktemp("crawled")
    with on_postgresql(folder, postgres_address, {}) as wiring, open_world(wiring) as world, nothing_is_kept(wiring):
        answers: list[Answer] = []
        forms: dict[str, Found] = {}
        for actor in ACTORS:
            for answer, found in crawl(world, actor):
                answers.append(answer)
                for each in found:
                    if each.form.action != urls.sign_out():
                        # The form with most fields says most.
                        before = forms.get(each.entry.path)
                        if before is None or len(each.fields) > len(before.fields):
                            forms[each.entry.path] = each
        yield Crawled(world, answers, list(forms.values()))


def send(world: World, found: Found, fields: Mapping[str, str | list[str]], query: str = "") -> int:
    """Post the form as its page would; the status. The browser keeps the cookies it had."""
    visitor: Visitor = world.people[found.actor]
    kept = list(visitor.client.cookies.jar)
    visitor.client.follow_redirects = False
    try:
        visitor.post(found.form.action + query, fields)
    finally:
        visitor.client.follow_redirects = True
        visitor.client.cookies.clear()
        for cookie in kept:
            visitor.client.cookies.jar.set_cookie(cookie)
    return visitor.status


def test_most_pages_and_forms_were_found(crawled: Crawled) -> None:
    assert all(answer.status == 200 for answer in crawled.answers), [a for a in crawled.answers if a.status != 200]
    assert len({answer.path for answer in crawled.answers}) >= 60
    posts = {entry.path for entry in all_entries() if entry.method == "POST"}
    assert len(crawled.forms) >= 40, sorted(posts - {found.entry.path for found in crawled.forms})


def test_looking_at_a_page_changes_nothing(crawled: Crawled) -> None:
    changed = {a.path: a.written for a in crawled.answers if any(not SEEN.match(each) for each in a.written)}
    assert changed == {}


def test_no_browser_and_no_proxy_keeps_a_page(crawled: Crawled) -> None:
    for answer in crawled.answers:
        kept = answer.headers.get("cache-control", "")
        # The stages of a draft are asked for again and again: kept by their reader alone, and never used unasked.
        assert kept in ("no-store", "private, no-cache"), (answer.path, kept)
        assert (kept == "private, no-cache") <= answer.path.endswith("/stages")


def test_fields_nobody_offered_and_the_query_change_nothing_whatever_the_form(crawled: Crawled) -> None:
    """Mass assignment and parameter pollution: every column of every table as a field, in the body and in the query."""
    database = crawled.world.site.wiring.database
    for found in crawled.forms:
        own = set(found.fields) | set(field_types(found.entry.form) if found.entry.form is not None else ())
        more = {name: CANARY for name in COLUMNS if name not in own}
        query = "?" + "&".join(f"{name}={CANARY}" for name in [*own, "user_id", "student_id", "role", "status"])
        with asked_of_the_driver(database) as plain:
            status = send(crawled.world, found, found.fields)
        with asked_of_the_driver(database) as attacked:
            assert send(crawled.world, found, {**found.fields, **more}, query) == status, found.form.action
        values = [str(each.values) for each in attacked]
        assert not any(CANARY in each for each in values), (found.form.action, values)
        kinds = [
            [each.statement for each in asked if each.statement.split(None, 1)[0].upper() in WRITES]
            for asked in (plain, attacked)
        ]
        assert kinds[0] == kinds[1], found.form.action


def test_a_field_sent_twice_is_refused_whatever_the_form(crawled: Crawled) -> None:
    tried = 0
    for found in crawled.forms:
        kinds = field_types(found.entry.form) if found.entry.form is not None else {}
        single = [name for name, kind in kinds.items() if kind in (str, bool)]
        if Rest in kinds.values():
            single += [name for name in found.fields if name not in kinds]
        assert Repeated not in kinds.values() or found.entry.path in REPEATING, found.entry.path
        for name in single[:3]:
            tried += 1
            assert send(crawled.world, found, {**found.fields, name: ["1", "2"]}) == 400, (found.form.action, name)
    assert tried > 40


@pytest.mark.parametrize("value", ["x" * 20_000, "9" * 40 + "\x00", "\u202e\ufeff\U0001f4a5-1"])
def test_texts_too_long_numbers_too_large_and_characters_nobody_stores_break_no_form(
    crawled: Crawled, value: str
) -> None:
    for found in crawled.forms:
        fields = {name: value for name in found.fields if name != "do"}
        assert send(crawled.world, found, {**found.fields, **fields}) < 500, found.form.action
        # One at a time too: a form that is refused for its first field says nothing about its last.
        by_one = [name for name in found.fields if name not in KEPT] if value.startswith("9") else []
        for name in by_one[:8]:
            assert send(crawled.world, found, {**found.fields, name: value}) < 500, (found.form.action, name)
