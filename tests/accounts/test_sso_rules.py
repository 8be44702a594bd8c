"""What the setting may say, whose word is believed, and which domains sign in elsewhere."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward import urls
from feedforward.accounts.sso_desk import SignOnDesk
from feedforward.accounts.sso_rules import (
    Refused,
    checked_identity,
    institutions_from_config,
    sign_in_elsewhere,
    verified_email,
)
from feedforward.accounts.sso_tokens import signed_claims
from feedforward.clock import SetClock
from feedforward.errors import RuleBroken
from feedforward.settings import Settings, read_settings
from feedforward.web.access import Role
from tests.factories.institutions import Liar, begin, configured, person_with_identity
from tests.factories.site import Site

GOOD = configured("https://login.example.edu")
NORTH = institutions_from_config({"north": GOOD})[0]


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime.now(UTC))


@pytest.fixture
def break_glass() -> bool:
    return False


@pytest.fixture
def settings(database_address: str, tmp_path: Path, north: Liar, break_glass: bool) -> Settings:
    entry = configured(north.issuer, local_sign_in=False, second_factor=True)
    return Settings(
        _env_file=None, data_folder=tmp_path / "data", database_url=database_address, sign_on={"north": entry},
        sign_on_break_glass=break_glass, second_factor_roles="student",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"issuer": "http://login.example.edu"}, "https"), ({"issuer": "https://u:p@x.example"}, "user name"),
     ({"issuer": "ftp://x.example"}, "https"), ({"issuer": "https://x.example/?a=b"}, "?"),
     ({"client_id": ""}, "client_id"), ({"client_secret": None}, "client_secret"), ({"label": "x" * 81}, "label"),
     ({"domains": "example.edu"}, "list"), ({"domains": ["@example.edu"]}, "domain"), ({"domains": [7]}, "list"),
     ({"local_sign_in": "no"}, "true or false"), ({"domains": [], "local_sign_in": False}, "names no domains"),
     ({"secret": "x"}, "unknown entry"), ({"acr_values": "mfa"}, "list")],
)  # fmt: skip
def test_a_wrong_setting_stops_the_start_and_says_what_is_wrong(changed: dict[str, Any], words: str) -> None:
    with pytest.raises(RuleBroken, match="FEEDFORWARD_SIGN_ON is wrong") as raised:
        SignOnDesk(Settings(_env_file=None, sign_on={"north": {**GOOD, **changed}}))
    assert words in raised.value.message
    assert GOOD["client_secret"] not in raised.value.message


@pytest.mark.parametrize("name", ["North", "a b", "", "x" * 41, "../x", "-a"])
def test_a_name_goes_into_addresses_and_is_plain(name: str) -> None:
    with pytest.raises(RuleBroken):
        institutions_from_config({name: GOOD})


def test_two_institutions_share_neither_issuer_nor_domain() -> None:
    other = configured("https://other.example", domains=["other.example"])
    assert len(institutions_from_config({"north": GOOD, "south": other})) == 2
    for changed in ({"issuer": GOOD["issuer"]}, {"domains": ["EXAMPLE.edu"]}):
        with pytest.raises(RuleBroken, match="twice"):
            institutions_from_config({"north": GOOD, "south": {**other, **changed}})


def test_the_setting_is_json_and_its_secret_stands_in_no_description(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FEEDFORWARD_SIGN_ON", "{north: 1}")
    with pytest.raises(RuleBroken, match="FEEDFORWARD_SIGN_ON is not valid JSON"):
        read_settings()
    assert GOOD["client_secret"] not in repr(Settings(_env_file=None, sign_on={"north": GOOD})) + repr(NORTH)


@given(st.text(), st.one_of(st.none(), st.booleans(), st.text(), st.integers()))
def test_an_address_counts_only_verified_and_of_a_domain_they_speak_for(email: str, verified: object) -> None:
    found = verified_email(NORTH, {"email": email, "email_verified": verified})
    if found is not None:
        assert verified in (True, "true")
        assert found.endswith("@example.edu")
        assert found.count("@") == 1
    for domain in ("sub.example.edu", "example.edu.evil.example", "notexample.edu"):
        assert verified_email(NORTH, {"email": f"a@{domain}", "email_verified": True}) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=5,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(["iss", "aud", "azp", "exp", "iat", "nbf", "nonce", "sub", "acr"]), JSON))
def test_whatever_the_claims_are_nobody_is_believed_without_all_of_them(claims: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        checked_identity(NORTH, claims, nonce="n" * 43, now=datetime.now(UTC))


@given(st.text())
def test_whatever_a_token_is_it_is_refused_and_breaks_nothing(token: str) -> None:
    with pytest.raises(Refused):
        signed_claims(token, ())
    with pytest.raises(Refused):
        signed_claims(f"{token}.{token}.x", ())


def test_only_named_domains_sign_in_elsewhere() -> None:
    off = institutions_from_config({"north": {**GOOD, "local_sign_in": False}})
    assert sign_in_elsewhere(off, "ada@example.edu") == off[0]
    assert sign_in_elsewhere(off, "ada@sub.example.edu") is None
    assert sign_in_elsewhere((NORTH,), "ada@example.edu") is None


def test_where_local_sign_in_is_off_no_password_opens_anything_and_nobody_learns_who_is_here(site: Site) -> None:
    site.make_person("Ada Student")
    site.make_person("Adam Admin", Role.ADMIN)
    pages = set()
    for email in ("ada@example.edu", "adam@example.edu", "nobody@example.edu"):
        browser = site.visitor().sign_in(email)
        assert browser.status == 422
        assert "Go on to North University" in browser.page.links
        pages.add(browser.page.text)
    assert len(pages) == 1
    site.make_person("Otto Other", email="otto@other.example")
    assert site.visitor().sign_in("otto@other.example").status == 200


@pytest.mark.parametrize("break_glass", [True])
def test_behind_broken_glass_administrators_alone_use_their_password(site: Site) -> None:
    site.make_person("Ada Student")
    site.make_person("Adam Admin", Role.ADMIN)
    assert site.visitor().sign_in("ada@example.edu").status == 422
    assert site.visitor().sign_in("adam@example.edu", "not the password at all").status == 422
    admin = site.visitor().sign_in("adam@example.edu")
    assert (admin.status, admin.path) == (200, urls.home())


@pytest.mark.parametrize(
    ("claims", "lands"),
    [({"amr": ["pwd", "mfa"]}, urls.mail_settings()), ({"acr": "https://refeds.org/profile/mfa"}, urls.mail_settings()),
     ({"amr": ["pwd"]}, urls.second_factor()), ({"acr": "password"}, urls.second_factor())],
)  # fmt: skip
def test_a_second_factor_there_counts_only_where_it_was_asked_for(
    site: Site, north: Liar, claims: dict[str, Any], lands: str
) -> None:
    person_with_identity(site, north.issuer, "somebody")
    north.claims = claims
    browser = site.visitor()
    browser.get(north.code_for(begin(browser, back_to=urls.mail_settings())))
    assert browser.path == lands
    assert north.codes["code-0"]["acr_values"] == "https://refeds.org/profile/mfa"
