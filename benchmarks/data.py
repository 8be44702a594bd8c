"""The seeded data folder: made once per schema and kept under build/, copied for each run so that runs start alike."""

import hashlib
import shutil
import sqlite3
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.loading import SqliteLoader
from benchmarks.seed import FULL, Size, seed
from feedforward.encryption import KeyRing
from feedforward.schema import migrate, migrate_engine, newest_revision
from feedforward.settings import DEMONSTRATION_SECRET
from feedforward.storage.content import LocalContentStore

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "benchmarks"
DATABASE = "feedforward.db"
# Due dates are relative to the day of seeding: an older folder would have nothing left that is due.
FRESH_FOR = timedelta(days=3)


def seeded_folder(size: Size = FULL) -> tuple[Path, float]:
    """The folder, and the seconds it took to seed it (0 where it was there)."""
    target = BUILD / f"data-{_version(size)}"
    stamp = target / "seeded"
    if stamp.exists() and time.time() - stamp.stat().st_mtime < FRESH_FOR.total_seconds():
        return target, 0.0
    for old in BUILD.glob("data-*"):
        shutil.rmtree(old)
    started = time.monotonic()
    target.mkdir(parents=True)
    _migrate(target)
    store = LocalContentStore(target, KeyRing(DEMONSTRATION_SECRET))
    seed(SqliteLoader(str(target / DATABASE), datetime.now(UTC)), store, size)
    stamp.touch()
    return target, time.monotonic() - started


def run_folder(seeded: Path, name: str) -> Path:
    """A copy to run on, with every session fresh."""
    target = BUILD / f"run-{name}"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(seeded, target)
    connection = sqlite3.connect(target / DATABASE)
    now = datetime.now(UTC)
    connection.execute(
        "update sessions set seen_at = ?, expires_at = ?", tuple(
            each.strftime("%Y-%m-%d %H:%M:%S.%f") for each in (now, now + timedelta(hours=20))
        ),
    )  # fmt: skip
    connection.commit()
    connection.close()
    return target


def empty_folder(name: str) -> Path:
    """A migrated data folder without a row."""
    target = BUILD / f"run-{name}"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    _migrate(target)
    return target


def _migrate(folder: Path) -> None:
    from feedforward.database import Database

    address = f"sqlite:///{folder / DATABASE}"
    database = Database(address)
    migrate(database)
    database.close()
    migrate_engine(address)


def _version(size: Size) -> str:
    """Changes with the schema, the seeding code and the size."""
    code = b"".join((Path(__file__).parent / name).read_bytes() for name in ("seed.py", "seed_feedback.py", "texts.py"))
    return hashlib.sha256(code + f"{newest_revision()} {size}".encode()).hexdigest()[:12]
