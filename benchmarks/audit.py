"""A million audit events, made through the sealer: how long `feedforward audit verify` and the log's page take.

python -m benchmarks.audit --events 1000000 [--database postgresql+psycopg://…]
"""

import argparse
import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, insert

from feedforward.audit.origin import present_origin
from feedforward.audit.sealing import MOST_PER_SEAL, seal_events
from feedforward.audit.tables import AuditEvent
from feedforward.audit.verifying import verify
from feedforward.database import Database
from feedforward.schema import migrate
from feedforward.web.came_from import coming_from

ACTIONS = ("session.start", "session.end", "draft.preview", "draft.submit", "feedback.open", "review.save")
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
PEOPLE = 20_000


def fill(database: Database, events: int) -> None:
    """So many events of a year, sealed as the worker would."""
    chance = random.Random(7)
    step = timedelta(days=330) / events
    for start in range(0, events, MOST_PER_SEAL):
        many = min(MOST_PER_SEAL, events - start)
        rows = []
        for number in range(start, start + many):
            address = f"10.{chance.randrange(256)}.{chance.randrange(256)}.{chance.randrange(256)}"
            with coming_from({"client": (address, 1)}):
                came_from, key = present_origin()
            rows.append({
                "at": FIRST + number * step, "actor_id": chance.randrange(1, PEOPLE),
                "action": "break_glass.open" if number % 100_000 == 7 else chance.choice(ACTIONS),
                "subject_kind": "draft", "subject_id": str(chance.randrange(1, 200_000)),
                "detail": {"round": chance.randrange(3)}, "came_from": came_from, "came_from_key": key,
            })  # fmt: skip

        def write(connection: Connection, rows: list[dict[str, object]] = rows, until: int = start + many) -> None:
            connection.execute(insert(AuditEvent), rows)
            seal_events(connection, FIRST + until * step)

        database.write_now(write)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--database", default="")
    parser.add_argument("--folder", default="", help="keep the file here; a folder that goes otherwise")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(asked.folder or scratch) / "feedforward.db"
        database = Database(asked.database or f"sqlite:///{file}")
        migrate(database)
        started = time.perf_counter()
        fill(database, asked.events)
        filled = time.perf_counter()
        found = database.read_now(verify)
        verified = time.perf_counter()
        print(f"{asked.events:,} events made and sealed in {filled - started:.1f} s")
        print(f"verified in {verified - filled:.1f} s: {found.events:,} events, {found.seals} seals, {found.broken}")
        if file.exists():
            print(f"{file.stat().st_size / 1e6:,.0f} MB")
        database.close()


if __name__ == "__main__":
    main()
