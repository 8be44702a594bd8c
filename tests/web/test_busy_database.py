"""A database that is locked, stopped or full: reads go on, writes say so in time and keep what was typed."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text

from feedforward import urls
from feedforward.accounts.tables import Session
from feedforward.clock import SetClock
from feedforward.courses.tables import Course
from feedforward.settings import Settings
from feedforward.web.access import Role
from tests.factories.site import PASSWORD, Site

COURSE = {"code": "ENG 1", "title": "Typed with care", "term": "T", "time_zone": "Europe/Berlin", "description": "a"}


@pytest.fixture
def settings(database_address: str, tmp_path: Path) -> Settings:
    return Settings(
        _env_file=None, data_folder=tmp_path / "data", database_url=database_address, database_wait_seconds=0.4
    )


@contextmanager
def locked(site: Site) -> Iterator[None]:
    """Somebody else holds what a writer needs: the file on SQLite, the tables on PostgreSQL."""
    if site.wiring.database.is_sqlite:
        other = sqlite3.connect(site.wiring.settings.database_address.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")
            other.close()
        return
    engine = create_engine(site.wiring.settings.database_address)
    with engine.connect() as connection:
        connection.execute(text("lock table courses, sessions, failed_sign_ins in exclusive mode"))
        yield
        connection.rollback()
    engine.dispose()


def titles(site: Site) -> list[str]:
    return list(site.wiring.database.read_now(lambda c: c.execute(select(Course.title)).scalars().all()))


def test_a_write_that_cannot_be_made_keeps_what_was_typed_and_can_be_sent_again(site: Site) -> None:
    browser = site.person("Iris Instructor", Role.INSTRUCTOR)
    browser.get(urls.new_course())
    with locked(site):
        started = time.perf_counter()
        browser.submit(urls.new_course(), **COURSE)  # type: ignore[arg-type]
        assert time.perf_counter() - started < 3
        assert browser.status == 503
        assert browser.last is not None
        assert browser.last.headers["retry-after"] == "5"
        assert browser.page.form(urls.new_course()).fields["title"] == COURSE["title"]
        assert "Sign out" in browser.page.text
        browser.get(urls.courses())
        assert browser.status == 200
    browser.post(urls.new_course(), COURSE)
    assert titles(site) == [COURSE["title"]]


def test_marking_a_session_as_seen_never_turns_a_page_into_an_error(site: Site, clock: SetClock) -> None:
    browser = site.person("Iris Instructor", Role.INSTRUCTOR)
    clock.moment += timedelta(minutes=2)
    with locked(site):
        started = time.perf_counter()
        for _ in range(20):
            browser.get(urls.courses())
            assert browser.status == 200
        assert time.perf_counter() - started < 3
    clock.moment += timedelta(minutes=2)
    browser.get(urls.courses())
    time.sleep(0.3)
    seen = site.wiring.database.read_now(lambda c: c.execute(select(Session.seen_at)).scalar_one())
    assert seen == clock.moment


def test_signing_in_while_the_database_is_locked_says_so_and_writes_no_password(site: Site) -> None:
    site.make_person("Ada Student")
    browser = site.visitor()
    with locked(site):
        page = browser.post(urls.sign_in(), {"email": "ada@example.edu", "password": PASSWORD, "next": "/"})
        assert browser.status == 503
        assert PASSWORD not in page.html
        assert "Go back in your browser" in page.text


def test_connections_that_the_server_ended_are_made_again(site: Site) -> None:
    browser = site.person("Iris Instructor", Role.INSTRUCTOR)
    if site.wiring.database.is_sqlite:
        pytest.skip("SQLite has no server that could end a connection")
    engine = create_engine(site.wiring.settings.database_address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(
            text(
                "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() "
                "and datname = current_database()"
            )
        )
    engine.dispose()
    browser.get(urls.courses())
    assert browser.status == 200
    browser.post(urls.new_course(), COURSE)
    assert titles(site) == [COURSE["title"]]


def test_a_server_that_is_gone_is_told_as_busy(site: Site) -> None:
    browser = site.person("Iris Instructor", Role.INSTRUCTOR)
    database = site.wiring.database
    if database.is_sqlite:
        pytest.skip("SQLite has no server that could be gone")
    database.engine.dispose()
    gone = create_engine("postgresql+psycopg://nobody@127.0.0.1:9/none", connect_args={"connect_timeout": 1})
    there, database.engine = database.engine, gone
    try:
        browser.get(urls.courses())
        assert browser.status == 503
        browser.post(urls.new_course(), COURSE)
        assert browser.status == 503
        assert browser.page.form(urls.new_course()).fields["title"] == COURSE["title"]
    finally:
        database.engine = there
    browser.get(urls.courses())
    assert browser.status == 200
