"""The command line: serving, working, migrating, and reading files without a server."""

import json
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from typer.exceptions import Abort, TyperException

from feedforward.accounts_commands import commands as accounts_commands
from feedforward.audit_commands import commands as audit_commands
from feedforward.errors import FeedForwardError
from feedforward.inspection.commands import commands as inspection_commands
from feedforward.keys_commands import commands as keys_commands
from feedforward.rubrics.commands import commands as rubric_commands

cli = typer.Typer(
    name="feedforward",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Formative feedback on drafts: read by several readers, released by the instructor.",
)
cli.add_typer(accounts_commands)
cli.add_typer(inspection_commands)
cli.add_typer(rubric_commands, name="rubric")
cli.add_typer(audit_commands, name="audit")
cli.add_typer(keys_commands, name="keys")


def main() -> None:
    """Run a command; what a person can mend is one clear line and exit code 2."""
    from feedforward.web.came_from import COMMAND_LINE, done_by

    try:
        with done_by(COMMAND_LINE):
            code = cli(args=sys.argv[1:] or ["--help"], standalone_mode=False)
    except FeedForwardError as error:
        refuse(error.message)
    except (TyperException, OSError) as error:
        refuse(_in_one_line(error))
    except (Abort, KeyboardInterrupt):
        raise SystemExit(130) from None
    except Exception as error:
        # A database address nobody can use is a setting to mend; SQLAlchemy is imported only by commands that use it.
        if not type(error).__module__.startswith("sqlalchemy"):
            raise
        refuse(
            f"The database could not be used ({type(error).__name__}). Check FEEDFORWARD_DATABASE_URL, or the data "
            "folder and its rights."
        )
    raise SystemExit(code if isinstance(code, int) else 0)


def _in_one_line(error: TyperException | OSError) -> str:
    if isinstance(error, OSError):
        return f"{error.filename or 'A file'}: {(error.strerror or 'it cannot be used').lower()}."
    groups = (cli, accounts_commands, inspection_commands)
    commands = [each for group in groups for each in group.registered_commands]
    known = {"audit", "rubric", *(each.name or getattr(each.callback, "__name__", "") for each in commands)}
    command = f" {sys.argv[1]}" if sys.argv[1] in known else ""
    return f"{' '.join(error.format_message().split()).rstrip('.')}. See feedforward{command} --help."


def refuse(message: str) -> NoReturn:
    """One line on standard error, exit code 2."""
    print(f"feedforward: {message}", file=sys.stderr)
    raise SystemExit(2)


@cli.command()
def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to serve on; the setting FEEDFORWARD_HOST otherwise.")
    ] = None,
    port: Annotated[int | None, typer.Option(help="Port to serve on; the setting FEEDFORWARD_PORT otherwise.")] = None,
    worker: Annotated[bool, typer.Option(help="Run a worker beside the pages.")] = True,
) -> None:
    """Serve the pages and run one worker beside them.

    Example: feedforward serve --port 8080
    """
    import gc
    import os

    # Nothing that is imported goes again, and looking for it takes a tenth of the start; the application turns it on.
    gc.disable()
    # Page processes and the worker read the environment: what was said here must reach them too.
    if host is not None:
        os.environ["FEEDFORWARD_HOST"] = host
    if port is not None:
        os.environ["FEEDFORWARD_PORT"] = str(port)
    from feedforward.schema import require_migrated
    from feedforward.settings import read_settings
    from feedforward.supervisor import serve as serve_pages

    settings = read_settings()
    require_migrated(settings)
    serve_pages(settings, with_worker=worker)


@cli.command()
def worker(
    with_parent: Annotated[bool, typer.Option(hidden=True, help="Stop when standard input ends.")] = False,
) -> None:
    """Run one worker: as many may run as there are worker slots.

    Example: feedforward worker
    """
    from feedforward.schema import require_migrated
    from feedforward.settings import read_settings
    from feedforward.wiring import Wiring
    from feedforward.worker import main as work

    settings = read_settings()
    require_migrated(settings)
    work(Wiring(settings), with_parent=with_parent)


@cli.command()
def migrate() -> None:
    """Bring the database to this version's schema; nothing is ever lost by it.

    Example: feedforward migrate
    """
    from feedforward.schema import bring_up_to_date, newest_revision
    from feedforward.settings import read_settings
    from feedforward.wiring import Wiring

    wiring = Wiring(read_settings())
    bring_up_to_date(wiring.settings, wiring.database)
    wiring.close()
    print(f"The database is at revision {newest_revision()}.")


@cli.command()
def requeue() -> None:
    """Rebuild the engine's work from our own tables: after a restore, a move or an incident, with no worker running.

    Example: feedforward requeue
    """
    from feedforward.schema import require_migrated
    from feedforward.settings import read_settings
    from feedforward.wiring import Wiring
    from feedforward.worker import requeue_everything

    settings = read_settings()
    require_migrated(settings)
    recovered = requeue_everything(Wiring(settings))
    print(
        f"{len(recovered.to_begin)} drafts started again, {recovered.replanned} readings planned again, "
        f"{len(recovered.to_merge)} drafts merged."
    )


@cli.command()
def extract(
    files: Annotated[list[Path], typer.Argument(help="Files to read.")],
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON per file.")] = False,
) -> None:
    """Show the text that readers would see, and what is hidden in a file; exit code 2 where one is refused.

    Example: feedforward extract essay.docx --json
    """
    from feedforward.extraction.command import extract_lines

    any_refused = False
    for line, refused in extract_lines(files):
        any_refused |= refused
        if as_json:
            print(json.dumps(line, ensure_ascii=False))
        elif refused:
            print(f"{line['file']}: {line['error']['message']}", file=sys.stderr)
        else:
            print(line["text"])
    if any_refused:
        raise SystemExit(2)


@cli.command()
def feedback(
    file: Annotated[Path, typer.Argument(help="The draft: DOCX, PDF, TXT, MD …")],
    rubric: Annotated[Path, typer.Option(help="The rubric as JSON or YAML (see docs/guides/rubric-file.md).")],
    task: Annotated[str, typer.Option(help="The task's words, or a file that holds them.")] = "",
    reader: Annotated[list[str] | None, typer.Option(help="built-in or PROVIDER/MODEL; may be repeated.")] = None,
    runs: Annotated[int, typer.Option(min=1, max=10, help="Readings per model.")] = 1,
    method: Annotated[str, typer.Option(help="mean, weighted_mean, median, trimmed_mean or maximum.")] = "mean",
    as_json: Annotated[bool, typer.Option("--json", help="Print the feedback as JSON.")] = False,
) -> None:
    """Read one file against a rubric and print the merged feedback, without a server.

    Example: feedforward feedback essay.docx --rubric rubric.yaml --task "Argue for or against." --reader built-in
    """
    from feedforward.terminal import print_feedback_of_file

    print_feedback_of_file(
        file, rubric=rubric, task=task, readers=reader or ["built-in"], runs=runs, method=method, as_json=as_json
    )


@cli.command()
def evaluate(
    file: Annotated[Path, typer.Argument(metavar="CSV", help="Texts and people's marks, one row each.")],
    text: Annotated[str, typer.Option(metavar="COLUMN", help="The column that holds the texts.")],
    scores: Annotated[list[str], typer.Option(metavar="COLUMNS", help="Marks: COLUMN, COLUMN.KEY or COLUMN.* (JSON).")],
    reader: Annotated[list[str] | None, typer.Option(help="built-in or PROVIDER/MODEL; may be repeated.")] = None,
    rubric: Annotated[Path | None, typer.Option(help="A rubric with a criterion for each column of marks.")] = None,
    task: Annotated[str | None, typer.Option(metavar="COLUMN", help="The column that holds each text's task.")] = None,
    group: Annotated[str | None, typer.Option(metavar="COLUMN", help="Rows alike here are never parted.")] = None,
    calibrate: Annotated[int | None, typer.Option(metavar="N", help="Learn from N texts, try on the rest.")] = None,
    draws: Annotated[int, typer.Option(min=1, max=1000, help="Random choices of N; figures are their mean.")] = 10,
    folds: Annotated[int | None, typer.Option(min=2, max=100, help="Cross-validate on all texts instead.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same figures.")] = 0,
    cache: Annotated[Path | None, typer.Option(help="Folder for finished readings; beside the CSV otherwise.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    chart: Annotated[Path | None, typer.Option(metavar="FILE.svg", help="Also draw the figures.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask about what models cost.")] = False,
) -> None:
    """Compare readers with people's marks: agreement per criterion, as read or calibrated (docs/guides/evaluation.md).

    Example: feedforward evaluate marks.csv --text text --scores Ideas,Grammar --calibrate 50
    """
    from feedforward.evaluation.run import EvaluationOptions, evaluate_file

    evaluate_file(
        EvaluationOptions(
            file=file, text=text, scores=scores, readers=reader or ["built-in"], rubric=rubric, task=task, group=group,
            calibrate=calibrate, draws=draws, folds=folds, seed=seed, cache=cache, as_json=as_json, chart=chart,
            yes=yes,
        )
    )  # fmt: skip


@cli.command()
def demo(
    serve_pages: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the pages afterwards.")] = True,
) -> None:
    """Load the demonstration course, take one draft through the real pipeline, and serve the pages.

    Example: feedforward demo
    """
    from feedforward.demonstration.serving import demonstrate

    demonstrate(serve_pages=serve_pages)


if __name__ == "__main__":
    main()
