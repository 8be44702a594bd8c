"""`feedforward demo`: the demonstration is loaded by a process of its own, and then served by this one."""

import os
import subprocess
import sys
from pathlib import Path

from feedforward.demonstration.course import ADMIN, INSTRUCTOR, PASSWORD, STUDENT
from feedforward.settings import read_settings
from feedforward.supervisor import serve

DATA_FOLDER = "build/demonstration"


def demonstrate(*, serve_pages: bool) -> None:
    """Load what is missing, and serve the pages on this machine only.

    Loading imports much that serving does not need: in a process of its own it costs the pages no memory.
    """
    keep_to_this_machine()
    if not serve_pages:
        from feedforward.demonstration.run import load_demonstration

        return load_demonstration()
    settings = read_settings()
    note = settings.data_folder / "demonstration-loaded"
    if not note.exists() or note.read_text() != newest_migration():
        loading = subprocess.run([sys.executable, "-m", "feedforward.cli", "demo", "--no-serve"], check=False)
        if loading.returncode:
            raise SystemExit(loading.returncode)
        note.write_text(newest_migration())
    else:
        print("The demonstration course is loaded already; `make reset` starts over.")
    say_where(settings.port)
    serve(settings)
    return None


def newest_migration() -> str:
    """The name of the newest migration's file: what the demonstration's database was brought to when it was noted."""
    return max(path.name for path in (Path(__file__).parent.parent / "migrations" / "versions").glob("[0-9]*.py"))


def say_where(port: int) -> None:
    """The address and the sign-ins."""
    print(f"\nFeedForward is at http://127.0.0.1:{port}  (stop it with Ctrl-C)")
    for role, person in (("student", STUDENT), ("instructor", INSTRUCTOR), ("administrator", ADMIN)):
        print(f"  {role:<14} {person.email:<26} password: {PASSWORD}")
    sys.stdout.flush()


def keep_to_this_machine() -> None:
    """Demonstration accounts have a published password: they exist on loopback, in a database of their own.

    They never get into an installation that `.env` in the same folder describes.
    """
    os.environ["FEEDFORWARD_HOST"] = "127.0.0.1"
    os.environ["FEEDFORWARD_PUBLIC_URL"] = ""
    os.environ["FEEDFORWARD_TRUSTED_PROXIES"] = ""
    os.environ["FEEDFORWARD_DATABASE_URL"] = ""
    os.environ.setdefault("FEEDFORWARD_DATA_FOLDER", DATA_FOLDER)
