"""The end of an account: the person is nowhere any more, the rows stand, and the texts are gone."""

import pytest
from sqlalchemy import Connection, insert, inspect, select, text

from feedforward import urls
from feedforward.accounts.status_actions import tombstone
from feedforward.accounts.status_rules import Act
from feedforward.accounts.tables import User
from feedforward.courses.tables import Course, CourseStaff, Enrolment, Invitation
from feedforward.drafts.content import PLACE
from feedforward.drafts.tables import Draft
from feedforward.retention.actions import erase_due
from feedforward.retention.tables import Erasure
from feedforward.storage.content import ContentErased
from feedforward.web.access import Role
from tests.factories.second_factor import set_up
from tests.factories.site import PASSWORD, Site, Visitor
from tests.factories.studying import hand_in_text
from tests.factories.teaching import make_course, make_teaching

NAME, EMAIL = "Zsazsa Quillfeather", "zsazsa@example.edu"


def archive(admin: Visitor, user_id: int) -> None:
    for act in (Act.DEACTIVATE, Act.ARCHIVE):
        admin.get(urls.act_on_person(user_id, act))
        admin.submit(urls.act_on_person(user_id, act))


def delete(admin: Visitor, user_id: int, confirmation: str = EMAIL, password: str = PASSWORD) -> None:
    admin.get(urls.act_on_person(user_id, Act.DELETE))
    admin.submit(urls.act_on_person(user_id, Act.DELETE), confirmation=confirmation, present_password=password)


def everything(connection: Connection) -> str:
    """Every value of every table, as text."""
    tables = inspect(connection).get_table_names()
    return "\n".join(
        str(tuple(row)) for table in sorted(tables) for row in connection.execute(text(f'SELECT * FROM "{table}"'))
    )


def student_with_drafts(site: Site) -> tuple[Visitor, int, int]:
    """An administrator, the student's id, and a draft of theirs."""
    admin = site.person("Adam Admin", Role.ADMIN)
    student = site.person(NAME)
    teaching = make_teaching(site, students=[EMAIL])
    draft_id = hand_in_text(student, teaching.assignment_id)
    return admin, user_of(site, NAME), draft_id


def invite_by_hand(site: Site, user_id: int) -> None:
    """The invitation they once followed, and one that they never did."""
    now = site.wiring.clock.now()
    common = {
        "course_id": value(site, select(Course.id).limit(1)),
        "created_by": value(site, select(Course.owner_id).limit(1)),
        "email": EMAIL, "name": NAME, "section": "A", "student_number": "z123", "invited_at": now, "expires_at": now,
    }  # fmt: skip
    rows = [
        {**common, "role": "student", "status": "joined", "joined_as": user_id},
        {**common, "role": "tutor", "status": "open", "joined_as": None},
    ]
    site.wiring.database.write_now(lambda c: c.execute(insert(Invitation), rows))


def user_of(site: Site, name: str) -> int:
    statement = select(User.id).where(User.name == name)
    return int(site.wiring.database.read_now(lambda c: c.execute(statement).scalar_one()))


def value(site: Site, statement: object) -> object:
    return site.wiring.database.read_now(lambda c: c.execute(statement).scalar_one())  # type: ignore[call-overload]


def test_without_the_address_or_ones_own_password_nothing_is_deleted(site: Site) -> None:
    admin = site.person("Adam Admin", Role.ADMIN)
    user_id = site.make_person(NAME)
    archive(admin, user_id)
    for confirmation, password in (("", PASSWORD), ("somebody@example.edu", PASSWORD), (EMAIL, "not mine at all")):
        delete(admin, user_id, confirmation, password)
        assert admin.status == 422
        assert value(site, select(User.status).where(User.id == user_id)) == "archived"


def test_who_owns_a_course_cannot_be_deleted_and_the_page_says_which(site: Site) -> None:
    admin = site.person("Adam Admin", Role.ADMIN)
    owner = site.person(NAME, Role.INSTRUCTOR)
    course_id = make_course(owner, code="WRI 101", title="Writing")
    user_id = user_of(site, NAME)
    archive(admin, user_id)
    page = admin.get(urls.act_on_person(user_id, Act.DELETE))
    assert "WRI 101, Writing" in page.text
    fields = {"seen": "instructor archived", "confirmation": EMAIL, "present_password": PASSWORD}
    admin.post(urls.act_on_person(user_id, Act.DELETE), fields)
    assert admin.status == 422
    assert value(site, select(User.status).where(User.id == user_id)) == "archived"
    assert value(site, select(Course.owner_id).where(Course.id == course_id)) == user_id


def test_the_page_says_what_goes_before_it_goes(site: Site) -> None:
    admin, user_id, _ = student_with_drafts(site)
    archive(admin, user_id)
    page = admin.get(urls.act_on_person(user_id, Act.DELETE))
    assert "This cannot be undone" in page.text
    assert "The text of 1 draft is erased at once" in page.text


def test_a_deleted_person_is_named_nowhere_and_their_rows_stand(site: Site) -> None:
    admin, user_id, draft_id = student_with_drafts(site)
    set_up(site, site.visitor().sign_in(EMAIL))
    invite_by_hand(site, user_id)
    archive(admin, user_id)
    delete(admin, user_id)
    assert admin.path == urls.person(user_id)
    assert "Deleted person" in admin.page.text
    database = site.wiring.database
    left = database.read_now(everything)
    for word in ("Zsazsa", "Quillfeather", "zsazsa", "z123"):
        assert word not in left
    row = database.read_now(lambda c: c.execute(select(User).where(User.id == user_id)).one())
    assert (row.status, row.email, row.deleted_at) == ("deleted", tombstone(user_id), site.wiring.clock.now())
    assert value(site, select(Draft.student_id).where(Draft.id == draft_id)) == user_id
    assert value(site, select(Enrolment.status).where(Enrolment.student_id == user_id)) == "removed"


def test_the_texts_of_a_deleted_person_cannot_be_read_any_more(site: Site) -> None:
    admin, user_id, draft_id = student_with_drafts(site)
    content_id = str(value(site, select(Draft.content_id).where(Draft.id == draft_id)))
    sealed = value(site, select(Draft.content).where(Draft.id == draft_id))
    assert isinstance(sealed, bytes)
    site.wiring.content.unseal(content_id, sealed, PLACE)
    archive(admin, user_id)
    delete(admin, user_id)
    assert value(site, select(Draft.erased_at).where(Draft.id == draft_id)) == site.wiring.clock.now()
    assert value(site, select(Draft.content).where(Draft.id == draft_id)) is None
    assert value(site, select(Erasure.reason).where(Erasure.draft_id == draft_id)) == "person_deleted"
    with pytest.raises(ContentErased):
        site.wiring.content.unseal(content_id, sealed, PLACE)


def test_an_interrupted_erasure_is_finished_by_the_hourly_clean_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    admin, user_id, draft_id = student_with_drafts(site)
    archive(admin, user_id)
    with monkeypatch.context() as broken:
        broken.setattr("feedforward.home.person_routes.finish_person_erasure", lambda *args, **kwargs: 0)
        delete(admin, user_id)
    assert value(site, select(Draft.erased_at).where(Draft.id == draft_id)) is None
    settings, now = site.wiring.settings, site.wiring.clock.now()
    erased = erase_due(
        site.wiring.database, site.wiring.content, unreleased_days=settings.unreleased_days,
        notice_days=settings.notice_days, now=now,
    )  # fmt: skip
    assert erased == 1
    assert value(site, select(Draft.erased_at).where(Draft.id == draft_id)) == now


def test_the_address_can_be_used_for_a_new_account_which_is_another_person(site: Site) -> None:
    admin = site.person("Adam Admin", Role.ADMIN)
    user_id = site.make_person(NAME)
    archive(admin, user_id)
    delete(admin, user_id)
    assert site.visitor().sign_in(EMAIL).status == 422
    assert site.visitor().sign_in(tombstone(user_id)).status == 422
    assert site.make_person(NAME) != user_id
    assert site.visitor().sign_in(EMAIL).path == urls.home()


def test_what_a_deleted_person_taught_keeps_its_row(site: Site) -> None:
    admin, owner = site.person("Adam Admin", Role.ADMIN), site.person("Iris Instructor", Role.INSTRUCTOR)
    course_id = make_course(owner)
    user_id = site.make_person(NAME, Role.INSTRUCTOR)
    now = site.wiring.clock.now()
    site.wiring.database.write_now(
        lambda c: c.execute(
            insert(CourseStaff).values(course_id=course_id, user_id=user_id, role="co_instructor", added_at=now)
        )
    )
    archive(admin, user_id)
    delete(admin, user_id)
    assert value(site, select(CourseStaff.role).where(CourseStaff.user_id == user_id)) == "co_instructor"


def test_a_persons_page_shows_courses_by_title_and_no_word_of_a_draft(site: Site) -> None:
    admin, user_id, _ = student_with_drafts(site)
    page = admin.get(urls.person(user_id))
    assert "studies here" in page.text
    assert "Last seen" in page.text
    assert urls.act_on_person(user_id, Act.DELETE) not in page.links.values()
