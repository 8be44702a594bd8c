"""The audit log for administrators: asking it, one page of it, and taking it along as a file."""

from collections.abc import Mapping, Sequence

from feedforward import urls
from feedforward.home.audit_asked import AuditTyped
from feedforward.home.audit_queries import Event
from feedforward.home.audit_words import KINDS, SUBJECTS, act_in_words, detail_in_words, subject_in_words
from feedforward.ui.buttons import ButtonKind, button, link_button
from feedforward.ui.choices import Choice, select_field
from feedforward.ui.dates import moment_text
from feedforward.ui.elements import A, Child, Element, Form, Input, Nav, P, Span
from feedforward.ui.fields import text_field
from feedforward.ui.forms import error_summary, field, field_id, field_row, form, hidden_fields
from feedforward.ui.layout import disclosure, page_head, row, section, stack
from feedforward.ui.tables import Column, data_table, empty_state

KINDS_BY_LABEL = sorted(KINDS.items(), key=lambda each: each[1])


def audit_body(
    *, events: Sequence[Event], typed: AuditTyped, errors: Mapping[str, str], after: int | None
) -> Child:  # fmt: skip
    """`after`: the event after which the next page begins, None on the last one."""
    return (
        page_head(
            title="Audit log",
            lead="Who did what, on what, from where and when, the newest first. Times are UTC.",
            actions=link_button("Student work read for a reason", href=urls.student_work(), kind=ButtonKind.QUIET),
        ),
        error_summary(errors),
        disclosure(
            summary="Narrow it down", body=_search(typed, errors), opened=bool(typed.filters() or errors)
        ),
        section(title=_found(typed), body=_table(events) if events else _nothing(typed, errors)),
        _pages(typed, after),
        _export(typed, errors) if events else None,
    )  # fmt: skip


def _search(typed: AuditTyped, errors: Mapping[str, str]) -> Element:
    return Form(
        field_row(
            text_field(
                name="who", label="Who", value=typed.who, required=False, error=errors.get("who"), max_length=200,
                hint="An e-mail address, the number of an account, or “system”.",
            ),
            text_field(
                name="words", label="What, in words", value=typed.words, required=False, max_length=200,
                hint="Such as “released” or “wrong code”.",
            ),
            select_field(
                name="kind", label="What kind", value=typed.kind, required=False, empty="Everything",
                choices=[Choice(code, label) for code, label in KINDS_BY_LABEL],
            ),
        ),
        field_row(
            select_field(
                name="on", label="On what", value=typed.on, required=False, empty="Anything",
                error=errors.get("on"),
                choices=[Choice(code, label.capitalize()) for code, label in SUBJECTS.items()],
            ),
            text_field(
                name="number", label="Its number", value=typed.number, required=False, error=errors.get("number"),
                max_length=18,
            ),
            text_field(
                name="where", label="From where", value=typed.where, required=False, max_length=45,
                hint="A network address, “worker” or “command line”.",
            ),
        ),
        field_row(
            _day(name="since", label="First day", value=typed.since, error=errors.get("since")),
            _day(name="until", label="Last day", value=typed.until, error=errors.get("until")),
        ),
        row(
            button("Show", kind=ButtonKind.QUIET),
            A("Show everything", href=urls.audit_log()) if typed.filters() else None,
        ),
        method="get",
        action=urls.audit_log(),
        role="search",
        cls="form",
    )  # fmt: skip


def _day(*, name: str, label: str, value: str, error: str | None) -> Element:
    control = Input(
        type="date", name=name, id=field_id(name), value=value, cls="input input-short",
        aria_invalid="true" if error else None, aria_describedby=f"{field_id(name)}-error" if error else None,
    )  # fmt: skip
    return field(name=name, label=label, control=control, error=error, required=False)


def _found(typed: AuditTyped) -> str:
    return "What fits" if typed.filters() else "Everything"


def _table(events: Sequence[Event]) -> Element:
    return data_table(
        caption="Audit log",
        head=["When", "Who", "What", "On", "From", "More", Column("Number", number=True)],
        rows=[
            [
                moment_text(each.at, "UTC"),
                _who(each),
                act_in_words(each.action),
                _subject(each),
                _where(each),
                Span(detail_in_words(each.detail), cls="quiet"),
                str(each.id),
            ]
            for each in events
        ],
    )


def _who(event: Event) -> Child:
    if event.actor_id is None:
        return "The system" if event.came_from in (None, "worker", "command line") else "Nobody signed in"
    return A(event.actor or f"Account {event.actor_id}", href=urls.person(event.actor_id))


def _subject(event: Event) -> Child:
    words = subject_in_words(event.subject_kind, event.subject_id)
    if event.subject_kind == "user" and event.subject_id.isdigit():
        return A(words, href=urls.person(event.subject_id))
    return words


def _where(event: Event) -> Child:
    if event.erased:
        return Span("erased", cls="quiet")
    return event.came_from or Span("not noted", cls="quiet")


def _nothing(typed: AuditTyped, errors: Mapping[str, str]) -> Element:
    if errors:
        return empty_state(title="Nothing is shown", text="What you ask for could not be read. See above.")
    if typed.filters():
        return empty_state(
            title="Nothing fits",
            text="Ask for less at once: other days, or leave out who or what.",
            action=link_button("Show everything", href=urls.audit_log(), kind=ButtonKind.QUIET),
        )
    return empty_state(title="Nothing yet", text="What people do here is recorded and stands in this list.")


def _pages(typed: AuditTyped, after: int | None) -> Child:
    filters = typed.filters()
    first = A("Newest", href=urls.audit_log(**filters), cls="button button-quiet") if typed.before else None
    more = None
    if after is not None:
        older = urls.audit_log(**filters, before=str(after))
        more = A("Older", href=older, rel="next", cls="button button-quiet")
    if first is None and more is None:
        return None
    return Nav(first, more, cls="pager", aria_label="Pages")


def _export(typed: AuditTyped, errors: Mapping[str, str]) -> Child:
    if errors:
        return None
    what = "what fits" if typed.filters() else "the whole log"
    return section(
        title="Take it along",
        body=stack(
            P(f"A CSV file with {what}, from the newest to the oldest. That you took it is recorded."),
            form(
                action=urls.export_audit_log(), fields=hidden_fields(typed.filters()), submit="Download as CSV",
                submit_kind=ButtonKind.QUIET,
            ),
        ),
    )  # fmt: skip
