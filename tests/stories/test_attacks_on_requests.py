"""Attacks on requests themselves: another host, another origin, another method, another way in or out."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import compile_path

from feedforward import urls
from feedforward.app import all_entries
from tests.factories.letters import write_waiting
from tests.factories.pages import Page
from tests.stories.public import FORM, PUBLIC, Public, open_public


@pytest.fixture(scope="module")
def public(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Public]:
    with open_public(tmp_path_factory.mktemp("public"), migrated_file) as opened:
        yield opened


POSTS = [entry for entry in all_entries() if entry.method == "POST"]


def path_of(path: str) -> str:
    """The address with every name filled in by something."""
    return "/".join("1" if part.startswith("{") else part for part in path.split("/"))


@pytest.mark.parametrize(
    "host",
    ["evil.example", "feedback.example.edu.evil.example", "feedback.example.edu:444",
     "feedback.example.edu@evil.example", "evil.example#feedback.example.edu", "127.0.0.1", "",
     "feedback.example.edu evil.example"],
)  # fmt: skip
def test_another_host_gets_no_page_and_asks_for_no_letter(public: Public, host: str) -> None:
    headers = {"Host": host}
    assert public.client.get("/", headers=headers).status_code == 400
    answer = public.client.post(urls.forgotten_password(), data={"email": "ada@example.edu"}, headers=headers)
    assert answer.status_code == 400
    assert write_waiting(public.site) == []


def test_a_link_in_a_letter_leads_here_whatever_the_request_called_us(public: Public) -> None:
    forged = {
        "X-Forwarded-Host": "evil.example", "X-Host": "evil.example", "Forwarded": "host=evil.example;proto=http",
        "X-Forwarded-Proto": "http", "X-Original-URL": "/admin/people", "X-Rewrite-URL": "/admin/people",
    }  # fmt: skip
    answer = public.client.post(urls.forgotten_password(), data={"email": "ada@example.edu"}, headers=forged)
    assert answer.status_code == 200
    letter = write_waiting(public.site)[0].letter
    assert letter.link is not None
    assert letter.link.path.startswith("/reset-password?token=")
    assert "evil" not in repr(letter)
    assert public.client.get("/", headers=forged).headers["location"] == urls.sign_in("/")


ELSEWHERE = [
    "https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "/%5cevil.example\n", "/\t/evil",
    "javascript:alert(1)", "https:evil.example", "///evil.example", "/\r\nLocation: https://evil.example", " //evil",
    "@evil.example", ".evil.example", "%2f%2fevil.example", "/\x00/evil.example",
]  # fmt: skip


@pytest.mark.parametrize("to", ELSEWHERE)
def test_nobody_is_led_elsewhere(public: Public, to: str) -> None:
    def leads_here(answer: Any) -> None:
        location = answer.headers.get("location", "/")
        assert location.startswith("/"), location
        assert not location.startswith(("//", "/\\")), location
        assert "evil" not in location.partition("?")[0], location
        assert "\r" not in location + "".join(answer.headers), location

    browser = public.browser()
    leads_here(public.sign_in(browser, next=to))
    leads_here(browser.get(urls.sign_in(), params={"next": to}))
    leads_here(browser.post(urls.accept_terms(""), data={"version": "1", "next": to}))
    signed_out = public.browser()
    leads_here(signed_out.get("/account", headers={"Referer": f"https://evil.example/{to.strip().encode().hex()}"}))
    leads_here(signed_out.post("/sign-out", headers={**FORM, "Referer": "https://evil.example//evil.example"}))
    page = signed_out.post(urls.sign_in_again(), data={"held.to": to, "held.f.x": "1"}).text
    assert all(form.action.startswith("/") and not form.action.startswith("//") for form in Page(page).forms)
    assert Page(page).form(urls.sign_in()).fields.get("held.to", "/").startswith("/")


FROM_ELSEWHERE: list[dict[str, str]] = [
    {}, {"Origin": "null"}, {"Origin": "https://sub.feedback.example.edu"}, {"Origin": "https://example.edu"},
    {"Origin": "http://feedback.example.edu"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"},
    {"Origin": PUBLIC, "Sec-Fetch-Site": "same-site"}, {"Referer": f"{PUBLIC}/"},
    {"Origin": "null", "X-Requested-With": "XMLHttpRequest", "X-HTTP-Method-Override": "POST"},
]  # fmt: skip


@pytest.mark.parametrize("headers", FROM_ELSEWHERE)
def test_no_form_is_taken_from_elsewhere_whatever_its_address(public: Public, headers: dict[str, str]) -> None:
    browser = public.browser()
    public.sign_in(browser)
    del browser.headers["Origin"]
    for entry in POSTS:
        if entry.path.startswith("/mail/unsubscribe/"):
            continue
        answer = browser.post(path_of(entry.path), content=b"a=b", headers={**FORM, **headers})
        assert answer.status_code == 403, entry.path
        assert "nothing was changed" in answer.text
    browser.headers["Origin"] = PUBLIC
    assert browser.get("/account").status_code == 200, "not even signed out"


def test_what_is_posted_is_never_had_by_another_method(public: Public) -> None:
    browser = public.browser()
    public.sign_in(browser)
    gets = [compile_path(entry.path)[0] for entry in all_entries() if entry.method == "GET"]
    for entry in all_entries():
        path = path_of(entry.path)
        others = ["PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "PROPFIND"]
        # “check” may be asked for as the name of something: then it is a page of its own.
        others += ["GET", "HEAD"] if not any(pattern.match(path) for pattern in gets) else []
        for method in others:
            answer = browser.request(method, path, headers={"X-HTTP-Method-Override": "POST", "X-Method": "POST"})
            assert answer.status_code == 404, (method, path)
    for path in ("/account", "/"):
        looked, head = browser.get(path), browser.head(path)
        assert head.status_code == looked.status_code
        assert head.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    ["/static/../../../../etc/passwd", "/static/..%2f..%2f..%2fetc%2fpasswd", "/static/%2e%2e/%2e%2e/app.py",
     "/static//etc/passwd", "/static/..\\..\\app.py", "/static/%00", "/static/", "/%2e%2e/%2e%2e/etc/passwd",
     "/drafts/..%2f1/file", "/.git/config", "/.env", "/feedforward.db", "/data/feedforward.db", "/server-status",
     "/docs", "/openapi.json", "/admin/..;/account", "/account%00", "/account/%0d%0aSet-Cookie:%20a=b", "/metrics"],
)  # fmt: skip
def test_no_path_leads_out_of_what_is_served(public: Public, path: str) -> None:
    browser = public.browser()
    public.sign_in(browser)
    answer = browser.get(path)
    assert answer.status_code in (303, 404), (path, answer.status_code)
    assert "root:" not in answer.text
    assert "set-cookie" not in answer.headers
    assert "nosniff" in answer.headers["x-content-type-options"]


def test_every_answer_says_how_a_browser_must_treat_it(public: Public) -> None:
    page = public.client.get(urls.sign_in())
    style = next(each for each in page.text.split('"') if each.startswith("/static/") and each.endswith(".css"))
    refused = public.client.post("/account/name", data={"name": "x"}, headers={"Origin": "https://evil.example"})
    others = [public.client.get(path) for path in (style, "/nowhere", "/healthz")]
    for answer in (page, refused, *others, public.client.get("/", headers={"Host": "evil.example"})):
        assert "max-age=31536000; includesubdomains" in answer.headers["strict-transport-security"].lower()
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "server" not in answer.headers
        assert "access-control-allow-origin" not in answer.headers
        assert "charset=utf-8" in answer.headers["content-type"]
