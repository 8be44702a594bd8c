"""The task sheet: what readers are given of it, and attaching, replacing and removing it."""

from collections.abc import Mapping

from feedforward import urls
from feedforward.assignments.rules import Task
from feedforward.assignments.sheet_intake import ENDINGS, READ_BY_READERS, SheetText
from feedforward.ui.buttons import ButtonKind, button_form, button_row, link_button
from feedforward.ui.elements import Child, P
from feedforward.ui.fields import file_field
from feedforward.ui.forms import form
from feedforward.ui.layout import letter, page_head, section, stack
from feedforward.ui.navigation import Link, link
from feedforward.ui.notices import Notice, NoticeKind, notice

MEGABYTE = 1024 * 1024


def sheet_body(
    *, task: Task, sheet: SheetText | None, size: int, words: int, most_megabytes: float, errors: Mapping[str, str]
) -> Child:
    """`size` in bytes and `words` are the attached sheet's; `most_megabytes` is the largest file taken."""
    accept = ",".join(f".{each}" for each in ENDINGS)
    return (
        page_head(
            title="Task sheet",
            lead="A file that tells the task. Students can download it, and readers are given its text as part of the "
            "task, besides the instructions.",
        ),
        _standing(task, sheet, size, words) if sheet else None,
        section(
            title="Put another in its place" if sheet else "Attach a file",
            body=form(
                action=urls.task_sheet(task.assignment_id), submit="Attach it", errors=errors, files=True,
                more=link(Link("Back to the assignment", urls.assignment(task.assignment_id))),
                fields=file_field(
                    name="file", label="Task sheet", accept=accept, error=errors.get("file"),
                    hint=f"{', '.join(each.upper() for each in ENDINGS[:-1])} or TXT, up to {most_megabytes:g} MB. "
                    "Drafts that were read already keep the task they were read with.",
                ),
            ),
        ),
        section(title="What readers are given", lead=_share(sheet), body=letter(sheet.text[:READ_BY_READERS]))
        if sheet else None,
    )  # fmt: skip


def _standing(task: Task, sheet: SheetText, size: int, words: int) -> Child:
    return section(
        title="Attached",
        body=stack(
            P(f"{sheet.file_name or 'A file'}, {size_in_words(size)}, {words:,} words."),
            *(notice(Notice(each, NoticeKind.PERSON)) for each in sheet.warnings),
            button_row(
                link_button(
                    "Download it", href=urls.task_sheet_file(task.assignment_id), kind=ButtonKind.QUIET, download=True
                ),
                button_form(
                    action=urls.remove_task_sheet(task.assignment_id), label="Remove it", kind=ButtonKind.DANGER
                ),
            ),
        ),
    )


def _share(sheet: SheetText) -> str:
    if len(sheet.text) <= READ_BY_READERS:
        return "All of it, as below. Look whether tables and headings came through."
    return (
        f"The sheet is long: readers are given its first {READ_BY_READERS:,} of {len(sheet.text):,} characters, as "
        "below. Students download all of it."
    )


def size_in_words(size: int) -> str:
    """`340 kB`, `2.4 MB`."""
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{max(1, round(size / 1024))} kB"
