"""The list of accounts: searched by the beginnings of names and addresses, narrowed by role and state."""

from collections.abc import Sequence
from datetime import datetime

from feedforward import urls
from feedforward.accounts.people_queries import PersonLine
from feedforward.accounts.people_rules import AccountStatus, PeopleAsked
from feedforward.ui.badges import Tone, badge
from feedforward.ui.buttons import ButtonKind, button, link_button
from feedforward.ui.choices import Choice, select_field
from feedforward.ui.dates import day
from feedforward.ui.elements import A, Child, Element, Form, Nav, P
from feedforward.ui.fields import text_field
from feedforward.ui.forms import field_row
from feedforward.ui.layout import page_head, row
from feedforward.ui.navigation import Link
from feedforward.ui.tables import data_table, empty_state
from feedforward.web.access import ROLE_LABELS, Role

PEOPLE_LINK = Link("People", urls.people())
STATUS_LABELS = {
    AccountStatus.ACTIVE: "Active",
    AccountStatus.INACTIVE: "Inactive",
    AccountStatus.ARCHIVED: "Archived",
    AccountStatus.DELETED: "Deleted",
}
TONES = {AccountStatus.ACTIVE: Tone.DONE, AccountStatus.INACTIVE: Tone.PERSON}


def status_badge(status: AccountStatus) -> Element:
    """The state of an account in a word."""
    return badge(STATUS_LABELS[status], tone=TONES.get(status, Tone.NEUTRAL))


def people_body(*, lines: Sequence[PersonLine], asked: PeopleAsked, after: int | None) -> Child:
    """`after`: the id after which the next page begins, None on the last one."""
    return (
        page_head(
            title="People",
            lead="Every account, the newest first.",
            actions=link_button("Who asks for an account", href=urls.registrations(), kind=ButtonKind.QUIET),
        ),
        _search(asked),
        _table(lines)
        if lines
        else empty_state(
            title="Nobody is found",
            text="Search for the beginning of a name or an address, or choose another role or state.",
            action=link_button("Show everybody", href=urls.people(), kind=ButtonKind.QUIET),
        ),
        _pages(asked, after),
    )


def _search(asked: PeopleAsked) -> Child:
    return Form(
        text_field(
            name="q", label="Name or e-mail address", value=asked.words, required=False, max_length=200,
            hint="The beginning is enough: “ada lov”, or “@example.edu” for a domain.",
        ),
        field_row(
            select_field(
                name="role", label="Role", value=asked.role, required=False, say_optional=False, empty="Any role",
                choices=[Choice(each, ROLE_LABELS[each]) for each in Role],
            ),
            select_field(
                name="status", label="State", value=asked.status, required=False, say_optional=False,
                empty="Active and inactive", choices=[Choice(each, STATUS_LABELS[each]) for each in AccountStatus],
            ),
        ),
        row(button("Search", kind=ButtonKind.QUIET)),
        method="get",
        action=urls.people(),
        role="search",
        cls="form form-narrow",
    )  # fmt: skip


def _table(lines: Sequence[PersonLine]) -> Child:
    return data_table(
        caption="People",
        head=["Name", "E-mail", "Role", "State", "Since"],
        rows=[
            [
                A(each.name, href=urls.person(each.user_id)),
                "" if each.status is AccountStatus.DELETED else each.email,
                ROLE_LABELS[each.role],
                status_badge(each.status),
                _since(each.created_at),
            ]
            for each in lines
        ],
    )


def _since(created_at: datetime) -> Child:
    return day(created_at, "UTC")


def _pages(asked: PeopleAsked, after: int | None) -> Child:
    words, role, status = asked.words, asked.role or "", asked.status or ""
    newest = urls.people(words, role, status)
    first = A("Newest", href=newest, cls="button button-quiet") if asked.before is not None else None
    more = (
        A("Older", href=urls.people(words, role, status, after), rel="next", cls="button button-quiet")
        if after
        else None
    )
    if first is None and more is None:
        return P("These are all.", cls="quiet")
    return Nav(first, more, cls="pager", aria_label="Pages")
