"""`python -m benchmarks`: measures the parts asked for and prints a table, or JSON with --json."""

import json
import os
import platform
import sys
from collections.abc import Callable, Iterator
from typing import Annotated

import typer

from benchmarks.report import Figure, print_table

PARTS = ("files", "pages", "reads", "sign-in", "pipeline", "footprint")


def main(
    only: Annotated[
        list[str] | None, typer.Option(help=f"Measure this part alone: {', '.join(PARTS)}. May be repeated.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Measure FeedForward on this machine: about ten minutes for everything, over loopback only.

    Example: python -m benchmarks --only pages --json
    """
    chosen = only or list(PARTS)
    for name in chosen:
        if name not in PARTS:
            print(f"There is no part “{name}”; the parts are {', '.join(PARTS)}.", file=sys.stderr)
            raise SystemExit(2)
    figures: list[Figure] = []
    for name in PARTS:
        if name in chosen:
            for figure in measurement(name)():
                figures.append(figure)
                print(f"{figure.part}: {figure.name}: {figure.value:.4g} {figure.unit} {figure.note}", file=sys.stderr)
    if as_json:
        machine = {"cores": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()}
        print(
            json.dumps(
                {"machine": machine, "figures": [each.to_json() for each in figures]}, ensure_ascii=False, indent=2
            )
        )
    else:
        print_table(figures)
    # A missed target is printed as missed; the exit code is for whoever wants to act on it.
    raise SystemExit(1 if any(each.met is False for each in figures) else 0)


def measurement(name: str) -> Callable[[], Iterator[Figure]]:
    """The part's function; imported only when it is measured."""
    if name == "files":
        from benchmarks.files import measure_files

        return measure_files
    if name == "pages":
        from benchmarks.pages import measure_pages

        return measure_pages
    if name == "reads":
        from benchmarks.reads import measure_reads

        return measure_reads
    if name == "sign-in":
        from benchmarks.sign_in import measure_sign_in

        return measure_sign_in
    if name == "pipeline":
        from benchmarks.pipeline import measure_pipeline

        return measure_pipeline
    from benchmarks.footprint import measure_footprint

    return measure_footprint


if __name__ == "__main__":
    typer.run(main)
