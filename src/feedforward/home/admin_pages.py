"""An administrator's home: health at a glance, people, drafts by state, and what was done lately."""

from collections.abc import Sequence
from datetime import datetime

from feedforward import urls
from feedforward.accounts.registration_rules import RegistrationStatus
from feedforward.drafts.rules import DraftStatus
from feedforward.extraction.sandbox import SandboxKind
from feedforward.home.admin_queries import Act, AdminHome
from feedforward.home.audit_words import act_in_words, subject_in_words
from feedforward.ui.badges import Tone, badge
from feedforward.ui.buttons import ButtonKind, link_button
from feedforward.ui.dates import moment_text, relative
from feedforward.ui.elements import Child, Element
from feedforward.ui.layout import card, columns, section
from feedforward.ui.navigation import Link, link
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.tables import Column, data_table, definition_list, empty_state

ROLES = (("student", "Students"), ("instructor", "Instructors"), ("admin", "Administrators"))
STATES = {
    DraftStatus.PREVIEWED: "Looked at, not handed in",
    DraftStatus.DISCARDED: "Thrown away",
    DraftStatus.SUBMITTED: "Waiting to be read",
    DraftStatus.READING: "Being read",
    DraftStatus.MERGING: "Being merged",
    DraftStatus.AWAITING_REVIEW: "Waiting for review",
    DraftStatus.NEEDS_MANUAL_FEEDBACK: "Waiting for feedback by hand",
    DraftStatus.RELEASED: "Released",
    DraftStatus.WITHHELD: "Withheld",
}


def admin_home_body(
    *, home: AdminHome, now: datetime, database_kind: str, readers: Sequence[str], sandbox: SandboxKind,
    sends_mail: bool,
) -> Child:  # fmt: skip
    """`readers` are the names an assignment can choose, `sandbox` the walls around the reading of files."""
    return (
        _asking(home, sends_mail),
        _open_walls(sandbox),
        columns(
            card(
                title="Health",
                top=True,
                body=definition_list(items=_health(home, now, database_kind, readers, sandbox)),
            ),
            card(
                top=True,
                title="People",
                body=definition_list(items=_people(home)),
                actions=link(Link("Look at them", urls.people())),
            ),
            card(
                top=True,
                title="Drafts",
                body=definition_list(
                    items=[(label, f"{home.drafts.get(state, 0):,}") for state, label in STATES.items()]
                ),
            ),
        ),
        section(
            title="What was done lately",
            body=_acts(home.acts),
            actions=link_button("The whole log", href=urls.audit_log(), kind=ButtonKind.QUIET),
        ),
    )


def _people(home: AdminHome) -> list[tuple[str, Child]]:
    roles: list[tuple[str, Child]] = [
        (label, link(Link(f"{home.people.get(role, 0):,}", urls.people(role=role)))) for role, label in ROLES
    ]
    return [*roles, ("Terms and privacy policy", link(Link("Edit them", urls.edit_terms())))]


def _asking(home: AdminHome, sends_mail: bool) -> Child:
    """Those only an administrator can let in: where no mail is sent, also those whose address nobody verified."""
    waiting = home.people.get(RegistrationStatus.WAITING, 0)
    if not sends_mail:
        waiting += home.people.get(RegistrationStatus.ASKED, 0)
    if not waiting:
        return None
    who = (
        "1 instructor asks for an account and waits for you."
        if waiting == 1
        else f"{waiting:,} instructors ask for an account and wait for you."
    )
    look = link_button("Decide", href=urls.registrations(), kind=ButtonKind.QUIET)
    return notice(Notice(who, NoticeKind.PERSON, actions=look))


def _health(
    home: AdminHome, now: datetime, database_kind: str, readers: Sequence[str], sandbox: SandboxKind
) -> list[tuple[str, Child]]:
    return [
        ("Database", badge(f"{database_kind} answers", tone=Tone.DONE)),
        ("Workers", _workers(home.workers, now)),
        ("Readers", ", ".join(readers)),
        ("Files", _files(sandbox)),
        ("Mail", link(Link("Look at the messages", urls.outbox()))),
        ("Assignments", link(Link("Defaults, and feedback without a review", urls.installation_defaults()))),
    ]


def _files(sandbox: SandboxKind) -> Child:
    """What keeps a hostile file in, and what to do where that is less than it could be."""
    if sandbox is SandboxKind.BUBBLEWRAP:
        return badge("Read in a child process inside bubblewrap: no network, no file system", tone=Tone.DONE)
    return badge("Read in a child process with limits alone", tone=Tone.PERSON)


def _open_walls(sandbox: SandboxKind) -> Child:
    """What to do where a hostile file is kept in less well than it could be."""
    if sandbox is SandboxKind.BUBBLEWRAP:
        return None
    return notice(
        Notice(
            "Files are read with limits alone: bubblewrap cannot run here. Time, memory and size are bounded, but a "
            "file that breaks its reader could use the network and read what this service may read. Install bubblewrap "
            "and allow user namespaces, then restart: the operations guide says how.",
            NoticeKind.PERSON,
        )
    )


def _workers(seen: Sequence[datetime], now: datetime) -> Element:
    if not seen:
        return badge("None seen lately: drafts wait unread", tone=Tone.FAILED)
    many = "1 worker" if len(seen) == 1 else f"{len(seen)} workers"
    return badge(f"{many}, seen {relative(seen[0], now)}", tone=Tone.DONE)


def _acts(acts: Sequence[Act]) -> Element:
    if not acts:
        return empty_state(title="Nothing yet", text="What people do here is recorded and stands in this list.")
    return data_table(
        caption="What was done lately",
        head=["Who", "What", Column("On", number=False), "When"],
        rows=[
            [
                act.actor or "The system",
                act_in_words(act.action),
                subject_in_words(act.subject_kind, act.subject_id),
                moment_text(act.at, "UTC"),
            ]
            for act in acts
        ],
    )
