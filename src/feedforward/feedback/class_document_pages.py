"""One feedback as a file that is read without the system: its styles inside, nothing loaded, print-ready."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from feedforward.drafts.rules import DraftContent
from feedforward.extraction.code_lines import with_numbers
from feedforward.extraction.places import place_of
from feedforward.feedback.class_document_queries import DocumentRows
from feedforward.feedback.content import OpenedFeedback
from feedforward.feedback.queries import CommentView, CriterionView
from feedforward.feedback.rules import Quote
from feedforward.ui.badges import support_text
from feedforward.ui.dates import moment_text
from feedforward.ui.elements import (
    H1,
    H2,
    A,
    Blockquote,
    Child,
    Div,
    Element,
    Li,
    P,
    Pre,
    Section,
    Span,
    Ul,
    html_of_any_page,
)
from feedforward.ui.tables import Column, data_table, definition_list

KINDS = {"strength": "Strength", "improvement": "To improve", "general": "Note"}
ERASED = "The text of this draft was erased at its time, and with it the passages quoted from it."
_STYLE = """
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere }
h1 { font-size: 1.5rem; line-height: 1.25 } h2 { font-size: 1.15rem; margin-top: 2rem }
dl div { display: flex; flex-wrap: wrap; gap: 0 1rem; border-bottom: 1px solid #8884; padding: .2rem 0 }
dt { min-width: 12rem; opacity: .75 } dd { margin: 0 }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .3rem .5rem; border-bottom: 1px solid #8884 }
caption { position: absolute; clip-path: inset(50%) } .number { text-align: right }
.comment { border-left: 3px solid #1f7a72; padding-left: 1rem; margin: 1.25rem 0; break-inside: avoid }
.kind { font-weight: 600 } .quiet { opacity: .75 } .state { border: 1px solid; padding: .5rem .75rem }
blockquote, .draft { font-family: Charter, Georgia, serif; line-height: 1.7 }
blockquote { margin: .5rem 0; padding-left: .75rem; border-left: 1px solid #8888 } .draft p { white-space: pre-wrap }
pre, blockquote.code { font: .8125rem/1.6 ui-monospace, monospace; white-space: pre-wrap; tab-size: 4 }
"""  # noqa: E501


@dataclass(frozen=True, slots=True)
class DocumentTexts:
    """What was sealed, opened; `content` None: erased."""

    feedback: OpenedFeedback
    content: DraftContent | None


@dataclass(frozen=True, slots=True)
class IndexLine:
    """One file of the archive, for its list."""

    path: str
    student: str
    assignment: str
    number: int
    state: str


def feedback_document(*, rows: DocumentRows, texts: DocumentTexts) -> str:
    """The whole file. Comments are those its student sees, or would see if it were released as it stands."""
    task, draft, feedback = rows.task, rows.draft, rows.feedback
    title = f"{rows.student}, draft {draft.number}: {task.title}"
    shown = [each for each in feedback.comments if each.for_student]
    body: Child = (
        H1(title),
        P(state_in_words(rows=rows), cls="state"),
        definition_list(items=_facts(rows)),
        _part("In short", texts.feedback.summary),
        _part("From the instructor", texts.feedback.note),
        Section(H2("Criteria"), _criteria(rows)),
        Section(H2("Comments"), *(_comment(rows, texts, each) for each in shown)) if shown else None,
        Section(H2("The draft"), *_draft(texts.content)),
    )
    return _page(title, body)


def index_document(*, course: str, lines: Sequence[IndexLine]) -> str:
    """The list of all files of an archive."""
    items = [_linked(each) for each in lines]
    count = "1 feedback" if len(lines) == 1 else f"{len(lines)} feedbacks"
    return _page(course, (H1(course), P(f"{count}."), Ul(*items)))


def state_in_words(*, rows: DocumentRows) -> str:
    """Whether its student has it, since when and from whom."""
    feedback = rows.feedback
    if feedback.status == "released" and feedback.released_at is not None:
        by = f" by {rows.releaser}" if rows.releaser else ""
        return f"Version {feedback.version}, released{by} on {moment_text(feedback.released_at, rows.task.time_zone)}."
    words = {
        "withheld": "Withheld from the student.", "recalled": "Recalled: the student cannot see it at the moment.",
        "scheduled": "Reviewed, and set to be released by itself.", "saved": "Saved in review, not released.",
    }  # fmt: skip
    return words.get(feedback.status, "Not reviewed and not released: this is what the readers said.")


def _facts(rows: DocumentRows) -> list[tuple[str, Child]]:
    task, draft, zone = rows.task, rows.draft, rows.task.time_zone
    facts: list[tuple[str, Child]] = [("Course", f"{task.course_code} {task.course_title}"), ("Student", rows.student)]
    facts += [("Student number", rows.student_number)] if rows.student_number else []
    facts += [("Section", rows.section)] if rows.section else []
    return [
        *facts,
        ("Handed in", moment_text(rows.submitted_at, zone)),
        ("Due", moment_text(task.due_at, zone)),
        ("Words", f"{draft.word_count:,}"),
        ("Receipt", draft.fingerprint),
    ]


def _part(title: str, text: str) -> Child:
    if not text.strip():
        return None
    return Section(H2(title), *(P(each) for each in text.split("\n\n") if each.strip()))


def _criteria(rows: DocumentRows) -> Element:
    results: dict[str, CriterionView] = {str(each.criterion_id): each for each in rows.feedback.criteria}
    lines: list[list[Child]] = []
    for criterion in rows.rubric.criteria:
        result = results.get(criterion.key)
        level = result.level if result is not None else None
        score = result.score if result is not None else None
        label = criterion.levels[level].label if level is not None and level < len(criterion.levels) else "Not judged"
        points = f"{score:g} of {criterion.highest:g}" if score is not None else ""
        lines.append([criterion.name, label, points])
    return data_table(caption="Criteria", head=["Criterion", "Level", Column("Points", number=True)], rows=lines)


def _comment(rows: DocumentRows, texts: DocumentTexts, view: CommentView) -> Element:
    words = texts.feedback.comments[view.id]
    names = {criterion.key: criterion.name for criterion in rows.rubric.criteria}
    name = names.get(str(view.criterion_id), "")
    support = "from the instructor" if view.origin == "person" else support_text(view.support, view.of)
    return Div(
        P(Span(KINDS[view.kind], cls="kind"), f" · {name}" if name else None, Span(f" · {support}", cls="quiet")),
        *_quoted(texts.content, words.quote),
        P(words.text),
        P(Span("Next step: ", cls="quiet"), words.next_step) if words.next_step else None,
        cls="comment",
    )


def _quoted(content: DraftContent | None, quote: Quote | None) -> list[Child]:
    """The passage; one of code with its line."""
    if quote is None:
        return []
    if content is None or not content.document.is_code:
        return [Blockquote(quote.text)]
    return [Blockquote(quote.text, cls="code"), P(place_of(content.document, quote.start).capitalize(), cls="quiet")]


def _draft(content: DraftContent | None) -> list[Child]:
    if content is None:
        return [P(ERASED)]
    if content.document.is_code:
        return [Pre(with_numbers(content.document))]
    return [Div(*(P(each) for each in content.text.split("\n\n") if each.strip()), cls="draft")]


def _linked(each: IndexLine) -> Element:
    return Li(
        A(f"{each.student}, draft {each.number}", href=each.path),
        Span(f" · {each.assignment} · {each.state}", cls="quiet"),
    )


def _page(title: str, body: Child) -> str:
    # Nothing is loaded and nothing runs, wherever the file is opened.
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    head = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><style>{_STYLE}</style></head><body>'
    )
    return f"{head}{html_of_any_page(body)}</body></html>"
