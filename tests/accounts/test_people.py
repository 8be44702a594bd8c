"""The list of accounts: found by the beginnings of words, narrowed, paged; nobody else's to see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert, select, update

from feedforward import urls
from feedforward.accounts.people_queries import PER_PAGE, people
from feedforward.accounts.people_rules import AccountStatus, PeopleAsked, folded_words, keys_of, searched_words
from feedforward.accounts.tables import PersonKey, User
from feedforward.web.access import Role
from tests.factories.driver import asked_of_the_driver
from tests.factories.site import Site


def found(site: Site, words: str = "", **asked: object) -> list[str]:
    lines, _ = site.wiring.database.read_now(people, PeopleAsked(words, **asked))  # type: ignore[arg-type]
    return sorted(each.name for each in lines)


@pytest.fixture
def crowd(site: Site) -> Site:
    site.make_person("Ada Lovelace", Role.INSTRUCTOR, "ada@maths.example.edu")
    site.make_person("Adam Müller-Lüdenscheidt", email="am@example.edu")
    site.make_person("Łucja 100%_sure", email="100%_sure@example.org")
    site.make_person("José O’Brien", Role.ADMIN, "jose.obrien@example.edu")
    return site


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("ad", ["Ada Lovelace", "Adam Müller-Lüdenscheidt"]),
        ("LOVE", ["Ada Lovelace"]),
        ("ada love", ["Ada Lovelace"]),
        ("love ada", ["Ada Lovelace"]),
        ("lov mul", []),
        ("adam mul", ["Adam Müller-Lüdenscheidt"]),
        ("müll", ["Adam Müller-Lüdenscheidt"]),
        ("lüd", ["Adam Müller-Lüdenscheidt"]),
        ("jose", ["José O’Brien"]),
        ("jose.obrien@ex", ["José O’Brien"]),
        ("@example.edu", ["Adam Müller-Lüdenscheidt", "José O’Brien"]),
        ("@example.o", ["Łucja 100%_sure"]),
        ("velace", []),
        ("%", []),
        ("_", []),
        ("100%_", ["Łucja 100%_sure"]),
        ("100x", []),
        ("'; drop table users; --", []),
    ],
)
def test_people_are_found_by_the_beginning_of_every_word(crowd: Site, words: str, names: list[str]) -> None:
    assert found(crowd, words) == names


def test_the_list_is_narrowed_by_role_and_state(crowd: Site) -> None:
    assert found(crowd, role=Role.ADMIN) == ["José O’Brien"]
    crowd.wiring.database.write_now(
        lambda c: c.execute(update(User).where(User.name == "Ada Lovelace").values(status="archived"))
    )
    assert "Ada Lovelace" not in found(crowd)
    assert found(crowd, status=AccountStatus.ARCHIVED) == ["Ada Lovelace"]
    assert found(crowd, "ada", status=AccountStatus.ARCHIVED, role=Role.STUDENT) == []


def test_a_new_name_or_address_is_found_and_the_old_one_is_not(site: Site) -> None:
    browser = site.person("Ada Student")
    browser.get(urls.account())
    browser.submit(urls.rename_account(), name="Grace Hopper")
    assert found(site, "grace") == ["Grace Hopper"]
    assert found(site, "ada s") == []


def test_a_long_list_is_paged_without_losing_or_repeating_anybody(site: Site) -> None:
    def fill(connection: Connection) -> None:
        names = [f"Person {number:03}" for number in range(PER_PAGE * 2 + 7)]
        rows = [
            {"email": f"p{number}@example.edu", "name": name, "role": "student", "status": "active",
             "password_hash": "", "demonstration": False, "created_at": site.wiring.clock.now()}
            for number, name in enumerate(names)
        ]  # fmt: skip
        connection.execute(insert(User), rows)

    site.wiring.database.write_now(fill)
    admin = site.person("Adam Admin", Role.ADMIN)
    seen: list[str] = []
    admin.get(urls.people(role="student"))
    while True:
        seen += [name for name in admin.page.links if name.startswith("Person ")]
        if "Older" not in admin.page.links:
            break
        admin.get(admin.page.links["Older"])
    assert len(seen) == len(set(seen)) == PER_PAGE * 2 + 7


def test_what_is_no_role_state_or_page_is_left_out(crowd: Site) -> None:
    admin = crowd.person("Adam Admin", Role.ADMIN)
    page = admin.get("/admin/people?role=emperor&status=%27&before=%C2%B2&q=%00")
    assert admin.status == 200
    assert "Ada Lovelace" in page.text


def test_the_search_asks_the_index_and_not_every_row(crowd: Site) -> None:
    database = crowd.wiring.database
    if not database.is_sqlite:
        pytest.skip("with few rows PostgreSQL reads the table; SQLite tells its plan whatever there is")
    with asked_of_the_driver(database) as asked:
        found(crowd, "ada")
    (statement,) = [each for each in asked if "person_keys" in each.statement]
    plan = database.read_now(
        lambda c: [row[3] for row in c.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement.statement}", statement.values)]
    )
    assert any("ix_person_keys_key" in step and "key>?" in step for step in plan), plan


def test_every_account_is_filed(crowd: Site) -> None:
    """Made by hand again from names and addresses, the words are those in the table."""

    def filed(connection: Connection) -> dict[int, set[str]]:
        rows = connection.execute(select(PersonKey.user_id, PersonKey.key)).all()
        return {each: {row.key for row in rows if row.user_id == each} for each in {row.user_id for row in rows}}

    def wanted(connection: Connection) -> dict[int, set[str]]:
        rows = connection.execute(select(User.id, User.name, User.email)).all()
        return {row.id: keys_of(row.name, row.email) for row in rows}

    assert crowd.wiring.database.read_now(filed) == crowd.wiring.database.read_now(wanted)
    crowd.wiring.database.write_now(lambda c: c.execute(delete(PersonKey)))
    assert crowd.wiring.database.read_now(filed) != crowd.wiring.database.read_now(wanted)


@given(st.text(max_size=200), st.text(max_size=40))
def test_whatever_the_name_the_keys_fit_their_column(name: str, domain: str) -> None:
    keys = keys_of(name, f"a@{domain}")
    assert all(0 < len(each) <= 254 for each in keys)


@given(st.text(min_size=1, max_size=40))
def test_every_word_of_a_name_is_found_by_each_of_its_beginnings(name: str) -> None:
    keys = keys_of(name, "a@example.edu")
    for word in folded_words(name).split():
        assert any(key.startswith(word[:3]) for key in keys)


@given(st.text(max_size=300))
def test_any_search_is_at_most_three_words(text: str) -> None:
    assert len(searched_words(text)) <= 3
