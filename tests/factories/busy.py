"""A site with some thousand rows, as the benchmarks seed it, and what the database was asked for a page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.loading import PostgresLoader, SqliteLoader
from benchmarks.seed import Size, seed, token_of
from feedforward.wiring import Wiring
from tests.factories.driver import Asked, asked_of_the_driver
from tests.factories.site import Site, Visitor

SIZE = Size(users=400, courses=4, drafts=1_500, opened_every=60, sessions=200)
STUDENT = SIZE.first_student
INSTRUCTOR = SIZE.courses_of(STUDENT)[0]
ADMINISTRATOR = SIZE.courses + 1


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
        with asked_of_the_driver(self.site.wiring.database) as found:
            yield found


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
