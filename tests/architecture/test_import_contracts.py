"""The picture of the house holds: rooms import only what stands below them, and a violation would be found."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import FEATURES, ROOT, SOURCE


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """The contracts of `folder`'s own .importlinter on the package in `folder`/src, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()",
         "--no-cache", "--no-logo", "--config", str(folder / ".importlinter")],
        cwd=folder / "src", capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_the_import_contracts_hold() -> None:
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-2000:]


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("courses/rules.py", "import feedforward.assignments.rules", "Every room imports only the rooms below it"),
        ("ui/badges.py", "import feedforward.database", "Components know neither requests nor rows"),
        ("home/__init__.py", "import feedforward.app", "Nobody imports the ends of the house"),
        ("facts/prose.py", "import feedforward.web.forms", "Files and facts are pure"),
        ("review/rules.py", "import litellm", "Only the gateways know the model library"),
        ("drafts/rules.py", "import dbos", "Only four files know the durable engine"),
        ("brand_new_room/__init__.py", "", "Every room imports only the rooms below it"),
    ],
)
def test_a_planted_violation_is_found(tmp_path: Path, file: str, line: str, contract: str) -> None:
    shutil.copytree(
        SOURCE, tmp_path / "src" / "feedforward", ignore=shutil.ignore_patterns("__pycache__", "static", "*.part")
    )
    shutil.copyfile(ROOT / ".importlinter", tmp_path / ".importlinter")
    target = tmp_path / "src" / "feedforward" / file
    target.parent.mkdir(exist_ok=True)
    before = target.read_text("utf-8") if target.exists() else '"""A room nobody has given a place."""\n'
    target.write_text(f"{before}\n{line}\n", "utf-8")
    result = lint_imports(tmp_path)
    assert result.returncode != 0
    said = " ".join(result.stdout.split())
    assert contract in said, said[-3000:]
    assert "BROKEN" in said or "brand_new_room" in said, said[-3000:]


def test_the_contracts_name_every_feature_in_the_order_of_the_house() -> None:
    order = (ROOT / ".importlinter").read_text("utf-8").split("layers =")[1].split("[importlinter")[0].split()
    places = [order.index(each) if each in order else order.index(f"({each})") for each in FEATURES]
    assert places == sorted(places, reverse=True), dict(zip(FEATURES, places, strict=True))
