"""An archive of submissions: what will happen to each file, how far it has come, and what became of each."""

from collections import Counter
from collections.abc import Mapping, Sequence

from feedforward import urls
from feedforward.assignments.rules import Task
from feedforward.drafts.behalf_pages import reading_told, reason_field, told_field
from feedforward.drafts.lms_matching import Planned, Step, counts, fingerprint
from feedforward.drafts.lms_names import LMS_LABELS
from feedforward.drafts.lms_queries import ArchiveView, FileLine
from feedforward.drafts.reading_notice import TextNotice
from feedforward.ui.badges import Tone, badge
from feedforward.ui.buttons import button_form
from feedforward.ui.dates import moment
from feedforward.ui.elements import Child, Element, P
from feedforward.ui.forms import form, hidden_field
from feedforward.ui.layout import disclosure, page_head, quiet, section
from feedforward.ui.navigation import Link, link
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.tables import data_table

_STEPS = {
    Step.REFUSE: ("Refused", Tone.PERSON, "Refused"),
    Step.UNMATCHED: ("Nobody’s", Tone.PERSON, "Matched to nobody"),
    Step.LATE: ("Late", Tone.PERSON, "After the last moment: only for a reason"),
    Step.TAKE: ("To hand in", Tone.ACTIVE, "To be handed in for their students"),
    Step.THERE: ("Nothing to do", Tone.NEUTRAL, "There already"),
}
_STATES = {
    "refused": ("Refused", Tone.PERSON, "Refused"),
    "left_out": ("Left out", Tone.PERSON, "Left out"),
    "waiting": ("Waiting", Tone.ACTIVE, "Still to come"),
    "taken": ("Handed in", Tone.DONE, "Handed in"),
    "there": ("There already", Tone.NEUTRAL, "There already"),
}
ERASED_NAME = "the file’s name is erased"


def dry_run_body(
    *, task: Task, archive: ArchiveView, plan: Sequence[Planned], told: TextNotice, errors: Mapping[str, str],
    reason: str, ticked: bool, changed: bool,
) -> Child:  # fmt: skip
    """What will happen to each file, and the button that has it done; `changed`: something did since it was shown."""
    found = counts(plan)
    where = sorted({LMS_LABELS[each.file.named.lms] for each in plan if each.file.named.lms is not None})
    doable = found[Step.TAKE] + found[Step.LATE]
    throw_away = button_form(
        action=urls.throw_archive_away(task.assignment_id, archive.id), label="Throw the archive away"
    )
    return (
        page_head(
            title="What will happen",
            lead=f"{_many(len(plan), 'file')}{' from ' + ' and '.join(where) if where else ''}: {_summary(found)}.",
        ),
        notice(
            Notice("Nothing was brought in: something changed since this was shown to you. Look at it once more.",
                   NoticeKind.PERSON)
        ) if changed else None,
        P("Nothing is handed in yet. The archive is kept sealed for a day, then it is erased."),
        (
            reading_told(told),
            form(
                action=urls.bring_in_archive(task.assignment_id, archive.id), errors=errors,
                submit=f"Hand in {_many(found[Step.TAKE], 'draft')}" if found[Step.TAKE] else "Hand in the late drafts",
                fields=(
                    hidden_field(name="shown", value=fingerprint(plan)),
                    reason_field(reason, errors.get("reason"), past=False) if found[Step.LATE] else None,
                    told_field(ticked, errors.get("told"), many=True),
                ),
            ),
        ) if doable else P("There is nothing in it to hand in."),
        throw_away,
        *_plan_lists(plan),
    )  # fmt: skip


def archive_body(*, task: Task, archive: ArchiveView, files: Sequence[FileLine], names: Sequence[str]) -> Child:
    """How far it has come and what became of each file; `names` are empty once they are erased."""
    found = Counter(each.status for each in files)
    done = archive.status == "done"
    total = found["waiting"] + found["taken"]
    return (
        page_head(
            title="Brought in" if done else "Being brought in",
            lead=(f"By {archive.by}, ", moment(archive.made_at, task.time_zone), "."),
            badges=(badge("Done", tone=Tone.DONE) if done else badge("Under way", tone=Tone.ACTIVE),),
        ),
        P(f"{_many(found['taken'], 'draft')} handed in.")
        if done
        else P(f"{found['taken']} of {_many(total, 'draft')} handed in. You can leave this page: it goes on."),
        P("Taken after the last moment, because: ", archive.reason) if archive.reason else None,
        notice(
            Notice(
                "Some files were not handed in. The reasons stand below; hand in what belongs here for its student.",
                NoticeKind.PERSON, actions=link(Link("Hand in for one student", urls.hand_in_for(task.assignment_id))),
            )
        ) if done and (found["refused"] or found["left_out"]) else None,
        *_state_lists(files, names),
    )  # fmt: skip


def _summary(found: Mapping[Step, int]) -> str:
    words = {
        "to hand in": found[Step.TAKE], "late": found[Step.LATE], "there already": found[Step.THERE],
        "matched to nobody": found[Step.UNMATCHED], "refused": found[Step.REFUSE],
    }  # fmt: skip
    return ", ".join(f"{many} {word}" for word, many in words.items() if many)


def _many(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _plan_lists(plan: Sequence[Planned]) -> list[Child]:
    lists: list[Child] = []
    for step, (word, tone, title) in _STEPS.items():
        rows: list[list[Child]] = [
            [
                each.file.named.path, each.student or quiet("nobody"),
                (badge(word, tone=tone), (" ", badge("Late", tone=Tone.PERSON)) if each.late else None, " ",
                 quiet(each.why)),
            ]
            for each in plan
            if each.step is step
        ]  # fmt: skip
        lists += _list(title, rows, folded=step is Step.THERE)
    return lists


def _state_lists(files: Sequence[FileLine], names: Sequence[str]) -> list[Child]:
    lists: list[Child] = []
    for state, (word, tone, title) in _STATES.items():
        rows: list[list[Child]] = [
            [
                names[each.position] if each.position < len(names) else quiet(ERASED_NAME),
                each.student or quiet("nobody"),
                (badge(word, tone=tone), (" ", badge("Late", tone=Tone.PERSON)) if each.late else None, " ",
                 quiet(each.problem)),
            ]
            for each in files
            if each.status == state
        ]  # fmt: skip
        lists += _list(title, rows, folded=state == "there")
    return lists


def _list(title: str, rows: Sequence[list[Child]], *, folded: bool) -> list[Element]:
    if not rows:
        return []
    table = data_table(caption=title, head=["File", "Student", "What happens"], rows=rows)
    whole = f"{title} ({len(rows)})"
    return [disclosure(summary=whole, body=table) if folded else section(title=whole, body=table)]
