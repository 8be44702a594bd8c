"""What applies to which draft: the versions of an assignment's settings, and the drafts read with each."""

from collections.abc import Sequence

from feedforward.drafts.version_queries import ReadWith, VersionLine, VersionsView
from feedforward.ui.badges import Tone, badge
from feedforward.ui.dates import moment
from feedforward.ui.elements import Child, P
from feedforward.ui.layout import ListItem, item_list, page_head, section
from feedforward.ui.tables import empty_state


def versions_body(*, view: VersionsView) -> Child:
    """The newest version first; below them what was read before versions were kept."""
    before = [each for each in view.drafts if each.version is None]
    return (
        page_head(
            title="What applies to which draft",
            lead="Each change of the rubric, the readers or the settings makes a new version. A draft keeps the one it "
            "was read with, and its feedback shows what that one says; read again, it takes the newest.",
        ),
        section(title="Versions", body=_versions(view)),
        section(title="Before versions were kept", body=P(_told(before))) if before else None,
    )


def _versions(view: VersionsView) -> Child:
    if not view.versions:
        return empty_state(
            title="No version yet",
            text="The first is made when the assignment is published, or when its next draft is read.",
        )
    newest = view.versions[0].number
    items = [
        ListItem(
            title=f"Version {each.number}",
            badges=(badge("Applies to new drafts", tone=Tone.ACTIVE),) if each.number == newest else (),
            detail=(_changed(each), " ", _told([draft for draft in view.drafts if draft.version == each.number])),
            meta=moment(each.made_at, view.task.time_zone),
        )
        for each in view.versions
    ]
    return item_list(items=items, label="Versions of the settings, the newest first")


def _changed(each: VersionLine) -> str:
    if each.number == 1:
        return "As first published."
    if not each.changed:
        return "Changed."
    who = f"{each.by} changed" if each.by else "Changed, with a default or by nobody known:"
    return f"{who} {', '.join(each.changed)}."


def _told(drafts: Sequence[ReadWith]) -> str:
    """`Read with it: draft 1 of 12 students, 3 criteria; draft 2 of 4 students, 3 criteria.`"""
    if not drafts:
        return "No draft was read with it."
    parts = [
        f"draft {each.number} of {each.many} {'student' if each.many == 1 else 'students'}, "
        f"{each.criteria} {'criterion' if each.criteria == 1 else 'criteria'}"
        for each in drafts
    ]
    return f"Drafts: {'; '.join(parts)}."
