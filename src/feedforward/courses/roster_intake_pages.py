"""Adding people to a course: the list or file, and the dry run that shows line by line what it will do."""

from collections.abc import Mapping, Sequence

from feedforward import urls
from feedforward.courses.pages import counted
from feedforward.courses.queries import CourseView
from feedforward.courses.roster_plan import WRITES, Planned, Step, counts, fingerprint
from feedforward.courses.roster_rows import MOST_ROWS, Refused, RosterRow, carried
from feedforward.ui.badges import Tone, badge
from feedforward.ui.elements import Child, P
from feedforward.ui.fields import file_field, text_area
from feedforward.ui.forms import form, hidden_field
from feedforward.ui.layout import disclosure, page_head, quiet, section
from feedforward.ui.navigation import Link, link
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.tables import Column, data_table

STEP_WORDS = {
    Step.INVITE: ("To invite", Tone.ACTIVE),
    Step.ENROL: ("To enrol", Tone.DONE),
    Step.CHANGE: ("To change", Tone.ACTIVE),
    Step.SKIP: ("Nothing to do", Tone.NEUTRAL),
    Step.REFUSE: ("Refused", Tone.PERSON),
}
TWICE = "The address stands further up in the list already."
_TITLES = {
    Step.REFUSE: "Refused", Step.INVITE: "Get an invitation", Step.ENROL: "Enrolled at once", Step.CHANGE: "Changed",
    Step.SKIP: "Nothing to do",
}  # fmt: skip


def add_people_body(*, course: CourseView, typed: str, errors: Mapping[str, str], sends_mail: bool) -> Child:
    """The form for a list or a file."""
    return (
        page_head(title="Add students", lead=f"{course.code} {course.title}"),
        P(
            "Students with an account are enrolled at once. The others get an invitation "
            + ("by mail" if sends_mail else "which lies in the administrators’ mail page, as no mail server is set up")
            + ", and you can make a link for each to hand over. You see what will happen before it does."
        ),
        form(
            action=urls.check_people(course.id), files=True, submit="Look at it first", errors=errors, guard=True,
            fields=(
                text_area(
                    name="emails", label="E-mail addresses", value=typed, rows=6, error=errors.get("emails"),
                    required=False,
                    hint="One per line or divided by commas, with names if you like: Ada Lovelace <ada@example.edu>. "
                    "Rows copied out of a spreadsheet work too.",
                ),
                file_field(
                    name="file", label="Or a roster file", accept=".csv,.tsv,.txt", required=False,
                    error=errors.get("file"),
                    hint="CSV or TSV, such as an export of Canvas or Moodle: e-mail, name, student number, section. "
                    f"At most {MOST_ROWS:,} people and 2 MB.",
                ),
            ),
            more=link(Link("Back to the people", urls.course_people(course.id))),
        ),
    )  # fmt: skip


def dry_run_body(
    *,
    course: CourseView,
    plan: Sequence[Planned],
    refused: Sequence[Refused],
    twice: Sequence[RosterRow],
    changed: bool,
) -> Child:
    """What will happen to each line, and the button that does it; `changed`: something did since it was last shown."""
    found = counts(plan)
    writes = sum(found[step] for step in WRITES)
    rows = [each.row for each in plan]
    return (
        page_head(title="What will happen", lead=f"{course.code} {course.title}"),
        notice(
            Notice("Nothing was written: something changed since this was shown to you. Look at it once more.",
                   NoticeKind.PERSON)
        ) if changed else None,
        P(_summary(found, len(refused), len(twice))),
        form(
            action=urls.add_people(course.id), narrow=False,
            fields=(
                hidden_field(name="rows", value=carried(rows)),
                hidden_field(name="shown", value=fingerprint(plan)),
            ),
            submit=_does(found), more=link(Link("Back without changing anything", urls.add_people(course.id))),
        ) if writes
        else P(link(Link("Back to the form", urls.add_people(course.id)))),
        *_lists(plan, refused, twice),
    )  # fmt: skip


def _summary(found: Mapping[Step, int], refused: int, twice: int) -> str:
    many = {
        "to invite": found[Step.INVITE],
        "to enrol at once": found[Step.ENROL],
        "to bring up to date": found[Step.CHANGE],
        "with nothing to do": found[Step.SKIP] + twice,
        "refused": found[Step.REFUSE] + refused,
    }
    told = ", ".join(f"{number:,} {words}" for words, number in many.items() if number)
    return f"{counted(sum(many.values()), 'line', 'lines').capitalize()}: {told}."


def _does(found: Mapping[Step, int]) -> str:
    many = sum(found[step] for step in WRITES)
    if found[Step.INVITE] == many:
        return f"Invite {counted(many, 'student', 'students')}"
    return f"Add {counted(many, 'student', 'students')}" if not found[Step.CHANGE] else f"Do this for {many}"


def _lists(plan: Sequence[Planned], refused: Sequence[Refused], twice: Sequence[RosterRow]) -> list[Child]:
    """What needs a look first; what changes nothing folded away."""
    lists: list[Child] = []
    for step, title in _TITLES.items():
        numbered = [(each.row.line, _line(each.row, step, each.why)) for each in plan if each.step is step]
        if step is Step.REFUSE:
            numbered += [(each.line, _refused(each)) for each in refused]
        if step is Step.SKIP:
            numbered += [(each.line, _line(each, step, TWICE)) for each in twice]
        if not numbered:
            continue
        rows = [cells for _, cells in sorted(numbered, key=lambda each: each[0])]
        table = data_table(
            caption=title, head=[Column("Line", number=True), "E-mail", "Name", "Number", "Section", "What happens"],
            rows=rows, row_head=False,
        )  # fmt: skip
        whole = f"{title} ({len(rows)})"
        lists.append(
            disclosure(summary=whole, body=table) if step is Step.SKIP else section(title=whole, body=table)
        )  # fmt: skip
    return lists


def _line(row: RosterRow, step: Step, why: str) -> list[Child]:
    word, tone = STEP_WORDS[step]
    cells: list[Child] = [str(row.line), row.email]
    cells += [each or quiet("none") for each in (row.name, row.number, row.section)]
    return [*cells, (badge(word, tone=tone), " ", quiet(why))]


def _refused(each: Refused) -> list[Child]:
    word, tone = STEP_WORDS[Step.REFUSE]
    none = quiet("none")
    return [str(each.line), each.shown or none, none, none, none, (badge(word, tone=tone), " ", quiet(each.reason))]
