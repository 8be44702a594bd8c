"""The queue's statements go by index, whatever the size of the installation."""

from sqlalchemy import event

from feedforward.review.queue_queries import queue_counts, queue_page
from feedforward.review.releasing import saved_drafts
from tests.factories.site import Site
from tests.review.shelf import make_shelf


def test_no_statement_of_the_queue_scans_the_drafts_or_the_feedback(site: Site) -> None:
    """Asked of SQLite, whose planner has no statistics here: the worst it can do."""
    database = site.wiring.database
    if not database.is_sqlite:
        return
    shelf = make_shelf(site)
    asked: list[tuple[str, tuple[object, ...]]] = []

    def note(_connection: object, _cursor: object, statement: str, values: tuple[object, ...], *_rest: object) -> None:
        asked.append((statement, values))

    event.listen(database.engine, "before_cursor_execute", note)
    for assignment_id in (None, shelf.assignment_id):
        for shown in ("waiting", "released", "withheld"):
            database.read_now(queue_page, shelf.instructor_id, shown=shown, assignment_id=assignment_id, page=1)
    database.read_now(queue_counts, shelf.instructor_id)
    database.read_now(saved_drafts, shelf.instructor_id, shelf.assignment_id)
    event.remove(database.engine, "before_cursor_execute", note)
    with database.engine.connect() as connection:
        for statement, values in [each for each in asked if each[0].lstrip().upper().startswith("SELECT")]:
            plan = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple(values))]
            # "chosen" is the one page of ids that was found by index.
            scans = [
                step for step in plan if step.startswith("SCAN") and step not in ("SCAN CONSTANT ROW", "SCAN chosen")
            ]
            assert not scans, (statement, plan)
