"""The life of an account: roles, deactivating and what follows, and that one administrator always remains."""

import threading

import pytest
from sqlalchemy import select

from feedforward import urls
from feedforward.accounts.people_rules import AccountStatus
from feedforward.accounts.status_actions import change_role, move_account
from feedforward.accounts.status_rules import MOVES, Act, acts_for
from feedforward.accounts.tables import User
from feedforward.audit.tables import AuditEvent
from feedforward.errors import FeedForwardError, NotPermitted, RuleBroken
from feedforward.web.access import Role
from tests.factories.letters import write_waiting
from tests.factories.second_factor import set_up
from tests.factories.site import PASSWORD, Site, Visitor


def state(site: Site, user_id: int) -> tuple[str, str]:
    row = site.wiring.database.read_now(
        lambda c: c.execute(select(User.role, User.status).where(User.id == user_id)).one()
    )
    return row.role, row.status


def act(admin: Visitor, user_id: int, what: Act, present_password: str = "") -> None:
    """Through the page that says what it means."""
    admin.get(urls.act_on_person(user_id, what))
    admin.submit(urls.act_on_person(user_id, what), present_password=present_password)


@pytest.fixture
def admin(site: Site) -> Visitor:
    return site.person("Adam Admin", Role.ADMIN)


def test_who_is_deactivated_is_out_at_once_and_cannot_come_in(site: Site, admin: Visitor) -> None:
    browser = site.person("Ada Student")
    user_id = id_of(site, "Ada Student")
    admin.get(urls.act_on_person(user_id, Act.DEACTIVATE))
    assert "signed out at once and cannot sign in" in admin.page.text
    assert state(site, user_id) == ("student", "active")
    admin.submit(urls.act_on_person(user_id, Act.DEACTIVATE))
    assert "The account is inactive" in admin.page.text
    browser.get(urls.home())
    assert browser.path == urls.sign_in()
    assert site.visitor().sign_in("ada@example.edu").status == 422
    act(admin, user_id, Act.REACTIVATE)
    assert site.visitor().sign_in("ada@example.edu").path == urls.home()


def test_a_reset_link_sent_before_is_worth_nothing_after_deactivating_and_reactivating(
    site: Site, admin: Visitor
) -> None:
    user_id = site.make_person("Ada Student")
    browser = site.visitor()
    browser.get(urls.forgotten_password())
    browser.submit(urls.forgotten_password(), email="ada@example.edu")
    (letter,) = write_waiting(site)
    act(admin, user_id, Act.DEACTIVATE)
    act(admin, user_id, Act.REACTIVATE)
    browser.get(letter.path)
    assert browser.status == 404


def test_an_account_goes_step_by_step_and_no_step_is_left_out(site: Site, admin: Visitor) -> None:
    user_id = site.make_person("Ada Student")
    for what in (Act.ARCHIVE, Act.DELETE, Act.REACTIVATE):
        admin.post(urls.act_on_person(user_id, what), {"seen": "student active", "present_password": PASSWORD})
        assert admin.status == 422
    act(admin, user_id, Act.DEACTIVATE)
    act(admin, user_id, Act.ARCHIVE)
    assert state(site, user_id) == ("student", "archived")
    act(admin, user_id, Act.REACTIVATE)
    assert state(site, user_id) == ("student", "active")


def test_a_new_role_is_there_at_once_and_ends_the_sessions_of_the_old_one(site: Site, admin: Visitor) -> None:
    browser = site.person("Iris Instructor", Role.INSTRUCTOR)
    user_id = id_of(site, "Iris Instructor")
    act(admin, user_id, Act.MAKE_STUDENT)
    assert state(site, user_id) == ("student", "active")
    browser.get(urls.new_course())
    assert browser.path == urls.sign_in()
    browser.sign_in("iris@example.edu")
    browser.get(urls.new_course())
    assert browser.status == 403


def test_making_an_administrator_takes_ones_own_password(site: Site, admin: Visitor) -> None:
    user_id = site.make_person("Bea Boss", Role.INSTRUCTOR)
    act(admin, user_id, Act.MAKE_ADMIN, present_password="not mine at all")
    assert admin.status == 422
    assert "This is not your present password" in admin.page.text
    assert state(site, user_id)[0] == "instructor"
    act(admin, user_id, Act.MAKE_ADMIN, present_password=PASSWORD)
    assert state(site, user_id)[0] == "admin"


def test_nobody_changes_their_own_role_or_state(site: Site, admin: Visitor) -> None:
    own = id_of(site, "Adam Admin")
    site.make_person("Bea Boss", Role.ADMIN)
    page = admin.get(urls.person(own))
    assert "This is your own account" in page.text
    for what in Act:
        assert urls.act_on_person(own, what) not in page.links.values()
        admin.post(urls.act_on_person(own, what), {"seen": "admin active", "present_password": PASSWORD})
        assert admin.status == 422
    assert state(site, own) == ("admin", "active")
    with pytest.raises(RuleBroken):
        site.wiring.database.write_now(
            move_account, admin_id=own, user_id=own, act=Act.DEACTIVATE, come_from=AccountStatus.ACTIVE,
            now=site.wiring.clock.now(),
        )  # fmt: skip


def test_two_administrators_who_turn_on_each_other_leave_one(site: Site) -> None:
    first, second = site.make_person("Adam Admin", Role.ADMIN), site.make_person("Bea Boss", Role.ADMIN)
    ready, outcomes = threading.Barrier(2), []

    def demote(by: int, whom: int) -> None:
        ready.wait()
        try:
            site.wiring.database.write_now(
                change_role, admin_id=by, user_id=whom, come_from=Role.ADMIN, go_to=Role.STUDENT,
                now=site.wiring.clock.now(),
            )  # fmt: skip
            outcomes.append("done")
        except FeedForwardError as error:
            outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=demote, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [NotPermitted.__name__, "done"]
    assert sorted([state(site, first)[0], state(site, second)[0]]) == ["admin", "student"]


def test_a_page_that_is_out_of_date_does_nothing(site: Site, admin: Visitor) -> None:
    user_id = site.make_person("Ada Student")
    other = site.person("Bea Boss", Role.ADMIN)
    admin.get(urls.act_on_person(user_id, Act.MAKE_INSTRUCTOR))
    act(other, user_id, Act.DEACTIVATE)
    admin.submit(urls.act_on_person(user_id, Act.MAKE_INSTRUCTOR))
    assert admin.status == 422
    assert "changed in another window" in admin.page.text
    assert state(site, user_id) == ("student", "inactive")


def test_a_reset_link_is_handed_over_once_and_earlier_ones_end(site: Site, admin: Visitor) -> None:
    user_id = site.make_person("Ada Student")
    links = []
    for _ in range(2):
        act(admin, user_id, Act.RESET_LINK, present_password=PASSWORD)
        (word,) = [each for each in admin.page.text.split() if "/reset-password?token=" in each]
        links.append(word.removeprefix("http://127.0.0.1:8000"))
    browser = site.visitor()
    browser.get(links[0])
    assert browser.status == 404
    browser.get(links[1])
    browser.submit(urls.reset_password(), new_password="a bicycle in the rain")
    assert browser.path == urls.sign_in()
    assert site.visitor().sign_in("ada@example.edu", "a bicycle in the rain").path == urls.home()


def test_a_lost_second_step_is_removed_and_its_person_is_told(site: Site, admin: Visitor) -> None:
    browser = site.person("Ada Student")
    set_up(site, browser)
    user_id = id_of(site, "Ada Student")
    write_waiting(site)
    assert "Second step on" in admin.get(urls.person(user_id)).text
    act(admin, user_id, Act.REMOVE_SECOND_FACTOR, present_password=PASSWORD)
    assert [each.to for each in write_waiting(site)] == ["ada@example.edu"]
    assert site.visitor().sign_in("ada@example.edu").path == urls.home()


def test_every_browser_of_a_person_is_signed_out(site: Site, admin: Visitor) -> None:
    browser, other = site.person("Ada Student"), site.visitor().sign_in("ada@example.edu")
    act(admin, id_of(site, "Ada Student"), Act.END_SESSIONS)
    for each in (browser, other):
        each.get(urls.home())
        assert each.path == urls.sign_in()


def test_an_account_nobody_has_and_an_act_nobody_knows_are_not_found(site: Site, admin: Visitor) -> None:
    user_id = site.make_person("Ada Student")
    for path in (urls.person(999_999), urls.act_on_person(999_999, "deactivate"), urls.act_on_person(user_id, "crown")):
        admin.get(path)
        assert admin.status == 404


def test_what_is_done_is_recorded_with_who_did_it(site: Site, admin: Visitor) -> None:
    user_id = site.make_person("Ada Student")
    act(admin, user_id, Act.MAKE_INSTRUCTOR)
    act(admin, user_id, Act.DEACTIVATE)
    rows = site.wiring.database.read_now(
        lambda c: c.execute(
            select(AuditEvent.action, AuditEvent.actor_id, AuditEvent.detail)
            .where(AuditEvent.action.in_(("account.role", "account.move")))
            .order_by(AuditEvent.id)
        ).all()
    )
    own = id_of(site, "Adam Admin")
    assert [(row.action, row.actor_id) for row in rows] == [("account.role", own), ("account.move", own)]
    assert rows[0].detail == {"come_from": "student", "go_to": "instructor", "sessions": 0}


@pytest.mark.parametrize("status", list(AccountStatus))
@pytest.mark.parametrize("role", list(Role))
def test_only_steps_of_the_life_are_offered_and_nothing_for_a_deleted_one(role: Role, status: AccountStatus) -> None:
    offered = acts_for(role=role, status=status, sessions=1, second_factor=True, own=False, takes_reset=True)
    moves = {act for come_from, act in MOVES if come_from is status}
    assert moves <= set(offered)
    assert (status is AccountStatus.ACTIVE) == (Act.RESET_LINK in offered)
    if status is AccountStatus.DELETED:
        assert offered == ()
    assert acts_for(role=role, status=status, sessions=1, second_factor=True, own=True, takes_reset=True) == ()


def id_of(site: Site, name: str) -> int:
    found: int = site.wiring.database.read_now(
        lambda c: c.execute(select(User.id).where(User.name == name)).scalar_one()
    )
    return found
