"""What happens to an archive of submissions: looked at, confirmed as it was shown, brought in file by file, swept."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, insert, or_, select, update

from feedforward.assignments.rules import Task
from feedforward.audit.record import record
from feedforward.drafts.actions import KeptUpload
from feedforward.drafts.behalf_actions import HandedIn, OnBehalf, hand_in_for, require_may_hand_in_for
from feedforward.drafts.lms_matching import LmsFile, Planned, Step, fingerprint, planned
from feedforward.drafts.lms_queries import archive_for_staff, roster_to_match
from feedforward.drafts.lms_tables import LmsArchive, LmsArchiveFile
from feedforward.errors import RuleBroken
from feedforward.web.services import StartFeedback

LONGEST_REASON = 500
HELD_FOR = timedelta(minutes=2)
"""For how long a worker has an archive in hand; renewed with each file, of which the slowest takes some 20 seconds."""
LOOKED_AT_KEPT = timedelta(days=1)
NAMES_KEPT = timedelta(days=30)
_STATUS = {Step.TAKE: "waiting", Step.THERE: "there", Step.UNMATCHED: "left_out", Step.REFUSE: "refused"}


class PlanChanged(RuleBroken):
    """What would be done is not what was shown; nothing was done."""

    def __init__(self) -> None:
        super().__init__("Something changed since this was shown to you. Nothing was brought in; look at it once more.")


def keep_archive(
    connection: Connection, *, staff_id: int, assignment_id: int, content_id: str, names_id: str, names: bytes,
    files: int, now: datetime,
) -> int:  # fmt: skip
    """An archive to look at; its id. No draft is made."""
    require_may_hand_in_for(connection, staff_id, assignment_id)
    archive_id: int = connection.execute(
        insert(LmsArchive)
        .values(
            assignment_id=assignment_id, created_by=staff_id, status="checked", content_id=content_id,
            names_id=names_id, names=names, reason="", made_at=now, changed_at=now,
        )
        .returning(LmsArchive.id)
    ).scalar_one()  # fmt: skip
    record(
        connection, at=now, actor_id=staff_id, action="lms.look", subject=("assignment", assignment_id),
        archive=archive_id, files=files,
    )  # fmt: skip
    return archive_id


def plan_of(
    connection: Connection, staff_id: int, assignment_id: int, files: Sequence[LmsFile], now: datetime
) -> tuple[Task, tuple[Planned, ...]]:
    """What bringing in these files would do now."""
    task = require_may_hand_in_for(connection, staff_id, assignment_id)
    return task, planned(files, roster_to_match(connection, task), task, now)


def confirm_archive(
    connection: Connection, *, staff_id: int, assignment_id: int, archive_id: int, files: Sequence[LmsFile], shown: str,
    reason: str, now: datetime,
) -> int:  # fmt: skip
    """Have the plan that was shown done by the worker; how many files are to be brought in. Late ones only where a
    `reason` is given. PlanChanged where something else would be done."""
    archive = archive_for_staff(connection, staff_id, assignment_id, archive_id)
    if archive.status != "checked":
        return 0
    _, plan = plan_of(connection, staff_id, assignment_id, files, now)
    if fingerprint(plan) != shown:
        raise PlanChanged
    late = "waiting" if reason else "left_out"
    rows = [
        {
            "archive_id": archive_id, "position": each.position, "student_id": each.student_id, "late": each.late,
            "excused": each.step is Step.LATE and bool(reason), "status": _STATUS.get(each.step, late),
            "problem": "" if _STATUS.get(each.step, late) == "waiting" else each.why, "draft_id": None,
        }
        for each in plan
    ]  # fmt: skip
    many = sum(each["status"] == "waiting" for each in rows)
    if not many:
        raise RuleBroken("There is nothing to bring in.")
    changed = connection.execute(
        update(LmsArchive)
        .where(LmsArchive.id == archive_id, LmsArchive.status == "checked")
        .values(status="waiting", reason=reason, confirmed_at=now, changed_at=now)
    ).rowcount
    if not changed:
        raise PlanChanged
    connection.execute(insert(LmsArchiveFile), rows)
    record(
        connection, at=now, actor_id=staff_id, action="lms.bring_in", subject=("assignment", assignment_id),
        archive=archive_id, files=many, with_reason=bool(reason),
    )  # fmt: skip
    return many


def throw_archive_away(
    connection: Connection, *, staff_id: int, assignment_id: int, archive_id: int, now: datetime
) -> tuple[str, ...]:
    """Forget an archive that was only looked at; what is to be erased after the commit."""
    archive = archive_for_staff(connection, staff_id, assignment_id, archive_id)
    changed = connection.execute(
        update(LmsArchive)
        .where(LmsArchive.id == archive_id, LmsArchive.status == "checked")
        .values(status="thrown_away", names=None, changed_at=now)
    ).rowcount
    if not changed:
        raise RuleBroken("This archive was confirmed meanwhile: what can be brought in is being brought in.")
    record(
        connection, at=now, actor_id=staff_id, action="lms.throw_away", subject=("assignment", assignment_id),
        archive=archive_id,
    )  # fmt: skip
    return archive.content_id, archive.names_id


def hold_archive(connection: Connection, archive_id: int, now: datetime) -> bool:
    """Take a confirmed archive in hand; False where another worker has it, or it is done."""
    free = or_(LmsArchive.held_until.is_(None), LmsArchive.held_until < now)
    held = connection.execute(
        update(LmsArchive)
        .where(LmsArchive.id == archive_id, LmsArchive.status == "waiting", free)
        .values(held_until=now + HELD_FOR)
    ).rowcount
    return bool(held)


def let_go(connection: Connection, archive_id: int) -> None:
    """Leave what is left of it to the next worker, at once."""
    connection.execute(
        update(LmsArchive).where(LmsArchive.id == archive_id, LmsArchive.status == "waiting").values(held_until=None)
    )


def settle_file(
    connection: Connection, archive_id: int, position: int, *, status: str, problem: str, now: datetime,
    draft_id: int | None = None,
) -> None:  # fmt: skip
    """Write down what became of a waiting file, and hold the archive for the next one."""
    connection.execute(
        update(LmsArchiveFile)
        .where(
            LmsArchiveFile.archive_id == archive_id, LmsArchiveFile.position == position,
            LmsArchiveFile.status == "waiting",
        )
        .values(status=status, problem=problem, draft_id=draft_id)
    )  # fmt: skip
    connection.execute(
        update(LmsArchive).where(LmsArchive.id == archive_id).values(held_until=now + HELD_FOR, changed_at=now)
    )


def bring_in_file(
    connection: Connection, *, archive_id: int, position: int, student_id: int, assignment_id: int, upload: KeptUpload,
    behalf: OnBehalf, now: datetime, start_feedback: StartFeedback,
) -> HandedIn:  # fmt: skip
    """The draft and what became of the file in one step, so that a worker that ends between files repeats none."""
    made = hand_in_for(
        connection, student_id=student_id, assignment_id=assignment_id, upload=upload, behalf=behalf, now=now,
        start_feedback=start_feedback,
    )  # fmt: skip
    settle_file(
        connection, archive_id, position, status="taken" if made.fresh else "there", problem="", now=now,
        draft_id=made.draft_id,
    )  # fmt: skip
    return made


def finish_archive(connection: Connection, archive_id: int, now: datetime) -> None:
    """Say that every file is settled; its file is erased after the commit."""
    waiting = select(LmsArchiveFile.position).where(
        LmsArchiveFile.archive_id == archive_id, LmsArchiveFile.status == "waiting"
    )
    connection.execute(
        update(LmsArchive)
        .where(LmsArchive.id == archive_id, LmsArchive.status == "waiting", ~waiting.exists())
        .values(status="done", finished_at=now, changed_at=now, held_until=None)
    )


def sweep_archives(connection: Connection, now: datetime) -> list[str]:
    """Throw away what was looked at and not confirmed within a day, and the names of what was brought in a month ago;
    what is to be erased after the commit. Said again the next time where that did not happen: erasing twice is once."""
    forgotten = connection.execute(
        update(LmsArchive)
        .where(LmsArchive.status == "checked", LmsArchive.changed_at < now - LOOKED_AT_KEPT)
        .values(status="thrown_away", changed_at=now)
        .returning(LmsArchive.id)
    ).scalars()
    gone = [*forgotten]
    old = or_(
        LmsArchive.status == "thrown_away",
        and_(LmsArchive.status == "done", LmsArchive.finished_at < now - NAMES_KEPT),
    )
    rows = connection.execute(
        update(LmsArchive)
        .where(LmsArchive.names.is_not(None), or_(old, LmsArchive.id.in_(gone)))
        .values(names=None, reason="")
        .returning(LmsArchive.content_id, LmsArchive.names_id)
    )
    return [each for row in rows for each in row]
