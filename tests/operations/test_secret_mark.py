"""An installation remembers under which secret it was made, without keeping it."""

from pathlib import Path

import pytest

from tests.factories.command_line import Run, assert_refused, run

__all__ = ["run"]

FIRST, OTHER = "Xq3-vR8_tLm2zKw9Yb7NcJ5hPd4GfA6sUe1o", "oU6s-Af4GdPh5JcN7bY9wKz2mLt_8Rv3qX1e"


@pytest.mark.parametrize("command", [("migrate",), ("worker",), ("requeue",), ("serve",)])
def test_another_secret_is_refused_before_anything_is_touched(
    run: Run, command: tuple[str, ...], tmp_path: Path
) -> None:
    assert run("migrate", secret_key=FIRST).returncode == 0
    assert_refused(run(*command, secret_key=OTHER), "FEEDFORWARD_SECRET_KEY")


def test_the_same_secret_may_migrate_again_and_is_nowhere_in_the_database(run: Run, tmp_path: Path) -> None:
    assert run("migrate", secret_key=FIRST).returncode == 0
    assert run("migrate", secret_key=FIRST).returncode == 0
    kept = [each.read_bytes() for each in tmp_path.rglob("*.db*")]
    assert kept
    assert all(FIRST.encode() not in each for each in kept)
