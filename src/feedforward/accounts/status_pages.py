"""One person's account as administrators see it, and what each act with it means before it is done."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from feedforward import urls
from feedforward.accounts.people_pages import status_badge
from feedforward.accounts.people_queries import PersonView
from feedforward.accounts.people_rules import AccountStatus
from feedforward.accounts.proving import Means, ProofParts, proof_parts
from feedforward.accounts.status_rules import NEEDS_PASSWORD, Act
from feedforward.accounts.status_words import ACT_LABELS, CONSEQUENCES
from feedforward.ui.buttons import ButtonKind, button_row, link_button
from feedforward.ui.dates import ago, day
from feedforward.ui.elements import A, Child, Code, P
from feedforward.ui.fields import text_field
from feedforward.ui.forms import form, hidden_field
from feedforward.ui.layout import ListItem, item_list, page_head, reading, section, stack
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.tables import definition_list
from feedforward.web.access import ROLE_LABELS

GRAVE = frozenset((Act.DEACTIVATE, Act.DELETE, Act.ARCHIVE, Act.REMOVE_SECOND_FACTOR))


def person_body(
    *, person: PersonView, courses: Sequence[tuple[str, str, str]], acts: Sequence[Act], own: bool, now: datetime
) -> Child:
    """`courses`: title, what the person is in it, and where their work in it is read ("": none); `acts`: what can be
    done now."""
    deleted = person.status is AccountStatus.DELETED
    return reading(
        page_head(title=person.name, lead=None if deleted else person.email, badges=(status_badge(person.status),)),
        notice(Notice("This is your own account. Another administrator can change its role and its state."))
        if own
        else None,
        definition_list(items=_facts(person, now)),
        section(
            title="Courses",
            body=item_list(
                label="Courses",
                items=[
                    ListItem(title, detail=what, actions=A("Their work here", href=work) if work else None)
                    for title, what, work in courses
                ],
            )
            if courses
            else P("None.", cls="quiet"),
        ),
        section(title="What you can do", body=_acts(person, acts)) if acts else None,
    )


def _facts(person: PersonView, now: datetime) -> list[tuple[str, Child]]:
    return [
        ("Role", ROLE_LABELS[person.role]),
        ("Account since", day(person.created_at, "UTC")),
        ("Last seen", ago(person.seen_at, "UTC", now) if person.seen_at else "never"),
        ("Browsers signed in", str(person.sessions)),
        ("Second step", "on" if person.second_factor else "off"),
        *([("Deleted", day(person.deleted_at, "UTC"))] if person.deleted_at else []),
        *([("Kind", "Made by the demonstration")] if person.demonstration else []),
    ]


def _acts(person: PersonView, acts: Sequence[Act]) -> Child:
    return button_row(
        *(
            link_button(
                ACT_LABELS[each], href=urls.act_on_person(person.user_id, each),
                kind=ButtonKind.DANGER if each is Act.DELETE else ButtonKind.QUIET,
            )
            for each in acts
        )
    )  # fmt: skip


def act_body(
    *, person: PersonView, act: Act, more: Sequence[str], typed: str, means: Means, errors: Mapping[str, str]
) -> Child:
    """What the act means, then the button. `more`: consequences that depend on this person; `means`: how the
    administrator shows that it is them."""
    submit = ACT_LABELS[act]
    proof = proof_parts(means, errors, submit=submit, label="Your own password")
    if act not in NEEDS_PASSWORD:
        proof = ProofParts(None, submit, None)
    fields = (
        hidden_field(name="seen", value=seen(person)),
        text_field(
            name="confirmation", label="Type the person’s e-mail address", value=typed,
            hint="So that nobody is deleted by a slip of the hand.", error=errors.get("confirmation"),
        )
        if act is Act.DELETE
        else None,
        proof.fields,
    )  # fmt: skip
    return reading(
        page_head(title=f"{ACT_LABELS[act]}: {person.name}", lead=person.email),
        section(title="What this means", body=stack(*(P(each) for each in (*CONSEQUENCES[act], *more)))),
        form(
            action=urls.act_on_person(person.user_id, act), submit=proof.submit, errors=errors, fields=fields,
            submit_kind=ButtonKind.DANGER if act in GRAVE else ButtonKind.PRIMARY,
            more=(proof.more,
                  link_button("Leave it as it is", href=urls.person(person.user_id), kind=ButtonKind.QUIET)),
        ),
    )  # fmt: skip


def seen(person: PersonView) -> str:
    """The account as the page shows it: an act is refused where it has changed since."""
    return f"{person.role} {person.status}"


def owner_body(*, person: PersonView, owned: Sequence[str]) -> Child:
    """Courses need an owner, so this account cannot end yet."""
    return reading(
        page_head(title=f"{person.name} owns courses"),
        P("An account that owns courses cannot be deleted. Nothing was changed. Somebody else has to own them first:"),
        item_list(label="Courses", items=[ListItem(each) for each in owned]),
        P("Bring the account back, and let its person hand over each course on its staff page; or delete the courses."),
        P(A("Back to the account", href=urls.person(person.user_id))),
    )


def reset_link_body(*, person: PersonView, link: str) -> Child:
    """Shown once: only its hash is kept."""
    return reading(
        page_head(title="A link to choose a new password", lead=f"For {person.name}, {person.email}."),
        stack(
            P(Code(link)),
            notice(
                Notice(
                    "It works once, for 45 minutes, and is shown this once. Hand it over on a way you trust: whoever "
                    "has it can choose the password of this account.",
                    NoticeKind.PERSON,
                )
            ),
        ),
        P(A("Back to the account", href=urls.person(person.user_id))),
    )
