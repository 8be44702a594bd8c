"""The repository as the architecture tests see it: its files, its modules' imports, its documents."""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "feedforward"
FEATURES = (
    "accounts", "courses", "llm", "submission_types", "rubrics", "assignments", "drafts", "feedback", "calibration",
    "assessment", "review", "retention", "insight", "integrations", "operations", "home",
)  # fmt: skip


@dataclass(frozen=True)
class Import:
    """One imported name: `from feedforward.database import Base` is module "feedforward.database", name "Base"."""

    module: str
    name: str
    line: int


@dataclass(frozen=True)
class SourceFile:
    """A Python file of ours."""

    path: Path

    @property
    def where(self) -> str:
        return str(self.path.relative_to(ROOT))

    @property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.path, self.path.stat().st_mtime_ns)

    @property
    def imports(self) -> list[Import]:
        found = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found += [Import(each.name, "", node.lineno) for each in node.names]
            elif isinstance(node, ast.ImportFrom):
                found += [Import(node.module or "", each.name, node.lineno) for each in node.names]
        return found


@lru_cache(maxsize=2000)
def _parsed(path: Path, _changed: int) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def source_files(folder: Path = SOURCE) -> list[SourceFile]:
    """Every Python file below `folder`."""
    return [SourceFile(path) for path in sorted(folder.rglob("*.py"))]


def feature_files(*patterns: str) -> list[SourceFile]:
    """The files of the features whose names fit one of the patterns."""
    return [
        SourceFile(path)
        for feature in FEATURES
        for pattern in patterns
        for path in sorted((SOURCE / feature).rglob(pattern))
    ]


def tracked_files() -> list[Path]:
    """What the repository holds; the test is skipped in a copy without its history."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("only a git checkout says which files are tracked")
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def documents() -> list[Path]:
    """The documents people read: README, CONTRIBUTING, SECURITY and everything in docs."""
    top = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")]
    return top + sorted((ROOT / "docs").rglob("*.md"))


def code_in(document: str) -> Iterator[str]:
    """The lines of code blocks and the inline code of a document."""
    rest = []
    in_block = False
    for line in document.splitlines():
        if line.lstrip().startswith("```"):
            in_block = not in_block
        elif in_block:
            yield line.strip()
        else:
            rest.append(line)
    yield from re.findall(r"`([^`]+)`", " ".join(rest))
