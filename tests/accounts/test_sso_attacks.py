"""Attacks on single sign-on: an institution that lies, one that stays away, and answers of one taken to another."""

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import RSAKey

from feedforward import urls
from feedforward.clock import SetClock
from feedforward.settings import Settings
from tests.factories.institutions import (
    CLIENT,
    SECRET,
    Liar,
    begin,
    come_back,
    configured,
    person_with_identity,
    refused,
)
from tests.factories.site import Site, Visitor


@pytest.fixture
def database_address(migrated_file: Path, tmp_path: Path) -> str:
    """Nothing here depends on the kind of database."""
    (tmp_path / "feedforward.db").write_bytes(migrated_file.read_bytes())
    return f"sqlite:///{tmp_path / 'feedforward.db'}"


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime.now(UTC))


@pytest.fixture
def settings(database_address: str, tmp_path: Path, north: Liar, south: Liar) -> Settings:
    return Settings(
        _env_file=None, data_folder=tmp_path / "data", database_url=database_address,
        sign_on={
            "north": configured(north.issuer),
            "south": configured(south.issuer, label="South College", domains=["south.example"], client_id="at-south"),
        },
    )  # fmt: skip


def test_an_honest_institution_gets_somebody_in_with_its_secret_and_the_verifier(site: Site, north: Liar) -> None:
    person_with_identity(site, north.issuer, "somebody")
    assert come_back(site, north).path == urls.home()
    pair = base64.b64decode(north.secrets_seen[0].removeprefix("Basic ")).decode()
    assert pair == f"{CLIENT}:{SECRET.replace(' ', '%20')}"
    asked = north.codes["code-0"]
    assert (asked["code_challenge_method"], len(asked["code_challenge"])) == ("S256", 43)
    assert asked["redirect_uri"] == f"http://127.0.0.1:8000{urls.sign_on_return('north')}"
    assert min(len(asked["state"]), len(asked["nonce"])) == 43


def test_a_new_key_is_fetched_once_and_unknown_ones_do_not_make_us_ask_again(site: Site, north: Liar) -> None:
    person_with_identity(site, north.issuer, "somebody")
    line = site.wiring.sign_on.client("north")
    moment = [1000.0]
    line.seconds = lambda: moment[0]
    assert come_back(site, north).path == urls.home()
    north.key = RSAKey.generate_key(2048, {"kid": "second"})
    north.keys.append(north.key.as_dict(private=False))
    moment[0] += 31
    assert come_back(site, north).path == urls.home()
    assert north.asked.count("/keys") == 2
    north.key = RSAKey.generate_key(2048, {"kid": "third"})
    for _ in range(3):
        assert come_back(site, north).status == 422
    assert north.asked.count("/keys") == 2


def test_the_answer_of_one_institution_is_nothing_at_another(site: Site, north: Liar, south: Liar) -> None:
    person_with_identity(site, north.issuer, "somebody")
    browser = site.visitor()
    back = north.code_for(begin(browser))
    browser.get(back.replace("/with/north/", "/with/south/"))
    assert (browser.status, refused(site)) == (422, ["state"])
    # A code that was caught elsewhere, brought to the flow that was begun here.
    code = south.code_for(begin(site.visitor(), "south")).split("code=")[1].split("&")[0]
    browser.get(back.replace("code=code-0", f"code=of-{code}"))
    assert (browser.status, refused(site)) == (422, ["state", "answer"])
    assert "/token" not in south.asked


def test_an_institution_that_names_itself_must_be_the_one_that_was_asked(site: Site, north: Liar, south: Liar) -> None:
    north.describes = {"authorization_response_iss_parameter_supported": True}
    person_with_identity(site, north.issuer, "somebody")
    for more in ("", f"&iss={south.issuer}", f"&iss={north.issuer}&iss={south.issuer}"):
        browser = site.visitor()
        browser.get(north.code_for(begin(browser)) + more)
        assert browser.status == 422
    assert refused(site) == ["issuer"] * 3
    browser = site.visitor()
    browser.get(f"{north.code_for(begin(browser))}&iss={north.issuer}")
    assert browser.path == urls.home()


def begins(site: Site) -> Visitor:
    browser = site.visitor()
    browser.client.follow_redirects = False
    browser.get(urls.sign_on("north"))
    return browser


@pytest.mark.parametrize(
    "described",
    [{"issuer": "https://other.example"}, {"token_endpoint": "http://token.example/"}, {"jwks_uri": None},
     {"authorization_endpoint": "javascript:alert(1)"}, {"token_endpoint": "https://me:pass@token.example/"}],
)  # fmt: skip
def test_a_description_of_somebody_else_or_without_https_is_not_used(
    site: Site, north: Liar, described: dict[str, Any]
) -> None:
    north.describes = described
    browser = begins(site)
    assert browser.status == 422
    assert refused(site) in (["issuer"], ["description"])


def test_answers_that_belong_to_nothing_do_not_fill_the_record(site: Site, clock: SetClock) -> None:
    browser = site.visitor()
    for _ in range(105):
        browser.get(urls.sign_on_return("north"))
        assert browser.status == 422
        clock.moment += timedelta(seconds=1)
    assert len(refused(site)) <= 105
    clock.moment += timedelta(seconds=20)
    before = len(refused(site))
    browser.get(urls.sign_on_return("north"))
    assert (browser.status, len(refused(site))) == (422, before)


@pytest.mark.parametrize(
    ("path", "answer", "word"),
    [("/token", (307, {"location": "http://127.0.0.1:1/"}, b""), "answer"),
     ("/token", (200, {}, b"x" * 300_000), "answer"), ("/token", (200, {}, b"[1]"), "answer"),
     ("/token", (200, {}, b'{"id_token": 7}'), "token"), ("/token", (401, {}, b'{"error": "invalid"}'), "answer"),
     ("/keys", (200, {}, b'{"keys": "none"}'), "key"), ("/keys", (200, {}, b"{}"), "key")],
)  # fmt: skip
def test_an_answer_of_another_form_is_refused_and_no_redirect_followed(
    site: Site, north: Liar, path: str, answer: tuple[int, dict[str, str], bytes], word: str
) -> None:
    person_with_identity(site, north.issuer, "somebody")
    north.answers[path] = answer
    assert (come_back(site, north).status, refused(site)) == (422, [word])


def test_the_userinfo_of_somebody_else_is_refused(site: Site, north: Liar) -> None:
    north.describes = {"userinfo_endpoint": f"{north.issuer}/userinfo"}
    north.claims = {"email": None, "email_verified": None}
    north.userinfo = {"sub": "another", "email": "ada@example.edu", "email_verified": True}
    site.make_person("Ada Student")
    assert (come_back(site, north).status, refused(site)) == (422, ["subject"])
    north.userinfo["sub"] = "somebody"
    assert "ada@example.edu" in come_back(site, north).page.text


def test_a_carried_cookie_that_somebody_wrote_or_moved_is_none(site: Site, north: Liar) -> None:
    person_with_identity(site, north.issuer, "somebody")
    browser = site.visitor()
    back = north.code_for(begin(browser))
    sealed = browser.client.cookies["feedforward-sign-on-flow"]
    for forged in (sealed[:-8] + "AAAAAAA=", "", "e30=", "é"):
        browser.client.cookies.clear()
        browser.client.cookies.set("feedforward-sign-on-flow", forged.encode("ascii", "ignore").decode())
        browser.get(back)
        assert browser.status == 422
    browser.client.cookies.clear()
    browser.client.cookies.set("feedforward-sign-on-waiting", sealed)
    browser.get(urls.connect_sign_on())
    assert (browser.status, refused(site)) == (404, ["state"] * 4)


def test_many_failures_from_one_network_have_to_pause(site: Site, north: Liar) -> None:
    browser = site.visitor()
    begin(browser)
    state = browser.last.headers["location"].split("state=")[1].split("&")[0]  # type: ignore[union-attr]
    back = f"{urls.sign_on_return('north')}?code=guess&state={state}"
    cookie = browser.client.cookies["feedforward-sign-on-flow"]
    for status in [422] * 5 + [429]:
        browser.client.cookies.set("feedforward-sign-on-flow", cookie, domain="127.0.0.1")
        browser.get(back)
        assert browser.status == status
    assert north.asked.count("/token") == 5
