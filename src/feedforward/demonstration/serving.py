"""`feedforward demo`: the demonstration is loaded by a process of its own, and then served by this one."""

import os
import subprocess
import sys

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
    loading = subprocess.run([sys.executable, "-m", "feedforward.cli", "demo", "--no-serve"], check=False)
    if loading.returncode:
        raise SystemExit(loading.returncode)
    serve(read_settings())
    return None


def keep_to_this_machine() -> None:
    """Demonstration accounts have a published password: they exist on loopback, in a database of their own.

    They never get into an installation that `.env` in the same folder describes.
    """
    os.environ["FEEDFORWARD_HOST"] = "127.0.0.1"
    os.environ["FEEDFORWARD_PUBLIC_URL"] = ""
    os.environ["FEEDFORWARD_TRUSTED_PROXIES"] = ""
    os.environ["FEEDFORWARD_DATABASE_URL"] = ""
    os.environ.setdefault("FEEDFORWARD_DATA_FOLDER", DATA_FOLDER)
