"""The command line's `inspect`: what a person should look at in files, and how well that finds what it should."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from feedforward.errors import RuleBroken

commands = typer.Typer()


@commands.command("inspect")
def inspect(
    files: Annotated[list[Path] | None, typer.Argument(help="Files to look at.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON per file.")] = False,
    measure: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Print figures for labelled texts: JSONL, or CSV with a column “text”."),
    ] = None,
) -> None:
    """Show hidden text and instructions to machines in files, with their places; exit code 2 where one is refused.

    With --measure: the share of injections found and of other texts flagged, with 95 % intervals, for texts with a
    “label” (“injection” or anything else).

    Example: feedforward inspect essay.docx --json
    """
    if not files and not measure:
        raise RuleBroken("Name a file to look at. See feedforward inspect --help.")
    for labelled in measure or []:
        _print_figures(labelled, as_json=as_json)
    any_refused = False
    for line, refused in inspect_lines(files or []):
        any_refused |= refused
        if as_json:
            print(json.dumps(line, ensure_ascii=False))
        elif refused:
            print(f"{line['file']}: {line['error']['message']}", file=sys.stderr)
        else:
            print("\n".join(_told(line)))
    if any_refused:
        raise SystemExit(2)


def inspect_lines(paths: list[Path]) -> Iterator[tuple[dict[str, Any], bool]]:
    """Per file, what to print and whether the file was refused.

    `{"file", "flags": [{"kind", "text", "start", "end", "why"}]}`, or for a refused file
    `{"file", "error": {"kind", "message"}}` as `feedforward extract` gives it.
    """
    # Loaded by the command that needs them: `feedforward serve` starts without.
    from feedforward.extraction.command import documents_of
    from feedforward.extraction.refusal import ExtractionRefused
    from feedforward.inspection.inspect import inspect_document

    for path, read in documents_of(paths):
        if isinstance(read, ExtractionRefused):
            yield {"file": str(path), "error": {"kind": read.kind.value, "message": read.message}}, True
        else:
            yield {"file": str(path), "flags": [flag.to_json() for flag in inspect_document(read)]}, False


def _told(line: dict[str, Any]) -> list[str]:
    if not line["flags"]:
        return [f"{line['file']}: nothing found"]
    lines = [f"{line['file']}:"]
    for flag in line["flags"]:
        place = "hidden" if flag["start"] is None else f"{flag['start']}-{flag['end']}"
        lines += [f"  {flag['kind']} ({place}): {' '.join(flag['text'].split())}", f"    {flag['why']}"]
    return lines


def _print_figures(path: Path, *, as_json: bool) -> None:
    from feedforward.inspection.measuring import measured

    figures = measured(path)
    if as_json:
        print(json.dumps({"file": str(path), **figures.to_json()}, ensure_ascii=False))
    else:
        print("\n".join([f"{path}:", *(f"  {line}" for line in figures.lines())]))
