"""The walls around the child process: bubblewrap where it works, resource limits alone where it does not."""

import subprocess
import sys
from enum import StrEnum
from functools import cache
from pathlib import Path
from shutil import which

import feedforward
from feedforward.extraction.child import READY

_PROBE_SECONDS = 10.0
_SYSTEM_FOLDERS = ("/usr", "/lib", "/lib32", "/lib64", "/bin")
_SYSTEM_FILES = ("/etc/ld.so.cache",)


class SandboxKind(StrEnum):
    """What keeps a hostile file in."""

    BUBBLEWRAP = "bwrap"
    LIMITS_ALONE = "limits"


@cache
def sandbox_kind() -> SandboxKind:
    """Which walls this machine offers; tried once per process (about 0.1 s, blocks)."""
    walls = walls_command()
    if not walls:
        return SandboxKind.LIMITS_ALONE
    try:
        probe = subprocess.run(  # noqa: S603
            [*walls, *child_command(), "--probe"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PROBE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return SandboxKind.LIMITS_ALONE
    works = probe.returncode == 0 and probe.stdout == READY
    return SandboxKind.BUBBLEWRAP if works else SandboxKind.LIMITS_ALONE


def child_command() -> tuple[str, ...]:
    """How the child is started: a fresh interpreter that reads neither environment nor user folders."""
    return (sys.executable, "-I", "-B", "-m", "feedforward.extraction.child")


def confined_command() -> tuple[str, ...]:
    """The child's command within the walls that work here (blocks the first time)."""
    if sandbox_kind() is SandboxKind.BUBBLEWRAP:
        return (*walls_command(), *child_command())
    return child_command()


@cache
def walls_command() -> tuple[str, ...]:
    """The bubblewrap call that goes before a command; empty where bubblewrap is not installed.

    No network, no other processes, no environment; of the file system only what Python needs, read only.
    """
    program = which("bwrap")
    if program is None:
        return ()
    binds: list[str] = []
    for folder in (*_SYSTEM_FOLDERS, *_SYSTEM_FILES):
        binds += ["--ro-bind-try", folder, folder]
    for folder in _python_folders():
        binds += ["--ro-bind", folder, folder]
    walls = ("--unshare-all", "--clearenv", "--die-with-parent", "--new-session", "--cap-drop", "ALL")
    return (program, *walls, *binds, "--remount-ro", "/", "--chdir", "/", "--")


def _python_folders() -> list[str]:
    """The folders of the interpreter, its environment and our own source that the system folders do not hold."""
    source = Path(feedforward.__file__).resolve().parent
    wanted = {Path(sys.base_prefix), Path(sys.base_exec_prefix), Path(sys.prefix), source}
    wanted |= {Path(sys.executable).parent, Path(sys.executable).resolve().parent}
    kept: list[Path] = [Path(folder) for folder in _SYSTEM_FOLDERS]
    found: list[str] = []
    for folder in sorted(wanted, key=lambda path: len(path.parts)):
        if folder != Path("/") and not any(folder.is_relative_to(other) for other in kept):
            kept.append(folder)
            found.append(str(folder))
    return found
