"""Talking to an institution: its description, its keys, and a code exchanged for who somebody is."""

import asyncio
import base64
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from feedforward.accounts.sso_line import Line, NoAnswer
from feedforward.accounts.sso_rules import Institution, Refused, problem_with_address
from feedforward.accounts.sso_tokens import Key, UnknownKey, signed_claims, usable_keys
from feedforward.errors import ExternalFailure

FRESH_SECONDS = 3600.0
# When the institution cannot be asked, what it said within the last day still holds.
STALE_SECONDS = 86_400.0
# A forged token may name any key: however many come, the institution is asked once in this time.
KEYS_AGAIN_AFTER = 30.0
# Who comes while it is down is told so at once: waiting for it one after another would take for ever.
FAILURE_SECONDS = 5.0
SCOPE = "openid email profile"


@dataclass(frozen=True, slots=True)
class Description:
    """What an institution says about itself; `names_itself`: its answers carry `iss` (RFC 9207)."""

    authorization: str
    token: str
    keys: str
    userinfo: str | None
    secret_in_form: bool
    names_itself: bool
    fetched: float


@dataclass(slots=True)
class InstitutionClient:
    """One institution, for one process: what it says about itself and its keys are kept between sign-ins."""

    institution: Institution
    seconds: Callable[[], float] = time.monotonic
    _line: Line = field(init=False)
    _description: Description | None = None
    _keys: tuple[Key, ...] = ()
    _keys_fetched: float | None = None
    _failed: float | None = None
    _lock: asyncio.Lock | None = None

    def __post_init__(self) -> None:
        private = self.institution.private_network or self.institution.on_loopback
        self._line = Line(allow_private=private)

    async def description(self) -> Description:
        """ExternalFailure where it cannot be had, Refused where it is somebody else's."""
        usable = self._description
        if usable is not None and self.seconds() - usable.fetched < STALE_SECONDS and self._asks_already():
            return usable
        async with self._one_at_a_time():
            known = self._description
            if known is not None and self.seconds() - known.fetched < FRESH_SECONDS:
                return known
            try:
                self._require_no_failure()
                place = f"{self.institution.issuer.rstrip('/')}/.well-known/openid-configuration"
                document = await self._json("GET", place)
                self._description = self._described(document)
            except ExternalFailure:
                if known is None or self.seconds() - known.fetched > STALE_SECONDS:
                    raise
                return known
            return self._description

    def _described(self, document: Mapping[str, Any]) -> Description:
        if document.get("issuer") != self.institution.issuer:
            raise Refused("issuer")
        addresses = {
            key: self._address(document, key)
            for key in ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
            if key != "userinfo_endpoint" or document.get(key)
        }
        ways = document.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        return Description(
            addresses["authorization_endpoint"], addresses["token_endpoint"], addresses["jwks_uri"],
            addresses.get("userinfo_endpoint"), isinstance(ways, list) and "client_secret_basic" not in ways,
            document.get("authorization_response_iss_parameter_supported") is True, self.seconds(),
        )  # fmt: skip

    def _address(self, document: Mapping[str, Any], key: str) -> str:
        address = document.get(key)
        if not isinstance(address, str) or problem_with_address(address) is not None:
            raise Refused("description")
        return address

    async def authorization_address(
        self, *, redirect_uri: str, state: str, nonce: str, challenge: str, afresh: bool
    ) -> str:
        """Where the browser goes to sign in; `challenge` is PKCE's, by SHA-256. `afresh`: also who is signed in there
        already, and the token says when."""
        address = (await self.description()).authorization
        asked = {
            "response_type": "code", "client_id": self.institution.client_id, "redirect_uri": redirect_uri,
            "scope": SCOPE, "state": state, "nonce": nonce, "code_challenge": challenge,
            "code_challenge_method": "S256",
        }  # fmt: skip
        if afresh:
            asked |= {"prompt": "login", "max_age": "0"}
        if self.institution.second_factor and self.institution.acr_values:
            asked["acr_values"] = " ".join(self.institution.acr_values)
        return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"

    async def claims_for(self, code: str, *, redirect_uri: str, verifier: str) -> dict[str, Any]:
        """The claims of the ID token, its signature checked; with those of the userinfo where it names no address.

        ExternalFailure where the institution does not answer, Refused where what it answers is not believed.
        """
        description = await self.description()
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri, "code_verifier": verifier,
        }  # fmt: skip
        client_id, secret = self.institution.client_id, self.institution.client_secret
        headers = {}
        if description.secret_in_form:
            form |= {"client_id": client_id, "client_secret": secret}
        else:
            pair = f"{quote(client_id, safe='')}:{quote(secret, safe='')}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        answer = await self._json("POST", description.token, data=form, headers=headers)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise Refused("token")
        claims = await self._signed(token, description)
        access = answer.get("access_token")
        if "email" not in claims and description.userinfo and isinstance(access, str) and access.isprintable():
            more = await self._json("GET", description.userinfo, headers={"Authorization": f"Bearer {access}"})
            if more.get("sub") != claims.get("sub"):
                raise Refused("subject")
            claims = {**{key: more[key] for key in ("email", "email_verified", "name") if key in more}, **claims}
        return claims

    async def _signed(self, token: str, description: Description) -> dict[str, Any]:
        try:
            return signed_claims(token, await self._known_keys(description, older_than=FRESH_SECONDS))
        except UnknownKey:
            # Keys change: a token may be signed with one that was not there an hour ago.
            return signed_claims(token, await self._known_keys(description, older_than=KEYS_AGAIN_AFTER))

    async def _known_keys(self, description: Description, *, older_than: float) -> tuple[Key, ...]:
        fetched = self._keys_fetched
        young = fetched is not None and self.seconds() - fetched < STALE_SECONDS
        if young and older_than == FRESH_SECONDS and self._asks_already():
            return self._keys
        async with self._one_at_a_time():
            age = None if self._keys_fetched is None else self.seconds() - self._keys_fetched
            if age is None or age > older_than:
                try:
                    self._require_no_failure()
                    self._keys = usable_keys(await self._json("GET", description.keys))
                    self._keys_fetched = self.seconds()
                except ExternalFailure:
                    if age is None or age > STALE_SECONDS:
                        raise
            return self._keys

    async def _json(self, method: str, address: str, **sent: Any) -> dict[str, Any]:
        try:
            return await self._line.asked(method, address, sent)
        except NoAnswer as error:
            self._failed = self.seconds()
            raise ExternalFailure(self._does_not_answer, code=error.code, retryable=True) from None

    def _require_no_failure(self) -> None:
        if self._failed is not None and self.seconds() - self._failed < FAILURE_SECONDS:
            raise ExternalFailure(self._does_not_answer, code="unreachable", retryable=True)

    @property
    def _does_not_answer(self) -> str:
        return f"{self.institution.label} does not answer at the moment."

    def _asks_already(self) -> bool:
        """Whether somebody else waits for it: who has something usable need not wait with them."""
        return self._lock is not None and self._lock.locked()

    def _one_at_a_time(self) -> asyncio.Lock:
        if self._lock is None:
            self._lock = asyncio.Lock()
        return self._lock

    async def close(self) -> None:
        """Let go of its connections."""
        await self._line.close()
