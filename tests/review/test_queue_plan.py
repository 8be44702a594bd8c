"""The queue's statements go by index, whatever the size of the installation."""

from feedforward.review.queue_queries import review_queue
from feedforward.review.releasing import saved_drafts
from tests.factories.driver import asked_of_the_driver
from tests.factories.site import Site
from tests.review.shelf import make_shelf


def test_no_statement_of_the_queue_scans_the_drafts_or_the_feedback(site: Site) -> None:
    """Asked of SQLite, whose planner has no statistics here: the worst it can do."""
    database = site.wiring.database
    if not database.is_sqlite:
        return
    shelf = make_shelf(site)
    with asked_of_the_driver(database) as asked:
        for assignment_id in (None, shelf.assignment_id):
            for shown in ("waiting", "released", "withheld"):
                database.read_now(review_queue, shelf.instructor_id, shown=shown, assignment_id=assignment_id, page=1)
        database.read_now(saved_drafts, shelf.instructor_id, shelf.assignment_id)
    assert len(asked) == 6 * 3 + 1
    with database.engine.connect() as connection:
        for statement, values in ((each.statement, each.values) for each in asked):
            plan = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple(values))]
            # "chosen" is the one page of ids that was found by index.
            scans = [
                step for step in plan if step.startswith("SCAN") and step not in ("SCAN CONSTANT ROW", "SCAN chosen")
            ]
            assert not scans, (statement, plan)
