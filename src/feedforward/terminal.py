"""What `feedforward feedback` shows on a terminal: progress while readers read, and the feedback."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from feedforward.assessment.assignment_brief import Brief
from feedforward.assignments.rules import MergeMethod
from feedforward.errors import RuleBroken
from feedforward.extraction.document import Document
from feedforward.extraction.extract import extract
from feedforward.extraction.limits import Limits
from feedforward.feedback_of_file import FileFeedback, OneReading, check_readers, feedback_as_json, feedback_of_document
from feedforward.llm.gateways.model_gateway import ModelGateway
from feedforward.llm.providers import Provider
from feedforward.rubrics.files import rubric_from_text
from feedforward.settings import read_settings
from feedforward.wiring import Wiring

KIND_WORDS = {"strength": "Strength", "improvement": "To improve", "general": "Note"}


def print_feedback_of_file(
    file: Path, *, rubric: Path, task: str, readers: Sequence[str], runs: int, method: str, as_json: bool
) -> None:
    """Print the merged feedback for one file; RuleBroken says what to change where something is wrong."""
    if method not in list(MergeMethod):
        raise RuleBroken(f"There is no method “{method}”. Choose one of {', '.join(MergeMethod)}.")
    settings = read_settings()
    providers = Wiring(settings).providers
    chosen = check_readers(readers, providers)
    brief = Brief(
        title=file.stem, instructions=_task_words(task), rubric=rubric_from_text(_text_of(rubric), rubric.name)
    )
    data = _bytes_of(file)
    feedback = asyncio.run(
        _read(data, file.name, brief, chosen, runs, MergeMethod(method), providers, settings.reading_tries)
    )
    if as_json:
        print(json.dumps(feedback_as_json(feedback), ensure_ascii=False))
    else:
        show(Console(), feedback)


async def _read(
    data: bytes,
    name: str,
    brief: Brief,
    readers: Sequence[str],
    runs: int,
    method: MergeMethod,
    providers: Sequence[Provider],
    tries: int,
) -> FileFeedback:
    # Progress goes to standard error, so that standard output is the feedback and nothing else.
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=False,
    ) as progress:
        bar = progress.add_task("reading the file", total=None)
        document: Document = await extract(data, file_name=name, limits=Limits())
        total = sum(1 if reader == "built-in" else runs for reader in readers)
        progress.update(bar, description="reading against the rubric", total=total)

        def tell(reading: OneReading) -> None:
            how = "done" if reading.error is None else f"failed ({reading.error})"
            progress.console.print(f"  {escape(reading.reader)}, run {reading.run}: {how}, {reading.seconds:.1f} s")
            progress.advance(bar)

        gateway = ModelGateway()
        try:
            return await feedback_of_document(
                document,
                brief,
                readers=readers,
                runs=runs,
                method=method,
                providers=providers,
                gateway=gateway,
                tries=tries,
                tell=tell,
            )
        finally:
            await gateway.close()


def show(console: Console, feedback: FileFeedback) -> None:
    """The feedback as a person reads it."""
    document = feedback_as_json(feedback)
    console.print(f"\n[bold]Summary[/bold]\n{escape(document['summary'])}")
    for criterion in document["criteria"]:
        level = criterion["level"] or "not judged"
        console.print(f"\n[bold]{escape(criterion['name'])}[/bold]: {escape(level)}")
        for comment in criterion["comments"]:
            _show_comment(console, comment)
    for comment in document["comments"]:
        _show_comment(console, comment)


def _show_comment(console: Console, comment: dict[str, str | None]) -> None:
    console.print(f"  [italic]{KIND_WORDS[str(comment['kind'])]}[/italic]  {escape(str(comment['text']))}")
    if comment["quote"]:
        console.print(f"    “{escape(comment['quote'])}” ({comment['place']})", style="dim")
    if comment["next_step"]:
        console.print(f"    → {escape(comment['next_step'])}")


def _task_words(task: str) -> str:
    """The words given, or those of the file they name."""
    try:
        if task and len(task) < 4096 and "\n" not in task and Path(task).is_file():
            return _text_of(Path(task))
    except OSError:
        return task
    return task


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RuleBroken(f"{path} cannot be read: {(error.strerror or 'unknown reason').lower()}.") from None


def _text_of(path: Path) -> str:
    try:
        return _bytes_of(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RuleBroken(f"{path} is not a UTF-8 text file.") from None
