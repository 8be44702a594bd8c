"""A site with some thousand rows, as the benchmarks seed it, and what the database was asked for a page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event

from benchmarks.loading import PostgresLoader, SqliteLoader
from benchmarks.seed import Size, seed, token_of
from feedforward.wiring import Wiring
from tests.factories.site import Site, Visitor

SIZE = Size(users=400, courses=4, drafts=1_500, opened_every=60, sessions=200)
STUDENT = SIZE.first_student
INSTRUCTOR = SIZE.courses_of(STUDENT)[0]
ADMINISTRATOR = SIZE.courses + 1


@dataclass(frozen=True, slots=True)
class Asked:
    """One statement as the database got it."""

    statement: str
    values: Any


@dataclass
class BusySite:
    """The site with its rows: ids of STUDENT's released first and `second` draft, and one that waits for INSTRUCTOR."""

    site: Site
    released: int
    second: int
    waiting: int
    task: int
    comment: int

    def visitor(self, user_id: int) -> Visitor:
        """Somebody who is signed in already."""
        visitor = self.site.visitor()
        visitor.client.cookies.set("feedforward-session", token_of(user_id))
        return visitor

    @contextmanager
    def asked(self) -> Iterator[list[Asked]]:
        """Every statement but the ends of transactions, while the block runs."""
        engine, found = self.site.wiring.database.engine, list[Asked]()

        def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
            if statement.split(None, 1)[0].upper() in ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH"):
                # Many rows at once are one statement with a list of values.
                found.append(Asked(statement, values[0] if isinstance(values, list) else values))

        event.listen(engine, "before_cursor_execute", note)
        try:
            yield found
        finally:
            event.remove(engine, "before_cursor_execute", note)


def fill(wiring: Wiring) -> None:
    """Seed the wired, migrated database."""
    now = wiring.clock.now()
    if wiring.database.is_sqlite:
        seed(SqliteLoader(wiring.settings.database_address.removeprefix("sqlite:///"), now), wiring.content, SIZE)
        return
    wiring.database.write_now(lambda connection: seed(PostgresLoader(connection, now), wiring.content, SIZE))


def make_busy(site: Site) -> BusySite:
    """Seed the site and find what the pages are asked for."""
    fill(site.wiring)
    with site.wiring.database.engine.connect() as connection:

        def one(statement: str) -> int:
            found: int = connection.exec_driver_sql(statement).scalar_one()
            return found

        mine = f"from drafts where student_id = {STUDENT} and content is not null"
        released = one(f"select min(id) {mine} and status = 'released' and number = 1")
        return BusySite(
            site,
            released=released,
            second=one(f"select min(id) {mine} and status = 'released' and number = 2"),
            waiting=one(
                "select min(d.id) from drafts d join assignments a on a.id = d.assignment_id "
                f"where a.course_id = {INSTRUCTOR} and d.status = 'awaiting_review'"
            ),
            task=one(f"select assignment_id from drafts where id = {released}"),
            comment=one(f"select min(id) from comments where feedback_id = {released}"),
        )
