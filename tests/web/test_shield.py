"""The outermost layer: which hosts and pages may ask, and what every answer carries."""

from pathlib import Path
from typing import Any

import pytest
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from feedforward.settings import Settings
from feedforward.web.origins import Origins
from tests.web.conftest import CANARY, FROM_HERE, ORIGIN

PUBLIC = "https://feedback.example.edu:8443"


def origins(**settings: Any) -> Origins:
    return Origins.of(Settings(_env_file=None, data_folder=Path("unused"), **settings))


def is_ours(rules: Origins, host: str, path: str = "/", **more: str) -> bool:
    pairs = [(b"host", host.encode("latin-1"))]
    pairs += [(name.replace("_", "-").encode(), value.encode()) for name, value in more.items()]
    return rules.is_ours(Headers(raw=pairs), path)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:8000", "LOCALHOST", "[::1]:8000", "[::1]"])
def test_on_loopback_this_machine_s_own_names_are_served(host: str) -> None:
    assert is_ours(origins(), host)


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "127.0.0.1.evil.example",
     "localhost.evil.example", "evil.example:8000", "127.0.0.1@evil.example",
     "evil.example#127.0.0.1", "127.0.0.1/evil", "127.0.0.1:8000:9", "127.0.0.1:999999", "[::1", "[::1]evil",
     "2130706433",
     "0x7f.1", "127.1", "127.0.0.1 ", "\xe9vil", "127.0.0.2"],
)  # fmt: skip
def test_a_name_that_was_rebound_to_this_machine_is_not_served(host: str) -> None:
    assert not is_ours(origins(), host)


def test_two_hosts_or_none_are_not_served() -> None:
    rules = origins()
    assert not rules.is_ours(Headers(raw=[]), "/")
    assert not rules.is_ours(Headers(raw=[(b"host", b"localhost"), (b"host", b"evil.example")]), "/")


@pytest.mark.parametrize("name", ["x_forwarded_for", "x_forwarded_host", "x_forwarded_proto", "forwarded", "x_real_ip"])
def test_a_page_for_this_machine_alone_is_not_served_through_a_proxy(name: str) -> None:
    assert not is_ours(origins(), "127.0.0.1:8000", **{name: "203.0.113.9"})


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://Feedback.Example.edu", "feedback.example.edu"),
     ("https://feedback.example.edu:443/", "feedback.example.edu"),
     ("https://feedback.example.edu:8443", "FEEDBACK.example.edu:8443"), ("https://[2001:db8::1]", "[2001:db8::1]")],
)  # fmt: skip
def test_the_public_address_is_served_as_browsers_name_it(url: str, host: str) -> None:
    assert is_ours(origins(public_url=url), host, x_forwarded_for="203.0.113.9")


def test_beside_the_public_address_only_health_checks_are_answered() -> None:
    rules = origins(public_url="https://feedback.example.edu")
    for host in ("feedback.example.edu:8443", "www.feedback.example.edu", "feedback.example.edu.", "127.0.0.1:8000"):
        assert not is_ours(rules, host)
    assert is_ours(rules, "127.0.0.1:8000", "/healthz")
    assert is_ours(rules, "localhost:8000", "/readyz")
    assert not is_ours(rules, "evil.example", "/healthz")


GOOD = [{"origin": ORIGIN}, {"sec-fetch-site": "same-origin"}, {"origin": ORIGIN, "sec-fetch-site": "same-origin"}]
BAD = [
    {}, {"origin": "null"}, {"origin": ""}, {"origin": "http://127.0.0.1"}, {"origin": "http://127.0.0.1:8001"},
    {"origin": "https://127.0.0.1:8000"}, {"origin": "http://127.0.0.1:8000.evil.example"},
    {"origin": "http://evil.example/127.0.0.1:8000"}, {"origin": "http://a@127.0.0.1:8000"},
    {"origin": "http://localhost:8000"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"}, {"origin": ORIGIN, "sec-fetch-site": "cross-site"},
    {"origin": "null", "sec-fetch-site": "same-origin"},
    {"origin": "http://evil.example", "sec-fetch-site": "same-origin"},
    {"referer": ORIGIN + "/"},
]  # fmt: skip


@pytest.mark.parametrize("headers", GOOD)
def test_a_form_from_a_page_of_ours_is_taken(small: TestClient, headers: dict[str, str]) -> None:
    assert small.post("/many", data={"x": "1"}, headers=headers).status_code == 200


@pytest.mark.parametrize("headers", BAD)
def test_a_form_from_anywhere_else_is_refused_on_a_page_that_says_so(
    small: TestClient, headers: dict[str, str]
) -> None:
    response = small.post("/many", data={"x": "1"}, headers=headers)
    assert response.status_code == 403
    assert "nothing was changed" in response.text
    assert "<h1" in response.text


def test_a_second_origin_does_not_help() -> None:
    rules = origins()
    headers = [(b"host", b"127.0.0.1:8000"), (b"origin", ORIGIN.encode()), (b"origin", b"http://evil.example")]
    assert not rules.is_same_origin(Headers(raw=headers))


def test_under_https_a_page_of_the_same_name_over_http_is_somebody_else_s(https: TestClient) -> None:
    assert https.post("/many", data={"x": "1"}, headers={"Origin": PUBLIC}).status_code == 200
    plain = {"Origin": PUBLIC.replace("https", "http")}
    assert https.post("/many", data={"x": "1"}, headers=plain).status_code == 403
    above = {"Origin": "https://example.edu:8443"}
    assert https.post("/many", data={"x": "1"}, headers=above).status_code == 403


PAGES = [
    ("GET", "/nothing", 404), ("GET", "/page/x", 404), ("GET", "/defect", 500), ("GET", "/rule", 422),
    ("GET", "/busy", 503), ("POST", "/page/1", 404), ("POST", "/busy", 503), ("POST", "/private", 401),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "status"), PAGES)
def test_every_page_whatever_became_of_it_carries_the_headers(
    small: TestClient, method: str, path: str, status: int
) -> None:
    response = small.request(method, path, data={"text": "typed"} if method == "POST" else None, headers=FROM_HERE)
    assert response.status_code == status
    policy = response.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    nonce = policy.split("'nonce-")[1].split("'")[0]
    assert f'nonce="{nonce}"' in response.text
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "same-origin"
    assert "<h1" in response.text
    assert "strict-transport-security" not in response.headers


def test_a_page_carries_the_headers(small: TestClient) -> None:
    response = small.get("/page/1")
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in response.headers["content-security-policy"]


def test_each_answer_has_a_nonce_of_its_own(small: TestClient) -> None:
    policies = {small.get("/page/1").headers["content-security-policy"] for _ in range(5)}
    assert len(policies) == 5


def test_a_download_may_do_nothing_even_where_a_browser_shows_it(small: TestClient) -> None:
    response = small.get("/download")
    assert "sandbox" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"


def test_under_https_browsers_are_told_to_stay_there(https: TestClient) -> None:
    assert "max-age" in https.get("/page/1").headers["strict-transport-security"]


def test_a_message_is_escaped_and_a_defect_tells_nothing(small: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    assert "&lt;b&gt;not&lt;/b&gt; now" in small.get("/rule").text
    response = small.get("/defect?secret=1")
    assert CANARY not in response.text
    assert "ValueError" not in response.text
    assert CANARY not in caplog.text
    assert "secret" not in caplog.text
    word = response.text.split("with the word ")[1].split(".")[0]
    assert word in caplog.text
    assert "builtins" in caplog.text or "ValueError" in caplog.text


def test_a_path_cannot_forge_a_line_of_the_log(small: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    small.get("/defect%0aERROR")
    small.get("/defect")
    assert all("\n" not in record.getMessage() for record in caplog.records)


def test_what_is_said_after_an_action_cannot_break_out_of_its_header_or_its_page(small: TestClient) -> None:
    said = "done\r\nSet-Cookie: feedforward-session=evil; path=/<script>alert(1)</script>"
    response = small.post("/say", data={"to": "/page/1", "said": said}, headers=FROM_HERE)
    assert len(response.headers.get_list("set-cookie")) == 1
    cookie = response.headers["set-cookie"]
    assert "httponly" in cookie.lower()
    page = small.get("/page/1")
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;" in page.text
    assert "<script>alert" not in small.get("/page/1").text


def test_a_redirect_carries_no_line_break(small: TestClient) -> None:
    response = small.post("/say", data={"to": "/page/1\r\nX-Evil: 1", "said": ""}, headers=FROM_HERE)
    assert "x-evil" not in response.headers


@pytest.mark.parametrize("value", ['dark"><script>', "%22%3E%3Cscript%3E", "system", "x" * 4000])
def test_cookies_that_somebody_else_set_are_harmless(small: TestClient, value: str) -> None:
    cookies = f"theme={value}; feedforward-said={value}; feedforward-session={value}"
    response = small.get("/page/1", headers={"Cookie": cookies})
    assert response.status_code == 200
    assert "><script>" not in response.text.split("<body>")[1]
    assert 'data-theme="' not in response.text


def test_under_https_the_sentence_s_cookie_is_secure_too(https: TestClient) -> None:
    response = https.post("/say", data={"to": "/page/1", "said": "Done."}, headers={"Origin": PUBLIC})
    assert "secure" in response.headers["set-cookie"].lower()
