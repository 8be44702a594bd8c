"""Ninety drafts that lie in a learning management system: looked at, confirmed, brought in, once."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from feedforward import urls
from feedforward.clock import SetClock
from feedforward.drafts import lms_worker
from feedforward.drafts.lms_actions import hold_archive, sweep_archives
from feedforward.drafts.lms_tables import HandedInFor, LmsArchive, LmsArchiveFile
from feedforward.drafts.queries import content_without_draft
from feedforward.drafts.tables import Draft
from feedforward.errors import TemporarilyUnavailable
from tests.factories.archives import archive, bring_in, desk_of
from tests.factories.choosing import acts
from tests.factories.site import Site, Visitor
from tests.factories.studying import ESSAY, StartedFeedback, draft_states, hand_in_text
from tests.factories.teaching import Teaching, last_id, make_teaching

STUDENTS = ["ada@example.edu", "bob@example.edu", "cleo@example.edu", "dora@example.edu"]


def teach(site: Site) -> tuple[Teaching, dict[str, int]]:
    names = ("Ada Student", "Bob Student", "Cleo Student", "Dora Student")
    ids = {name.split()[0]: site.make_person(name) for name in names}
    return make_teaching(site, students=STUDENTS), ids


def look_at(instructor: Visitor, assignment_id: int, data: bytes) -> str:
    """Upload the archive; the address of its dry run."""
    instructor.get(urls.hand_in_for(assignment_id))
    instructor.submit(urls.archives(assignment_id), files={"file": ("submissions.zip", data)})
    return instructor.path


def confirm(instructor: Visitor, assignment_id: int, path: str, reason: str = "") -> None:
    instructor.submit(urls.bring_in_archive(assignment_id, last_id(path)), told="yes", reason=reason)


def essay(of: str) -> bytes:
    return f"{ESSAY}\n\nThis is what {of} thinks of it.".encode()


def states_of_files(site: Site) -> list[str]:
    rows = select(LmsArchiveFile.status).order_by(LmsArchiveFile.archive_id, LmsArchiveFile.position)
    return site.wiring.database.read_now(lambda connection: list(connection.execute(rows).scalars()))


def test_an_archive_is_shown_first_then_brought_in_by_the_worker_and_the_same_one_again_changes_nothing(
    site: Site, clock: SetClock, started: StartedFeedback
) -> None:
    teaching, _ = teach(site)
    instructor, assignment_id = teaching.instructor, teaching.assignment_id
    data = archive(
        ("studentada_11_101_essay.txt", essay("Ada")), ("studentbob_LATE_12_102_essay.txt", essay("Bob")),
        ("strangerzoe_13_103_essay.txt", essay("Zoe")), ("studentcleo_14_104_essay.xyz", b"?"),
        ("studentdora_15_105_essay.docx", b"this is no document"), ("__MACOSX/._studentada_11_101_essay.txt", b"x"),
    )  # fmt: skip
    path = look_at(instructor, assignment_id, data)
    page = instructor.page.text
    assert "5 files from Canvas: 3 to hand in, 1 matched to nobody, 1 refused." in page
    assert "Nobody of this name is enrolled in this course." in page
    assert draft_states(site) == []
    instructor.submit(urls.bring_in_archive(assignment_id, last_id(path)))
    assert instructor.status == 422
    assert "Tick this once the students know" in instructor.page.text
    confirm(instructor, assignment_id, path)
    assert "3 drafts are being handed in." in instructor.page.text
    assert "0 of 3 drafts handed in." in instructor.page.text
    assert draft_states(site) == []
    assert bring_in(site)
    assert not bring_in(site)
    assert draft_states(site) == [("submitted", 1), ("submitted", 1)]
    page = instructor.get(path).text
    assert "2 drafts handed in." in page
    assert "studentdora_15_105_essay.docx" in page
    assert states_of_files(site) == ["taken", "taken", "left_out", "refused", "refused"]
    assert len(started.asked) == 2
    again = look_at(instructor, assignment_id, data)
    assert "1 to hand in, 2 there already" in instructor.page.text
    confirm(instructor, assignment_id, again)
    assert bring_in(site)
    assert draft_states(site) == [("submitted", 1), ("submitted", 1)]
    assert len(started.asked) == 2
    assert acts(site, "draft.hand_in_for") == ["draft.hand_in_for"] * 2
    ada = site.visitor().sign_in("ada@example.edu")
    draft_id = started.asked[0][0]
    page = ada.get(urls.draft(draft_id)).text
    assert "Iris Instructor handed this draft in for you, out of a learning management system." in page
    assert "What happens with your text" in page
    clock.moment += timedelta(minutes=1)
    ada.submit(urls.take_back_draft(draft_id))
    ada.submit(urls.confirm_draft(draft_id))
    assert "handed this draft in for you" not in ada.get(urls.draft(draft_id)).text
    kept = site.wiring.database.read_now(
        lambda connection: connection.execute(select(LmsArchive.content_id, LmsArchive.names_id)).all()
    )
    assert [site.wiring.content.is_erased(row.content_id) for row in kept] == [True, True]
    clock.moment += timedelta(days=31)
    gone = site.wiring.database.write_now(sweep_archives, clock.now())
    assert {row.names_id for row in kept} <= set(gone)
    instructor.client.cookies.clear()
    instructor.sign_in("iris@example.edu")
    assert "the file’s name is erased" in instructor.get(path).text


def test_late_files_come_in_for_a_reason_alone_and_what_changed_meanwhile_is_shown_again(
    site: Site, clock: SetClock
) -> None:
    teaching, ids = teach(site)
    instructor, assignment_id = teaching.instructor, teaching.assignment_id
    ada = site.visitor().sign_in("ada@example.edu")
    hand_in_text(ada, assignment_id, essay("Ada").decode())
    data = archive(
        ("studentada_1_1_essay.txt", essay("Ada")), ("studentbob_2_2_essay.txt", essay("Bob")),
        ("studentcleo_LATE_3_3_essay.txt", essay("Cleo")),
    )  # fmt: skip
    clock.moment += timedelta(days=20)
    instructor.client.cookies.clear()
    instructor.sign_in("iris@example.edu")
    path = look_at(instructor, assignment_id, data)
    assert "2 to hand in, 1 late" in instructor.page.text
    other = site.visitor().sign_in("iris@example.edu")
    other.get(urls.hand_in_for(assignment_id))
    other.submit(urls.hand_in_for(assignment_id), student=str(ids["Bob"]), text=ESSAY, told="yes", reason="He was ill")
    assert other.status == 200, other.page.text
    assert "by Iris Instructor He was ill" in other.page.text
    confirm(instructor, assignment_id, path)
    assert bring_in(site)
    assert states_of_files(site) == ["refused", "taken", "left_out"]
    assert "The student has handed in this very text already." in instructor.get(path).text
    again = look_at(instructor, assignment_id, data)
    other.get(again)
    other.submit(urls.throw_archive_away(assignment_id, last_id(again)))
    confirm(instructor, assignment_id, again, reason="The network was down")
    assert instructor.status == 404
    again = look_at(instructor, assignment_id, data)
    confirm(instructor, assignment_id, again, reason="The network was down")
    assert bring_in(site)
    rows = site.wiring.database.read_now(
        lambda connection: connection.execute(
            select(HandedInFor.reason, Draft.submitted_at > Draft.deadline_at)
            .join(Draft, Draft.id == HandedInFor.draft_id).order_by(Draft.id)
        ).all()
    )  # fmt: skip
    assert [(row[0], bool(row[1])) for row in rows] == [
        ("He was ill", True),
        ("", False),
        ("The network was down", True),
    ]


def test_a_worker_that_ends_midway_leaves_the_rest_to_the_next_and_nothing_comes_twice(
    site: Site, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    teaching, _ = teach(site)
    instructor, assignment_id = teaching.instructor, teaching.assignment_id
    files = [(f"student{name}_1_1_essay.txt", essay(name)) for name in ("ada", "bob", "cleo")]
    path = look_at(instructor, assignment_id, archive(*files))
    confirm(instructor, assignment_id, path)
    archive_id, database, desk = last_id(path), site.wiring.database, desk_of(site)
    assert database.write_now(hold_archive, archive_id, clock.now())
    assert not bring_in(site), "another worker has it in hand"
    clock.moment += timedelta(minutes=3)
    calls: list[bool] = []

    def stopping() -> bool:
        calls.append(True)
        return len(calls) == 2

    assert asyncio.run(lms_worker.bring_in_next(desk, stopping))
    assert states_of_files(site) == ["taken", "waiting", "waiting"]
    with monkeypatch.context() as patched:
        patched.setattr(lms_worker, "keep_content", _busy)
        with pytest.raises(TemporarilyUnavailable):
            bring_in(site)
    assert states_of_files(site) == ["taken", "waiting", "waiting"]
    # What is waited for is nobody's orphan.
    ids = database.read_now(lambda each: each.execute(select(LmsArchive.content_id, LmsArchive.names_id)).one())
    assert database.read_now(content_without_draft, list(ids)) == []
    assert bring_in(site)
    assert states_of_files(site) == ["taken"] * 3
    assert database.read_now(content_without_draft, list(ids)) == [ids[0]]
    many = database.read_now(lambda each: each.execute(select(func.count()).select_from(Draft)).scalar_one())
    assert many == 3


async def _busy(*_: object, **__: object) -> None:
    raise TemporarilyUnavailable


def test_an_unconfirmed_archive_is_forgotten_after_a_day_and_an_unsafe_one_is_never_kept(
    site: Site, clock: SetClock
) -> None:
    teaching, ids = teach(site)
    instructor, assignment_id = teaching.instructor, teaching.assignment_id
    look_at(instructor, assignment_id, archive(("../studentada_1_1_essay.txt", essay("Ada"))))
    assert instructor.status == 422
    assert "not safe to open" in instructor.page.text
    instructor.submit(urls.archives(assignment_id))
    assert "Choose the ZIP file" in instructor.page.text
    path = look_at(instructor, assignment_id, archive(("Ada Student_9_assignsubmission_file_/a.txt", essay("Ada"))))
    assert "1 file from Moodle: 1 to hand in." in instructor.page.text
    # What a person may not do is refused for one student too, and everything typed is kept.
    address = urls.hand_in_for(assignment_id)
    instructor.get(address)
    instructor.submit(address, text="My own words stay here", student=str(ids["Ada"]))
    assert instructor.status == 422
    assert instructor.page.form(address).fields["text"] == "My own words stay here"
    instructor.submit(address, text=ESSAY, student="999999", told="yes")
    assert "Choose one of the students enrolled in this course." in instructor.page.text
    assert draft_states(site) == []
    clock.moment += timedelta(days=1, minutes=1)
    gone = site.wiring.database.write_now(sweep_archives, clock.now())
    assert len(gone) == 2
    instructor.client.cookies.clear()
    instructor.sign_in("iris@example.edu")
    instructor.get(path)
    assert instructor.status == 404
