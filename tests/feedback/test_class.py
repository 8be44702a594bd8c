"""A class at a glance, reminding who is missing, and taking its table and feedback along."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from feedforward import urls
from feedforward.accounts.tables import User
from feedforward.assignments.settings_tables import AssignmentSettings
from feedforward.audit.tables import AuditEvent
from feedforward.clock import SetClock
from feedforward.courses.tables import CourseStaff, Enrolment, TutorSection
from feedforward.feedback.class_archive import plain
from feedforward.feedback.class_letters import write_class_reminder
from feedforward.feedback.class_rules import ClassDraft, Standing, in_a_table, newest, standing_of
from feedforward.mail.addresses import Recipient
from feedforward.mail.letters import Message
from feedforward.mail.tables import MailMessage
from feedforward.wiring import Wiring
from tests.factories.feedback_rows import merge, release
from tests.factories.site import Site, Visitor
from tests.factories.studying import StartedFeedback, hand_in_text, wiring_with
from tests.factories.teaching import make_assignment, make_teaching

ANONYMOUS = {
    "chosen": '{"anonymous": true}', "file_types": "", "publish_opens_course": False, "publish_problem": "",
}  # fmt: skip


@dataclass
class Class:
    """Ada (section A) has released feedback and a second draft that waits; Bela (B) and Zoë (no section) have nothing;
    Tim is a tutor of section A alone."""

    site: Site
    instructor: Visitor
    tutor: Visitor
    course_id: int
    assignment_id: int
    ids: dict[str, int] = field(default_factory=dict)
    drafts: list[int] = field(default_factory=list)

    def rows(self, statement: Any) -> list[Any]:
        return self.site.wiring.database.read_now(lambda connection: list(connection.execute(statement)))

    def run(self, statement: Any) -> None:
        self.site.wiring.database.write_now(lambda connection: connection.execute(statement))


@pytest.fixture
def room(wiring: Wiring) -> Iterator[Class]:
    with Site.open(wiring_with(wiring, StartedFeedback())) as site:
        ada = site.person("Ada Author")
        ids = {"ada": 0, "bela": site.make_person("=Bela Boyd", email="bela@example.edu")}
        ids["zoe"] = site.make_person("Zoë Ångström", email="zoe@example.edu")
        teaching = make_teaching(site, students=["ada@example.edu", "bela@example.edu", "zoe@example.edu"])
        tutor = site.person("Tim Tutor")
        made = Class(site, teaching.instructor, tutor, teaching.course_id, teaching.assignment_id, ids)
        people = {row.email.split("@")[0]: row.id for row in made.rows(select(User.id, User.email))}
        ids |= people
        now = site.wiring.clock.now()
        for who, section in (("ada", "A"), ("bela", "B")):
            made.run(update(Enrolment).where(Enrolment.student_id == ids[who]).values(section=section))
        place = {"course_id": made.course_id, "user_id": ids["tim"]}
        made.run(insert(CourseStaff).values(**place, role="tutor", added_at=now, sees_all=False))
        made.run(insert(TutorSection).values(**place, section="A"))
        made.drafts = [hand_in_text(ada, made.assignment_id)]
        merge(site, made.drafts[0])
        release(site, made.drafts[0], by=ids["iris"])
        made.drafts.append(hand_in_text(ada, made.assignment_id))
        merge(site, made.drafts[1])
        yield made


def test_the_grid_says_where_everybody_stands_and_narrows(room: Class) -> None:
    instructor, one = room.instructor, room.assignment_id
    make_assignment(instructor, room.site, room.course_id, title="Not published")
    page = instructor.get(urls.course_class(room.course_id))
    assert "3 students." in page.text
    assert "Not published" not in page.text
    assert "Waits for review" in page.text
    assert page.links["Draft 2"] == urls.review(room.drafts[1])
    page = instructor.get(urls.course_class(room.course_id, assignment=one))
    assert page.links["Draft 1"] == urls.review(room.drafts[0])
    assert "Feedback released" in page.text
    assert "2 students have handed in nothing." in page.text
    narrowed = {
        urls.course_class(room.course_id, section="A"): {"ada"},
        urls.course_class(room.course_id, search="ZOË"): {"zoe"},
        urls.course_class(room.course_id, search="bela@"): {"bela"},
        urls.course_class(room.course_id, state="nothing"): {"bela", "zoe"},
        urls.course_class(room.course_id, state="waiting"): {"ada"},
        # The newest draft counts: an earlier one with feedback does not make a student done.
        urls.course_class(room.course_id, assignment=one, state="released"): set(),
        urls.course_class(room.course_id, assignment=one, section="B", state="nothing"): {"bela"},
        urls.course_class(room.course_id, section="A", state="nothing"): set(),
        urls.course_class(room.course_id, search="%"): set(),
    }
    names = {"ada": "Ada Author", "bela": "=Bela Boyd", "zoe": "Zoë Ångström"}
    for address, found in narrowed.items():
        text = instructor.get(address).text
        assert {who for who, name in names.items() if name in text} == found, address
    instructor.get(urls.course_class(room.course_id, assignment=999))
    assert instructor.status == 404


def test_who_is_missing_is_reminded_once_a_day_and_the_page_says_who(room: Class, clock: SetClock) -> None:
    instructor, here = room.instructor, urls.course_class(room.course_id, assignment=room.assignment_id)
    posted = select(MailMessage.user_id).where(MailMessage.template == "class_reminder").order_by(MailMessage.id)
    instructor.get(here)
    page = instructor.submit(urls.remind_class(room.course_id))
    assert "2 students are reminded; the list says who." in page.text
    assert page.text.count("reminded just now") == 2
    assert {row[0] for row in room.rows(posted)} == {room.ids["bela"], room.ids["zoe"]}
    page = instructor.submit(urls.remind_class(room.course_id))
    assert (
        "No students are reminded; the list says who. 2 were reminded within the last day and left alone." in page.text
    )
    assert len(room.rows(posted)) == 2
    noted = select(AuditEvent.detail).where(AuditEvent.action == "class.remind")
    assert [row[0]["students"] for row in room.rows(noted)] == [sorted((room.ids["bela"], room.ids["zoe"]))]
    # A tutor of section A reminds nobody of section B, whatever is posted.
    fields = {"assignment": str(room.assignment_id), "section": "B"}
    clock.moment += timedelta(hours=1)
    room.tutor.post(urls.remind_class(room.course_id), fields)
    assert "No students are reminded" in room.tutor.page.text
    clock.moment += timedelta(days=1)
    instructor = room.site.visitor().sign_in("iris@example.edu")
    bela = room.site.visitor().sign_in("bela@example.edu")
    hand_in_text(bela, room.assignment_id)
    instructor.get(here)
    assert "1 student is reminded" in instructor.submit(urls.remind_class(room.course_id)).text
    # The letter is not written to who handed in meanwhile.
    message = Message(
        1, "class_reminder", Recipient("bela@example.edu", "Bela", room.ids["bela"]),
        {"assignment_id": room.assignment_id}, None, clock.now(), clock.now(),
    )  # fmt: skip
    written = room.site.wiring.database.write_now(write_class_reminder, message)
    assert written is None
    clock.moment += timedelta(days=30)
    instructor = room.site.visitor().sign_in("iris@example.edu")
    assert "nobody is reminded of it" in instructor.get(here).text
    instructor.post(urls.remind_class(room.course_id), {**fields, "section": ""})
    assert instructor.status == 422


def test_the_table_holds_no_formula_and_taking_it_along_is_recorded(room: Class) -> None:
    room.instructor.get(urls.class_table(room.course_id))
    assert room.instructor.last is not None
    assert "attachment" in room.instructor.last.headers["content-disposition"]
    lines = list(csv.reader(io.StringIO(room.instructor.last.content.decode("utf-8-sig"))))
    assert lines[0][:4] == ["Name", "E-mail", "Student number", "Section"]
    by_email = {line[1]: line for line in lines[1:]}
    assert by_email["bela@example.edu"][0] == "'=Bela Boyd"
    assert by_email["ada@example.edu"][3:6] == ["A", "2", "Waits for review"]
    assert by_email["zoe@example.edu"][4:] == ["0", "Nothing yet", "", ""]
    noted = room.rows(select(AuditEvent.subject_id, AuditEvent.detail).where(AuditEvent.action == "class.export"))
    assert [(row.subject_id, row.detail["rows"]) for row in noted] == [(str(room.course_id), 3)]
    room.tutor.get(urls.class_table(room.course_id))
    assert room.tutor.last is not None
    assert "ada@example.edu" in room.tutor.last.text
    assert "bela@example.edu" not in room.tutor.last.text


def archive_of(who: Visitor, address: str) -> dict[str, str]:
    who.get(address)
    assert who.status == 200
    assert who.last is not None
    with zipfile.ZipFile(io.BytesIO(who.last.content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_feedback_of_a_class_is_read_offline_and_holds_what_the_asker_may_see(room: Class) -> None:
    address = urls.class_feedback(room.course_id)
    files = archive_of(room.instructor, address)
    assert [name for name in files if "Ada-Author-draft" in name] == [
        f"Should-cities-ban-cars-{room.assignment_id}/Ada-Author-draft-1-{room.drafts[0]}.html"
    ]
    document = files[next(name for name in files if "draft-1" in name)]
    for told in ("A clear stand with little evidence.", "Give one reason right after it.", "released by Iris", "buses"):
        assert told in document, told
    # An unsupported comment is kept from the student, and from this file.
    assert "An invented passage." not in document
    assert "src=" not in document
    assert "<script" not in document
    assert "default-src 'none'" in document
    assert f"draft-1-{room.drafts[0]}.html" in files["index.html"]
    everything = archive_of(room.instructor, f"{address}?all=yes")
    assert len(everything) == 3
    waiting = everything[next(name for name in everything if "draft-2" in name)]
    assert "Not reviewed and not released" in waiting
    noted = room.rows(select(AuditEvent.detail).where(AuditEvent.action == "class.export_feedback"))
    assert [row[0]["rows"] for row in noted] == [1, 2]
    assert len(archive_of(room.tutor, address)) == 2
    # What is reviewed without names is taken along without them, and no link beside a name leads to it.
    room.run(insert(AssignmentSettings).values(ANONYMOUS | {"assignment_id": room.assignment_id}))
    everything = archive_of(room.instructor, f"{address}?all=yes")
    hidden = [name for name in everything if "/A-student-draft-2" in name]
    assert len(hidden) == 1
    assert "Ada" not in everything[hidden[0]]
    assert any("/Ada-Author-draft-1" in name for name in everything)
    assert "Draft 2" not in room.instructor.get(urls.course_class(room.course_id)).links
    room.run(update(Enrolment).where(Enrolment.student_id == room.ids["ada"]).values(section="B"))
    assert set(archive_of(room.tutor, address)) == {"index.html"}
    assert "No student is in your part" in room.tutor.get(urls.course_class(room.course_id)).text


@given(st.text())
def test_a_name_in_the_archive_never_leaves_its_folder(text: str) -> None:
    assert set(plain(text)) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")


@given(st.text())
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert in_a_table(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")


def test_a_draft_stands_where_its_instructor_counts_it() -> None:
    def draft(status: str, feedback: str | None = None, number: int = 1) -> ClassDraft:
        return ClassDraft(number, 1, 1, number, status, datetime(2026, 11, 16, tzinfo=UTC), feedback, None, None)

    cases = {
        Standing.NOTHING: None,
        Standing.READING: draft("merging"),
        Standing.WAITING: draft("needs_manual_feedback", "awaiting_review"),
        Standing.SAVED: draft("awaiting_review", "saved"),
        Standing.SCHEDULED: draft("awaiting_review", "scheduled"),
        Standing.RELEASED: draft("released", "released"),
        Standing.WITHHELD: draft("withheld", "withheld"),
    }
    assert {standing: standing_of(each) for standing, each in cases.items()} == {each: each for each in Standing}
    assert standing_of(draft("awaiting_review", "recalled")) is Standing.WAITING
    assert newest([draft("released", number=1), draft("reading", number=3), draft("reading", number=2)]) == draft(
        "reading", number=3
    )
