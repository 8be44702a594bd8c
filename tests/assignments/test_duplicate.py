"""A course into another term: what was prepared comes along, what students did stays behind."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import Connection, func, insert, select

from feedforward import urls
from feedforward.assignments.duplicate_actions import OWN_OF_A_COPY
from feedforward.assignments.duplicate_rules import DuplicateSpec, parse_duplicate, shifted
from feedforward.assignments.queries import reader_settings, task_for_work, tasks_of_course
from feedforward.assignments.settings_tables import AssignmentSettings, TaskSheet
from feedforward.assignments.tables import Assignment, ModelSetting
from feedforward.courses.tables import Course, CourseStaff, Enrolment, TutorSection
from feedforward.drafts.tables import Draft
from feedforward.web.access import Role
from feedforward.wiring import Wiring
from tests.courses.test_courses import make_tutor
from tests.factories.site import Site
from tests.factories.studying import StartedFeedback, hand_in_text, wiring_with
from tests.factories.teaching import last_id, make_assignment, make_teaching

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC", "Asia/Kathmandu")
FIELDS = {
    "code": "ENG 102", "title": "Writing", "term": "", "description": "", "time_zone": "UTC", "department": "",
}  # fmt: skip


@given(
    st.integers(1767225600, 1893456000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    st.sampled_from(ZONES),
    st.integers(-3660, 3660),
)
@example(datetime(2026, 3, 28, 1, 30, tzinfo=UTC), "Europe/Berlin", 1)
@example(datetime(2026, 10, 24, 0, 30, tzinfo=UTC), "Europe/Berlin", 1)
def test_a_moved_date_keeps_its_hour_of_the_day_where_there_is_one(moment: datetime, zone: str, days: int) -> None:
    there = ZoneInfo(zone)
    local = moment.astimezone(there).replace(tzinfo=None, fold=0)
    found = shifted(moment, zone, days).astimezone(there).replace(tzinfo=None, fold=0)
    assert found.date() == (local + timedelta(days=days)).date()
    gap = found - (local + timedelta(days=days))
    assert timedelta() <= gap <= timedelta(hours=1)
    if gap:
        wanted = (local + timedelta(days=days)).replace(tzinfo=there)
        assert wanted.astimezone(UTC).astimezone(there).replace(tzinfo=None) != wanted.replace(tzinfo=None)


def test_what_was_typed_is_checked_before_anything_is_made() -> None:
    def parsed(days: str = "364", dates: str = "shift") -> DuplicateSpec | dict[str, str]:
        return parse_duplicate(FIELDS, assignments=("3", "x", "٣"), dates=dates, days=days, staff=False, sections=True)

    for wrong in ("", "a year", "99999", "1.5", "--3", "3661"):
        assert isinstance(found := parsed(wrong), dict), wrong
        assert "days" in found
    assert "dates" in parsed(dates="whenever")  # type: ignore[operator]
    spec = parsed("-7")
    assert isinstance(spec, DuplicateSpec)
    assert (spec.days, spec.assignments, spec.sections) == (-7, frozenset({3}), False)
    later = parsed("nothing typed", "later")
    assert isinstance(later, DuplicateSpec)
    assert later.days is None


def test_every_column_of_an_assignment_comes_along_or_is_named_as_the_copys_own() -> None:
    for table in (Assignment, ModelSetting, AssignmentSettings):
        names = {column.name for column in table.__table__.columns}
        assert OWN_OF_A_COPY[table.__tablename__] <= names


def test_a_course_comes_into_another_term_without_its_students(wiring: Wiring) -> None:
    with Site.open(wiring_with(wiring, StartedFeedback())) as site:
        database, now = wiring.database, wiring.clock.now()
        ada = site.person("Ada Author")
        teaching = make_teaching(site, students=["ada@example.edu"], word_max="900", guidelines="Be kind.")
        instructor, course_id = teaching.instructor, teaching.course_id
        hand_in_text(ada, teaching.assignment_id)
        second = make_assignment(instructor, site, course_id, title="Left behind")
        third = make_assignment(instructor, site, course_id, title="Not finished", due_in=timedelta(days=1))
        make_tutor(site, course_id)
        colleague = site.make_person("Cora Colleague", Role.INSTRUCTOR)

        def ids(statement: Any) -> list[Any]:
            return list(database.read_now(lambda connection: connection.execute(statement).scalars()))

        tutor = ids(select(CourseStaff.user_id).where(CourseStaff.role == "tutor"))[0]

        def prepare(connection: Connection) -> None:
            connection.execute(
                insert(CourseStaff).values(
                    course_id=course_id, user_id=colleague, role="co_instructor", added_at=now, sees_all=True
                )
            )
            connection.execute(insert(TutorSection).values(course_id=course_id, user_id=tutor, section="Monday"))

        database.write_now(prepare)
        address = urls.duplicate_course(course_id)
        form = instructor.get(address).form(address)
        assert sorted(form.lists["assignments"]) == sorted(map(str, (teaching.assignment_id, second, third)))
        page = instructor.submit(address, code="", days="soon")
        assert instructor.status == 422
        assert "Enter a whole number of days" in page.text
        chosen = [str(teaching.assignment_id), str(third), "999"]
        instructor.get(address)
        instructor.submit(address, term="Spring 2027", code="ENG 102", assignments=chosen, days="182")
        assert instructor.status == 200, instructor.page.text
        copied = last_id(instructor.path)
        assert copied != course_id
        owner = ids(select(Course.owner_id).where(Course.id == copied))[0]
        tasks = database.read_now(tasks_of_course, owner, copied)
        original = database.read_now(task_for_work, teaching.assignment_id)
        by_title = {task.title: task for task in tasks}
        assert set(by_title) == {"Should cities ban cars?", "Not finished"}
        task = by_title["Should cities ban cars?"]
        assert (task.status, task.rubric_id, task.word_max, task.guidelines) == (
            "draft", original.rubric_id, 900, "Be kind.",
        )  # fmt: skip
        assert task.due_at == shifted(original.due_at, original.time_zone, 182)
        assert [(each.reader, each.runs) for each in database.read_now(reader_settings, task.assignment_id)] == [
            ("built-in", 1)
        ]
        assert ids(select(func.count()).select_from(Enrolment).where(Enrolment.course_id == copied)) == [0]
        assert ids(select(func.count()).select_from(Draft).where(Draft.assignment_id == task.assignment_id)) == [0]
        staff = select(CourseStaff.role).where(CourseStaff.course_id == copied).order_by(CourseStaff.role)
        assert ids(staff) == ["co_instructor", "owner", "tutor"]
        sections = select(TutorSection.section).where(TutorSection.course_id == copied)
        assert ids(sections) == ["Monday"]
        # A colleague duplicates it again, with dates to be set, and owns what they made.
        cora = site.visitor().sign_in("cora@example.edu")
        cora.get(address)
        cora.submit(address, term="Autumn 2027", dates="later", assignments=[str(teaching.assignment_id)])
        again = last_id(cora.path)
        assert ids(select(Course.owner_id).where(Course.id == again)) == [colleague]
        later = database.read_now(tasks_of_course, colleague, again)[0]
        assert "The due date has passed. Choose a later one." in cora.get(urls.assignment(later.assignment_id)).text
        tom = site.visitor().sign_in("tom@example.edu")
        tom.get(address)
        assert tom.status == 403


def test_a_task_sheet_comes_along_under_a_key_of_its_own(site: Site) -> None:
    teaching = make_teaching(site)
    instructor, original = teaching.instructor, teaching.assignment_id
    instructor.get(urls.task_sheet(original))
    instructor.submit(urls.task_sheet(original), files={"file": ("Task.md", b"# Task\n\nWrite about Ghent.")})
    instructor.get(urls.duplicate_course(teaching.course_id))
    instructor.submit(urls.duplicate_course(teaching.course_id), term="Spring 2027")
    new_id = last_id(instructor.path)

    def copied(connection: Connection) -> list[Any]:
        standing = select(TaskSheet.assignment_id, TaskSheet.content_id).where(TaskSheet.removed_at.is_(None))
        return list(connection.execute(standing.order_by(TaskSheet.id)))

    (_, mine), (copy, its_own) = site.wiring.database.read_now(copied)
    assert mine != its_own
    assert site.wiring.database.read_now(task_for_work, copy).course_id == new_id
    # The copy stands when the original is taken away.
    instructor.get(urls.task_sheet(original))
    instructor.submit(urls.remove_task_sheet(original))
    assert site.wiring.content.is_erased(mine)
    instructor.get(urls.task_sheet_file(copy))
    assert instructor.last is not None
    assert instructor.last.content == b"# Task\n\nWrite about Ghent."
    # What is refused leaves no key behind.
    before = set(site.wiring.content.content_ids(site.wiring.clock.now() + timedelta(days=1)))
    instructor.get(urls.duplicate_course(new_id))
    form = instructor.page.form(urls.duplicate_course(new_id))
    instructor.post(form.action, {**{k: v for k, v in form.fields.items() if k != "assignments"}, "code": ""})
    assert instructor.status == 422
    assert set(site.wiring.content.content_ids(site.wiring.clock.now() + timedelta(days=1))) == before
