"""What the served demonstration costs at rest: memory of pages and worker together, and time to the first page."""

import subprocess
import sys
import time
from collections.abc import Iterator

import psutil  # type: ignore[import-untyped]

from benchmarks.data import ROOT, empty_folder
from benchmarks.report import Figure
from benchmarks.servers import feedforward, get, load
from feedforward import urls

STARTS = 3
SETTLES = 8.0
MEGABYTE = 1024 * 1024


def measure_footprint() -> Iterator[Figure]:
    """The demonstration is made once; then `feedforward serve` runs on it, with its worker and no model configured."""
    folder = empty_folder("demonstration")
    made = subprocess.run(
        [sys.executable, "-m", "feedforward.cli", "demo", "--no-serve"], cwd=ROOT, capture_output=True, check=False,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "FEEDFORWARD_DATA_FOLDER": str(folder)},
    )  # fmt: skip
    if made.returncode:
        raise RuntimeError(f"the demonstration could not be made: {made.stderr.decode().strip()[-300:]}")
    waits: list[float] = []
    resident: dict[int, float] = {}
    own, names = 0.0, ""
    for _ in range(STARTS):
        began = time.monotonic()
        with feedforward(folder, with_worker=True) as site:
            waits.append(time.monotonic() - began)
            # A first look at pages, and the worker's first round: what is imported late is imported then.
            load({"host": "127.0.0.1", "port": site.port, "connections": 2, "rate": None, "seconds": 1, "reads": [
                get(urls.sign_in(), site.port), get(urls.privacy(), site.port)], "writes": [],
                "write_every": 0})  # fmt: skip
            time.sleep(SETTLES if len(waits) == STARTS else 1)
            family = site.family()
            resident = {each.pid: each.memory_info().rss / MEGABYTE for each in family}
            own = sum(_unshared(each) for each in family) / MEGABYTE
            names = ", ".join(f"{_role(each)} {resident[each.pid]:.0f}" for each in family)
    yield Figure(
        "footprint", "resident memory, pages and worker", sum(resident.values()), "MB", most=250,
        note=f"{names} MB; {own:.0f} MB where pages shared between processes count once",
    )  # fmt: skip
    yield Figure(
        "footprint", "process start to first page", sorted(waits)[STARTS // 2], "s", most=2,
        note=f"median of {', '.join(f'{each:.2f}' for each in waits)} s, the worker starting beside it",
    )  # fmt: skip


def _unshared(process: psutil.Process) -> float:
    pss: float = process.memory_full_info().pss
    return pss


def _role(process: psutil.Process) -> str:
    words = process.cmdline()
    return next((each for each in ("worker", "serve") if each in words), "helper")
