"""Students with an account who are added to a course are told, as often as they chose."""

from pathlib import Path

import pytest
from sqlalchemy import select

from feedforward import urls
from feedforward.courses.tables import Enrolment
from feedforward.mail.rules import Frequency, MailStatus
from feedforward.mail.tables import MailMessage
from feedforward.settings import Settings
from feedforward.web.access import Role
from tests.factories.letters import write_waiting
from tests.factories.site import Site
from tests.factories.teaching import enrol_students, make_course


@pytest.fixture
def database_address(migrated_file: Path, tmp_path: Path) -> str:
    """Nothing here depends on the kind of database."""
    (tmp_path / "feedforward.db").write_bytes(migrated_file.read_bytes())
    return f"sqlite:///{tmp_path / 'feedforward.db'}"


@pytest.fixture
def settings(database_address: str, tmp_path: Path) -> Settings:
    return Settings(
        _env_file=None, data_folder=tmp_path / "data", database_url=database_address, smtp_host="127.0.0.1",
        mail_from="feedback@example.edu",
    )  # fmt: skip


def statuses(site: Site) -> list[tuple[str, str]]:
    found = select(MailMessage.topic, MailMessage.status).where(MailMessage.template == "enrolled")
    rows = site.wiring.database.read_now(lambda c: c.execute(found.order_by(MailMessage.id)).all())
    return [(row.topic, row.status) for row in rows]


def test_each_gets_a_letter_as_often_as_they_chose(site: Site) -> None:
    for name, frequency in (("Ada Student", ""), ("Ben Student", Frequency.DAILY), ("Cleo Student", Frequency.NEVER)):
        student = site.person(name)
        if frequency:
            student.get(urls.mail_settings())
            student.submit(urls.mail_settings(), enrolments=frequency)
            assert student.status == 200
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    course_id = make_course(instructor)
    everybody = ["ada@example.edu", "ben@example.edu", "cleo@example.edu"]
    enrol_students(instructor, course_id, everybody)
    assert statuses(site) == [("enrolments", each) for each in (MailStatus.WAITING, MailStatus.HELD, MailStatus.UNSENT)]
    (written,) = [each for each in write_waiting(site) if each.template == "enrolled"]
    assert written.to == "ada@example.edu"
    assert written.letter.subject.startswith("You are now in ")
    assert "Iris Instructor added you" in " ".join(written.letter.paragraphs)


def test_who_is_removed_before_it_goes_out_gets_none(site: Site) -> None:
    site.make_person("Ada Student")
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    course_id = make_course(instructor)
    enrol_students(instructor, course_id, ["ada@example.edu"])
    site.wiring.database.write_now(lambda c: c.execute(Enrolment.__table__.update().values(status="removed")))  # type: ignore[attr-defined]
    assert [each for each in write_waiting(site) if each.template == "enrolled"] == []
