"""The command line's `rubric` commands: looking at rubric files and turning one form into another."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from feedforward.errors import RuleBroken

if TYPE_CHECKING:
    from feedforward.rubrics.formats.imported import Imported
    from feedforward.rubrics.formats.registry import Reading

commands = typer.Typer(
    no_args_is_help=True,
    help="""Look at rubric files and turn one form into another.

    Example: feedforward rubric check rubric.csv --json
    """,
)


@commands.command("check")
def check(
    files: Annotated[list[Path], typer.Argument(help="Rubric files in any form.")],
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON per file.")] = False,
) -> None:
    """Say what is in rubric files and what keeps them from being used; exit code 2 where one is refused.

    The form is seen from what is in the file: ours (JSON, YAML), Markdown, a table with tabs, Canvas CSV, Moodle
    grading XML, edX XML, .ffrubric. “notes” say what could not be carried or was assumed, “warnings” what has to be
    changed before readers can use the rubric, “errors” why a file was refused.

    Example: feedforward rubric check rubric.csv --json
    """
    any_refused = False
    for file in files:
        found = _checked(file)
        any_refused |= bool(found["errors"])
        if as_json:
            print(json.dumps(found, ensure_ascii=False))
        elif found["errors"]:
            print("\n".join(found["errors"]), file=sys.stderr)
        else:
            print("\n".join(_lines(found)))
    if any_refused:
        raise SystemExit(2)


@commands.command("lint")
def lint_files(
    files: Annotated[list[Path], typer.Argument(help="Rubric files in any form.")],
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON per rubric.")] = False,
) -> None:
    """Say what would make readers of a rubric disagree, without any model; exit code 2 where a file is refused.

    Each finding has its kind, its severity (must, should, consider), the criteria and levels it is about, a reason and
    a mend. None is no promise that a rubric is a good one. The words are looked at in English rubrics only; of others
    weights and levels are.

    Example: feedforward rubric lint rubric.csv --json
    """
    any_refused = False
    for file in files:
        for linted in _linted(file):
            any_refused |= bool(linted["errors"])
            if as_json:
                print(json.dumps(linted, ensure_ascii=False))
            elif linted["errors"]:
                print("\n".join(linted["errors"]), file=sys.stderr)
            else:
                print("\n".join(_finding_lines(linted)))
    if any_refused:
        raise SystemExit(2)


@commands.command("convert")
def convert(
    file: Annotated[Path, typer.Argument(metavar="IN", help="A rubric file in any form.")],
    to: Annotated[
        str, typer.Option(metavar="FORMAT", help="json, yaml, markdown, table, canvas, moodle, ora or ffrubric.")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write, or a folder; standard output otherwise.")
    ] = None,
    which: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="The Nth rubric of a file that holds several.")
    ] = None,
) -> None:
    """Write a rubric in another form; standard error says what could not be carried.

    Example: feedforward rubric convert rubric.csv --to markdown -o rubric.md
    """
    from feedforward.rubrics.formats.registry import FORMATS, file_name_for, format_named, written

    kind = format_named(to)
    reading = _reading(file)
    several = list(enumerate(reading.rubrics, start=1))
    if which is not None:
        several = [pair for pair in several if pair[0] == which]
    if not several:
        raise RuleBroken(f"{file.name} holds {len(reading.rubrics)} rubrics; there is no number {which}.")
    into_folder = out is not None and out.is_dir()
    if len(several) > 1 and not into_folder:
        raise RuleBroken(
            f"{file.name} holds {len(several)} rubrics. Choose one with --which 1 to {len(several)}, or name a folder "
            "with -o."
        )
    for number, imported in several:
        exported = written(imported.rubric, kind, imported.about)
        name = imported.rubric.name
        for note in (*imported.notes, *exported.notes):
            print(f"{name}: {note}" if len(several) > 1 else note, file=sys.stderr)
        if out is None:
            sys.stdout.buffer.write(exported.data)
            sys.stdout.flush()
        elif into_folder:
            start = f"{number:02d}-" if len(several) > 1 else ""
            (out / f"{start}{file_name_for(name, FORMATS[kind].ending)}").write_bytes(exported.data)
        else:
            out.write_bytes(exported.data)


def _reading(file: Path) -> "Reading":
    """What is in the file, read no further than a rubric can reach."""
    # The formats are loaded by the commands that read them: `feedforward serve` starts without.
    from feedforward.rubrics.formats.imported import MOST_BYTES
    from feedforward.rubrics.formats.registry import read_any

    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it cannot be opened"
        raise RuleBroken(f"{file}: {reason[0].lower()}{reason[1:]}.") from None
    return read_any(data, file.name)


def _checked(file: Path) -> dict[str, Any]:
    """What `check --json` prints for a file; of several rubrics the further ones stand under “more”."""
    try:
        reading = _reading(file)
    except RuleBroken as broken:
        return {"file": str(file), "format": None, "name": None, "criteria": [], "notes": [], "warnings": [],
                "errors": [broken.message]}  # fmt: skip
    first, *others = (_told(each) for each in reading.rubrics)
    more = {"more": others} if others else {}
    return {"file": str(file), "format": str(reading.format), **first, "errors": [], **more}


def _linted(file: Path) -> list[dict[str, Any]]:
    """What `lint --json` prints: one object per rubric of the file, or one that says why it was refused."""
    from feedforward.rubrics.linter import lint, reads_as_english

    try:
        rubrics = [each.rubric for each in _reading(file).rubrics]
    except RuleBroken as broken:
        return [{"file": str(file), "name": None, "words_checked": False, "findings": [], "errors": [broken.message]}]
    return [
        {
            "file": str(file), "name": rubric.name, "words_checked": reads_as_english(rubric),
            "findings": [
                {
                    "kind": str(each.kind), "severity": str(each.severity),
                    "criteria": [one.name for one in rubric.criteria if one.key in each.criteria],
                    "levels": list(each.levels), "reason": each.reason, "mend": each.mend,
                    "can_be_mended": each.mended is not None,
                }
                for each in lint(rubric)
            ],
            "errors": [],
        }
        for rubric in rubrics
    ]  # fmt: skip


def _finding_lines(linted: dict[str, Any]) -> list[str]:
    lines = [f"{linted['file']}: {linted['name']}"]
    for each in linted["findings"]:
        lines += [f"  {each['severity'].capitalize()}: {each['reason']}", f"    {each['mend']}"]
    if not linted["findings"]:
        lines.append("  Nothing was found.")
    if not linted["words_checked"]:
        lines.append("  Only weights and levels were checked: the checks of wording know English alone.")
    return lines


def _told(imported: "Imported") -> dict[str, Any]:
    from dataclasses import asdict

    from feedforward.rubrics.files import rubric_to_data
    from feedforward.rubrics.rules import problems_of

    assignment = {"assignment": asdict(imported.about)} if imported.about else {}
    return {
        **rubric_to_data(imported.rubric), **assignment, "notes": list(imported.notes),
        "warnings": list(problems_of(imported.rubric)),
    }  # fmt: skip


def _lines(found: dict[str, Any]) -> list[str]:
    lines = [f"{found['file']}: {found['format']}"]
    for each in (found, *found.get("more", ())):
        lines.append(f"  {each['name']}: {len(each['criteria'])} criteria")
        lines += [f"    {one['name']} (weight {one['weight']:g}): {_levels(one['levels'])}" for one in each["criteria"]]
        lines += [f"    Note: {note}" for note in each["notes"]]
        lines += [f"    To change: {problem}" for problem in each["warnings"]]
    return lines


def _levels(levels: list[dict[str, Any]]) -> str:
    return ", ".join(f"{level['label']} ({level['points']:g})" for level in levels) or "no levels"
