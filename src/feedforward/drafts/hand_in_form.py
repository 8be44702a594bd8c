"""The form that takes a file or a pasted text, on the assignment's page and where a preview is replaced."""

from collections.abc import Mapping
from dataclasses import dataclass

from feedforward.assignments.rules import Task
from feedforward.drafts.rules import endings, files_in_words
from feedforward.submission_types.registry import submission_type
from feedforward.ui.elements import Child
from feedforward.ui.fields import file_field, text_area
from feedforward.ui.forms import form, hidden_field


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form starts with: the `once` token of this sending, the text typed so far and what is wrong with it."""

    once: str
    text: str
    errors: Mapping[str, str]


def hand_in_form(
    *, action: str, task: Task, student_id: int, typed: Typed, submit: str, most_megabytes: float
) -> Child:
    """File or text. What is typed is kept in this browser until it was sent."""
    kind = submission_type(task.kind)
    fields = (
        hidden_field(name="once", value=typed.once),
        file_field(
            name="file",
            label="Your code as a file" if kind.is_code else "Your draft as a file",
            accept=",".join(f".{each}" for each in endings(task)),
            required=False,
            hint=f"{files_in_words(task)}, up to {most_megabytes:g} MB.",
            error=typed.errors.get("file"),
        ),
        text_area(
            name="text",
            label="Or paste or write your code here" if kind.is_code else "Or paste or write your text here",
            value=typed.text,
            required=False,
            rows=12,
            autosave=f"{student_id}.{task.assignment_id}",
            count_words=not kind.is_code,
            words_wanted=words_wanted(task) or None,
            reading=not kind.is_code,
            code=kind.is_code,
            error=typed.errors.get("text"),
        ),
    )
    return form(action=action, fields=fields, submit=submit, errors=typed.errors, files=True)


def words_wanted(task: Task) -> str:
    """“600 to 900”, “at least 600”, “at most 900”; "" where nothing is asked for."""
    if task.word_min is not None and task.word_max is not None:
        return f"{task.word_min} to {task.word_max}"
    if task.word_min is not None:
        return f"at least {task.word_min}"
    return f"at most {task.word_max}" if task.word_max is not None else ""
