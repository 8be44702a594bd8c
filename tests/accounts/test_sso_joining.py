"""Joining a course with the sign-in of an institution: an account without a password, and nobody else's place."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from feedforward import urls
from feedforward.accounts.passwords import NO_PASSWORD
from feedforward.accounts.sso_tables import SignOnIdentity
from feedforward.accounts.tables import User
from feedforward.clock import SetClock
from feedforward.courses.tables import Enrolment
from feedforward.settings import Settings
from feedforward.web.access import Role
from tests.factories.institutions import configured, person_with_identity, register, sign_on
from tests.factories.letters import write_waiting
from tests.factories.site import PASSWORD, Site
from tests.factories.teaching import make_course


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime.now(UTC))


@pytest.fixture
def local_sign_in() -> bool:
    return True


@pytest.fixture
def settings(database_address: str, tmp_path: Path, issuer: str, local_sign_in: bool) -> Settings:
    entry = configured(issuer, domains=["student.example.edu", "example.edu"][: 2 if local_sign_in else 1])
    return Settings(
        _env_file=None, data_folder=tmp_path / "data", database_url=database_address, smtp_host="127.0.0.1",
        mail_from="feedback@example.edu", sign_on={"north": entry | {"local_sign_in": local_sign_in}},
    )  # fmt: skip


def invited(site: Site, email: str) -> str:
    """The path of the link in the letter of an invitation."""
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    course_id = make_course(instructor)
    instructor.get(urls.add_people(course_id))
    instructor.submit(urls.check_people(course_id), emails=email)
    instructor.submit(urls.add_people(course_id))
    return next(each.path for each in write_waiting(site) if "/join" in each.path)


def enrolled(site: Site) -> list[tuple[str, str, str]]:
    """Address, hash and subject of who studies."""
    found = (
        select(User.email, User.password_hash, SignOnIdentity.subject)
        .join(Enrolment, Enrolment.student_id == User.id)
        .outerjoin(SignOnIdentity, SignOnIdentity.user_id == User.id)
    )
    return [tuple(row) for row in site.wiring.database.read_now(lambda c: c.execute(found).all())]  # type: ignore[misc]


def test_an_invited_person_joins_with_their_institution_and_needs_no_password(site: Site, issuer: str) -> None:
    register(issuer, "nora", email="nora@example.edu", email_verified=True, name="Nora Newman")
    path = invited(site, "nora@example.edu")
    browser = site.visitor()
    assert "Sign in with North University" in browser.get(path).links
    sign_on(browser, "nora", back_to=path)
    assert (browser.path, browser.page.form(urls.join_by_sign_on()).fields["name"]) == (urls.join(), "Nora Newman")
    browser.submit(urls.join_by_sign_on(), name=" ", accepted="1")
    assert (browser.status, enrolled(site)) == (422, [])
    browser.submit(urls.join_by_sign_on(), name="Nora Newman", accepted="yes")
    assert (browser.path, enrolled(site)) == (urls.home(), [("nora@example.edu", NO_PASSWORD, "nora")])
    assert sign_on(site.visitor(), "nora").path == urls.home()
    # There is nothing to guess: no password opens it.
    other = site.visitor().sign_in("nora@example.edu", NO_PASSWORD)
    assert other.status == 422


def test_without_the_link_or_the_sign_in_nobody_joins(site: Site, issuer: str) -> None:
    path = invited(site, "nora@example.edu")
    browser = site.visitor()
    browser.post(urls.join_by_sign_on(), {"token": path.split("token=")[1], "name": "Nora"})
    assert (browser.status, enrolled(site)) == (422, [])
    sign_on(browser, "someone", back_to=path)
    browser.post(urls.join_by_sign_on(), {"token": "guessed", "name": "Nora"})
    assert (browser.status, enrolled(site)) == (404, [])


def test_an_identity_that_has_an_account_signs_in_to_it_instead_of_a_second_one(site: Site, issuer: str) -> None:
    person_with_identity(site, issuer, "ada")
    path = invited(site, "nora@example.edu")
    browser = sign_on(site.visitor(), "ada", back_to=path)
    assert "you are signed in as ada@example.edu" in browser.page.text
    browser.post(urls.join_by_sign_on(), {"token": path.split("token=")[1], "name": "Nora"})
    assert enrolled(site) == []


def test_somebody_invited_whose_account_is_here_connects_it_and_comes_back(site: Site, issuer: str) -> None:
    register(issuer, "ada-too", email="ada@example.edu", email_verified=True)
    path = invited(site, "ada@example.edu")
    site.make_person("Ada Student")
    browser = sign_on(site.visitor(), "ada-too", back_to=path)
    assert browser.path == urls.connect_sign_on()
    browser.submit(urls.connect_sign_on(), present_password=PASSWORD)
    assert browser.path == urls.join()
    browser.submit(urls.confirm_join())
    assert [each[0] for each in enrolled(site)] == ["ada@example.edu"]


@pytest.mark.parametrize("local_sign_in", [False])
def test_where_local_sign_in_is_off_nobody_joins_with_a_password(site: Site, issuer: str) -> None:
    register(issuer, "nora", email="nora@student.example.edu", email_verified=True, name="Nora Newman")
    path = invited(site, "nora@student.example.edu")
    browser = site.visitor()
    assert "Go on to North University" in browser.get(path).links
    browser.post(urls.join(), {"token": path.split("token=")[1], "name": "Nora", "password": PASSWORD + " again"})
    assert (browser.status, enrolled(site)) == (422, [])
    assert "Go on to North University" in browser.page.links
    sign_on(browser, "nora", back_to=path)
    browser.submit(urls.join_by_sign_on(), accepted="1")
    assert [each[0] for each in enrolled(site)] == ["nora@student.example.edu"]
