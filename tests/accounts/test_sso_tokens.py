"""ID tokens that are not for us, not of now, or not signed by who they say: nobody gets in by one."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from pydantic import SecretStr
from starlette.testclient import TestClient

from feedforward import urls
from feedforward.app import build_app
from feedforward.clock import SetClock
from feedforward.settings import Settings
from feedforward.wiring import Wiring
from tests.factories.institutions import (
    CLIENT,
    SECRET,
    Liar,
    come_back,
    configured,
    person_with_identity,
    refused,
)
from tests.factories.site import Site


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


NOW = time.time()
LIES: dict[str, tuple[dict[str, Any], str]] = {
    "a nonce of another sign-in": ({"nonce": "another"}, "nonce"),
    "no nonce": ({"nonce": None}, "nonce"),
    "another issuer": ({"iss": "https://other.example"}, "issuer"),
    "an issuer with a slash more": ({"iss": "{issuer}/"}, "issuer"),
    "another audience": ({"aud": "somebody-else"}, "audience"),
    "no audience": ({"aud": None}, "audience"),
    "more audiences and no party": ({"aud": [CLIENT, "somebody-else"]}, "audience"),
    "another party": ({"aud": [CLIENT, "other"], "azp": "other"}, "audience"),
    "over": ({"exp": NOW - 120}, "expired"),
    "without an end": ({"exp": None}, "expired"),
    "an end in words": ({"exp": "tomorrow"}, "time"),
    "not yet issued": ({"iat": NOW + 3600}, "time"),
    "issued long ago": ({"iat": NOW - 7200}, "time"),
    "without a beginning": ({"iat": None}, "time"),
    "not valid yet": ({"nbf": NOW + 3600}, "time"),
    "nobody": ({"sub": None}, "subject"),
    "an empty name": ({"sub": ""}, "subject"),
    "a number": ({"sub": 7}, "subject"),
    "too long a name": ({"sub": "x" * 256}, "subject"),
}


@pytest.mark.parametrize("lie", list(LIES))
def test_a_token_that_is_not_for_us_now_signs_nobody_in(site: Site, north: Liar, lie: str) -> None:
    claims, word = LIES[lie]
    person_with_identity(site, north.issuer, "somebody")
    north.claims = {
        name: value.replace("{issuer}", north.issuer) if isinstance(value, str) else value
        for name, value in claims.items()
    }
    browser = come_back(site, north)
    assert (browser.status, refused(site)) == (422, [word])
    assert "You are not signed in" in browser.page.text
    assert "Try again with North University" in browser.page.links


def unsigned(claims: dict[str, Any], algorithm: str = "none") -> str:
    parts = ({"alg": algorithm, "typ": "JWT"}, claims)
    return ".".join(base64.urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=").decode() for each in parts) + "."


def by_secret(claims: dict[str, Any], secret: bytes) -> str:
    """By hand: libraries refuse to take a public key for a secret."""
    head = unsigned(claims, "HS256").rstrip(".")
    digest = hmac.new(secret, head.encode(), hashlib.sha256).digest()
    return f"{head}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


FORGERIES: dict[str, tuple[Callable[[Liar], Callable[[dict[str, Any]], str]], str]] = {
    "unsigned": (lambda liar: unsigned, "algorithm"),
    "unsigned, in capitals": (lambda liar: lambda claims: unsigned(claims, "NONE"), "algorithm"),
    "signed with the public key as a secret": (
        lambda liar: lambda claims: by_secret(claims, liar.key.as_pem(private=False)),
        "algorithm",
    ),
    "signed with our secret": (
        lambda liar: lambda claims: by_secret(claims, SECRET.encode()),
        "algorithm",
    ),
    "signed with another key of that name": (
        lambda liar: lambda claims: jwt.encode({"alg": "RS256", "kid": "first"}, claims, RSAKey.generate_key(2048)),
        "signature",
    ),
    "signed with a key nobody knows": (
        lambda liar: lambda claims: jwt.encode({"alg": "RS256", "kid": "other"}, claims, RSAKey.generate_key(2048)),
        "key",
    ),
    "changed after signing": (
        lambda liar: lambda claims: "{0}.{2}.{1}".format(
            *jwt.encode({"alg": "RS256", "kid": "first"}, claims, liar.key).split(".")[::2],
            unsigned(claims | {"sub": "another"}).split(".")[1],
        ),
        "signature",
    ),
    "no token": (lambda liar: lambda claims: "nothing", "token"),
    "too long": (lambda liar: lambda claims: "a" * 20_001 + ".b.c", "token"),
}  # fmt: skip


@pytest.mark.parametrize("forgery", list(FORGERIES))
def test_a_forged_token_signs_nobody_in(site: Site, north: Liar, forgery: str) -> None:
    forge, word = FORGERIES[forgery]
    person_with_identity(site, north.issuer, "somebody")
    north.forge = forge(north)
    browser = come_back(site, north)
    assert (browser.status, refused(site)) == (422, [word])


def test_under_https_what_the_browser_carries_is_bound_to_the_host(
    migrated_file: Path, tmp_path: Path, north: Liar
) -> None:
    (tmp_path / "public.db").write_bytes(migrated_file.read_bytes())
    public = Settings(
        _env_file=None, data_folder=tmp_path, database_url=f"sqlite:///{tmp_path / 'public.db'}",
        public_url="https://feedback.example.edu", secret_key=SecretStr("zq8Jd0-3kfhq72mXPaleqwe91Lxc0vbn"),
        sign_on={"north": configured(north.issuer)},
    )  # fmt: skip
    app = build_app(Wiring(public))
    with TestClient(app, base_url="https://feedback.example.edu", follow_redirects=False) as client:
        answer = client.get(urls.sign_on("north"))
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-feedforward-sign-on-flow=")
        assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= {each.strip() for each in cookie.split(";")}
        assert "Domain" not in cookie
        north.code_for(answer.headers["location"])
        assert north.codes["code-0"]["redirect_uri"] == (f"https://feedback.example.edu{urls.sign_on_return('north')}")
