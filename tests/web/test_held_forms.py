"""Forms that could not be taken: signed out or busy, what was typed waits on the page and is sent on with one press."""

from sqlalchemy import select
from starlette.testclient import TestClient

from feedforward import urls
from feedforward.courses.tables import Course
from feedforward.web.access import Role
from feedforward.web.held import HELD_FIELD, HELD_TO, local_path
from tests.factories.site import PASSWORD, Site
from tests.web.conftest import FROM_HERE

COURSE = {
    "code": "ENG 1",
    "title": "Typed <b>with care</b>",
    "term": "T",
    "time_zone": "Europe/Berlin",
    "description": "a\nb",
}


def titles(site: Site) -> list[str]:
    return list(site.wiring.database.read_now(lambda c: c.execute(select(Course.title)).scalars().all()))


def test_a_form_posted_after_signing_out_waits_and_arrives_whole_after_signing_in(site: Site) -> None:
    browser = site.person("Iris Instructor", Role.INSTRUCTOR)
    browser.get(urls.new_course())
    browser.client.cookies.clear()
    browser.post(urls.new_course(), COURSE)
    assert browser.status == 401
    assert titles(site) == []
    browser.submit(urls.sign_in_again())
    wrong = browser.submit(urls.sign_in(), email="iris@example.edu", password="not the password")
    assert browser.status == 422
    assert wrong.form(urls.sign_in()).fields[f"{HELD_FIELD}title"] == COURSE["title"]
    browser.submit(urls.sign_in(), email="iris@example.edu", password=PASSWORD)
    assert browser.status == 200
    browser.submit(urls.new_course())
    assert browser.status == 200
    assert titles(site) == [COURSE["title"]]


def test_repeated_fields_wait_all_of_them(site: Site) -> None:
    browser = site.visitor()
    page = browser.post(urls.courses() + "/new", {"many": ["one", "two", "three"], "other": "x"})
    assert page.form(urls.sign_in_again()).lists[f"{HELD_FIELD}many"] == ["one", "two", "three"]
    page = browser.submit(urls.sign_in_again())
    assert page.form(urls.sign_in()).lists[f"{HELD_FIELD}many"] == ["one", "two", "three"]
    site.make_person("Iris Instructor", Role.INSTRUCTOR)
    page = browser.submit(urls.sign_in(), email="iris@example.edu", password=PASSWORD)
    sent_on = page.form(urls.new_course())
    assert sent_on.lists["many"] == ["one", "two", "three"]
    assert sent_on.fields["other"] == "x"


def test_passwords_never_wait_in_a_page(site: Site) -> None:
    browser = site.visitor()
    page = browser.post(urls.new_course(), {"title": "T", "new_Password": "open sesame 1", "password": "open sesame 2"})
    assert "open sesame" not in page.html
    page = browser.post(urls.sign_in(), {"email": "a@example.edu", "password": "open sesame 3", "next": "/"})
    assert "open sesame" not in page.html


def test_a_file_cannot_wait_and_the_page_says_so_by_name(site: Site) -> None:
    browser = site.visitor()
    page = browser.post(urls.hand_in(1), {"once": "x", "text": ""}, {"file": ("<my> essay.txt", b"words")})
    assert browser.status == 401
    assert "choose <my> essay.txt again" in page.text
    page = browser.post(urls.hand_in(1), {"once": "x", "text": ""}, {"file": ("big.pdf", b"x" * 600_000)})
    assert browser.status == 401
    assert "a file cannot wait at all" in page.text
    assert "Sign in and start again" in page.links


def test_a_press_that_carried_nothing_goes_back_to_its_page(site: Site) -> None:
    browser = site.visitor()
    browser.post(urls.confirm_draft(3), Referer="http://127.0.0.1:8000/drafts/3/preview?x=1")
    assert browser.path == urls.sign_in()
    assert browser.page.form(urls.sign_in()).fields["next"] == "/drafts/3/preview?x=1"


def test_a_fragment_asked_for_after_signing_out_sends_the_whole_page_to_sign_in_and_back(site: Site) -> None:
    browser = site.visitor()
    for address, back in (
        ("http://127.0.0.1:8000/drafts/3?x=1", "%2Fdrafts%2F3%3Fx%3D1"),
        ("https://evil.example//evil.example/x", "%2F"),
        ("javascript:alert(1)", "%2F"), ("http://[", "%2F"), ("/\\evil.example", "%2F"), ("", "%2F"),
    ):  # fmt: skip
        browser.get(urls.draft_stages(3), HX_Request="true", HX_Current_URL=address)
        assert browser.last is not None
        assert browser.last.headers["hx-redirect"] == f"/sign-in?next={back}"


def test_a_form_sent_by_script_after_signing_out_keeps_what_was_typed(site: Site) -> None:
    browser = site.visitor()
    page = browser.post(urls.new_course(), COURSE, HX_Request="true")
    assert browser.status == 401
    assert browser.last is not None
    assert browser.last.headers["hx-retarget"] == "body"
    assert page.form(urls.sign_in_again()).fields[f"{HELD_FIELD}title"] == COURSE["title"]


def test_nobody_is_led_elsewhere_after_signing_in(site: Site) -> None:
    site.make_person("Ada Student")
    for there in (
        "https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "\\\\evil.example",
        "javascript:alert(1)",
        "/\n//evil.example", " //evil.example", "evil.example", "/%0d%0aX-Evil: 1 ", "",
    ):  # fmt: skip
        browser = site.visitor()
        browser.client.follow_redirects = False
        browser.post(urls.sign_in(), {"email": "ada@example.edu", "password": PASSWORD, "next": there})
        assert browser.last is not None
        assert browser.last.headers["location"] == "/"
        page = browser.post(urls.sign_in_again(), {HELD_TO: there, f"{HELD_FIELD}x": "1"})
        assert "evil.example" not in page.html


def test_a_held_form_is_taken_from_our_own_pages_only(site: Site) -> None:
    browser = site.visitor()
    browser.post(
        urls.sign_in_again(), {HELD_TO: "/courses/new"}, Origin="http://evil.example", Sec_Fetch_Site="cross-site"
    )
    assert browser.status == 403


def test_what_waits_is_escaped(site: Site) -> None:
    browser = site.visitor()
    page = browser.post(urls.new_course(), {'"><script>alert(1)</script>': '"><img src=x onerror=alert(1)>'})
    assert "<script>alert" not in page.html
    assert "<img" not in page.html


def test_only_paths_of_ours_are_paths_of_ours() -> None:
    assert local_path("/drafts/3?x=1") == "/drafts/3?x=1"
    for wrong in ("", "drafts", "//x", "/\\x", "/a b", "/a\x00", "http:/x", "/a\r\nb"):
        assert local_path(wrong) == "/"


def test_a_busy_database_gives_back_what_was_typed_even_after_the_form_was_read(small: TestClient) -> None:
    response = small.post("/busy?a=1", content="x=1&x=%3Cb%3E&password=sesame", headers={
        **FROM_HERE, "Content-Type": "application/x-www-form-urlencoded"})  # fmt: skip
    assert response.status_code == 503
    assert response.headers["retry-after"] == "5"
    assert "sesame" not in response.text
    response = small.post("/busy?a=1", data={"x": ["1", "<b>"]}, headers=FROM_HERE)
    assert 'action="/busy?a=1"' in response.text
    assert response.text.count('name="x"') == 2
    assert "&lt;b&gt;" in response.text
    response = small.post("/busy", data={"x": "1"}, files={"file": ("a.txt", b"words")}, headers=FROM_HERE)
    assert response.status_code == 413
    assert 'href="/busy?b=2"' in small.get("/busy?b=2").text
