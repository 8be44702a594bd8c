"""Loading the demonstration: a course, and real drafts through the real pipeline with progress on the terminal."""

import asyncio
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from sqlalchemy import Connection, select

from feedforward.accounts.queries import people_by_email
from feedforward.assessment.queries import readings_progress
from feedforward.assignments.queries import task_for_student
from feedforward.demonstration.course import (
    STUDENT,
    WRITERS,
    draft_file,
    is_loaded,
    load_course,
)
from feedforward.drafts.actions import keep_upload, submit_draft
from feedforward.drafts.intake import Refused, keep_content, read_hand_in
from feedforward.drafts.queries import draft_for_work
from feedforward.drafts.rules import MOVING, DraftStatus
from feedforward.drafts.tables import Draft
from feedforward.errors import RuleBroken
from feedforward.feedback.content import opened
from feedforward.feedback.queries import feedback_of_draft
from feedforward.rubrics.queries import rubric_by_id
from feedforward.schema import bring_up_to_date
from feedforward.settings import read_settings
from feedforward.supervisor import SupervisedWorker
from feedforward.web.forms import Upload
from feedforward.wiring import Wiring

LONGEST_WAIT = 120.0
STAGE_WORDS = {
    DraftStatus.SUBMITTED: "received, waiting for a reader",
    DraftStatus.READING: "being read",
    DraftStatus.MERGING: "readings are being merged",
}


def load_demonstration() -> None:
    """Migrate, load what is missing, and show one draft's way to its feedback."""
    settings = read_settings()
    console = Console()
    wiring = Wiring(settings)
    bring_up_to_date(settings, wiring.database)
    if wiring.database.read_now(is_loaded):
        console.print("The demonstration course is loaded already; `make reset` starts over.")
    else:
        worker = SupervisedWorker()
        worker.start()
        try:
            drafts = hand_in_drafts(wiring, console)
            follow(wiring, console, drafts)
            show_feedback(wiring, console, drafts[0])
        finally:
            worker.stop()
    wiring.close()


def hand_in_drafts(wiring: Wiring, console: Console) -> list[int]:
    """The course and one confirmed draft per writer; the drafts' ids."""
    now = wiring.clock.now()
    assignment_id = wiring.database.write_now(load_course, now)
    console.print("A demonstration course is set up: five people, one assignment with its rubric.")
    people = wiring.database.read_now(people_by_email, [each.email for each, _ in WRITERS])
    return [
        hand_in(wiring, people[each.email][0], assignment_id, file_name, draft_file(file_name))
        for each, file_name in WRITERS
    ]


def hand_in(wiring: Wiring, student_id: int, assignment_id: int, file_name: str, data: bytes) -> int:
    """What the upload page does, without the page: the file is read, kept and confirmed."""
    once = secrets.token_hex(16)
    upload = Upload(file_name, data)
    task = wiring.database.read_now(task_for_student, student_id, assignment_id)
    content = asyncio.run(read_hand_in(wiring.settings, task=task, text="", file=upload))
    if isinstance(content, Refused):
        raise RuleBroken(" ".join(content.problems.values()))
    kept = asyncio.run(keep_content(wiring.content, wiring.settings, content=content, file=upload, once=once))

    def confirm(connection: Connection) -> int:
        now = wiring.clock.now()
        draft_id = keep_upload(
            connection, student_id=student_id, assignment_id=assignment_id, upload=kept, replaces=None, now=now
        )
        submit_draft(
            connection, student_id=student_id, draft_id=draft_id, now=now, start_feedback=wiring.start_feedback
        )
        return draft_id

    return wiring.database.write_now(confirm)


def follow(wiring: Wiring, console: Console, drafts: list[int]) -> None:
    """Show the first draft's stages as they happen, until every draft waits for its instructor."""
    with waiting(console) as tell:
        end = time.monotonic() + LONGEST_WAIT
        while True:
            statuses = wiring.database.read_now(statuses_of, drafts)
            if not any(status in MOVING for status in statuses):
                return
            if time.monotonic() > end:
                raise RuleBroken(f"The drafts were not read within {LONGEST_WAIT:.0f} s; see the messages above.")
            done, total = wiring.database.read_now(readings_progress, drafts[0])
            readings = f", {done} of {total} readings" if total else ""
            words = STAGE_WORDS.get(statuses[0], "read; the other drafts are still with their readers")
            tell(f"Draft 1 of {STUDENT.name}: {words}{readings}")
            time.sleep(0.1)


@contextmanager
def waiting(console: Console) -> Iterator[Callable[[str], None]]:
    """A line that says what happens now; yields the function that changes it."""
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=console, transient=True
    ) as progress:
        line = progress.add_task("handing in", total=None)

        def tell(words: str) -> None:
            progress.update(line, description=words)

        yield tell


def statuses_of(connection: Connection, drafts: list[int]) -> list[DraftStatus]:
    """The statuses, in the order of the ids."""
    rows = connection.execute(select(Draft.id, Draft.status).where(Draft.id.in_(drafts)))
    found = {row.id: DraftStatus(row.status) for row in rows}
    return [found[draft_id] for draft_id in drafts]


def show_feedback(wiring: Wiring, console: Console, draft_id: int) -> None:
    """The draft's merged feedback, as it now waits for the instructor."""
    draft = wiring.database.read_now(draft_for_work, draft_id)
    feedback = wiring.database.read_now(feedback_of_draft, draft_id)
    if feedback is None:
        raise RuleBroken("The draft was read, and no feedback was written; see the messages above.")
    rubric = wiring.database.read_now(rubric_by_id, draft.rubric_id)
    words = opened(wiring.content, draft.content_id, feedback)
    console.print(f"\n[bold]Feedback on {STUDENT.name}'s draft[/bold] (built-in reader, no language model)")
    console.print(escape(words.summary))
    for result in feedback.criteria:
        criterion = rubric.criterion(str(result.criterion_id))
        level = "not judged" if result.level is None else criterion.levels[result.level].label
        console.print(f"\n[bold]{escape(criterion.name)}[/bold]: {escape(level)}")
        for comment in (each for each in feedback.comments if each.criterion_id == result.criterion_id):
            said = words.comments[comment.id]
            console.print(f"  • {escape(said.text)}")
            if said.quote:
                console.print(f"    “{escape(said.quote.text)}”", style="dim")
            if said.next_step:
                console.print(f"    → {escape(said.next_step)}")
    console.print("\nIt now waits for the instructor, who reviews it and releases it.")
