"""The built-in reader, calibrated, on 475 real essays: no release may fall below these figures."""

import json
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from feedforward.cli import main

ESSAYS = Path(__file__).parents[2] / "shared" / "evaluation" / "essays.csv"
CRITERIA = ("Cohesion", "Syntax", "Vocabulary", "Phraseology", "Grammar", "Conventions")


@pytest.mark.slow
@pytest.mark.skipif(not ESSAYS.exists(), reason="the evaluation essays lie outside the repository and are not here")
def test_calibrated_agreement_with_people_stays_above_its_floors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    columns = ",".join(f"criteria.{name}" for name in CRITERIA)
    for how, floor in ((("--calibrate", "50", "--draws", "10"), 0.58), (("--folds", "5"), 0.64)):
        arguments = ["evaluate", str(ESSAYS), "--text", "text", "--scores", columns, "--cache", str(tmp_path), "--json"]
        monkeypatch.setattr(sys, "argv", ["feedforward", *arguments, *how])
        with suppress(SystemExit):
            main()
        figures = json.loads(capsys.readouterr().out)
        assert figures["texts"] == 475
        assert figures["mean_qwk"] >= floor, figures
        assert all(each["covered"] > 0.85 for each in figures["criteria"]), figures
