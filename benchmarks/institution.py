"""An institution for the burst of sign-ins: as an OpenID provider does it, and no heavier than it has to be.

`python -m benchmarks.institution PORT`. Codes are used once and only with their PKCE verifier; each token is signed
with RS256 under a key of 2048 bits, made at the start. The provider the tests use makes its private key anew for each
token, 55 ms of a processor: a thousand within a minute would measure that provider and nothing else.
"""

import base64
import hashlib
import json
import secrets
import sys
import time
from dataclasses import dataclass
from urllib.parse import urlencode

import uvicorn
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from benchmarks.servers import HOST

KEY_NAME = "benchmark"
LASTS = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """What a code stands for."""

    subject: str
    client_id: str
    nonce: str
    challenge: str
    redirect_uri: str


class Institution:
    """Signs in whoever says who they are."""

    def __init__(self, issuer: str) -> None:
        self._issuer = issuer
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._codes: dict[str, Asked] = {}

    def app(self) -> Starlette:
        """Description, keys, sign-in page and tokens."""
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.describe),
                Route("/jwks", self.keys),
                Route("/authorize", self.sign_in, methods=["POST"]),
                Route("/token", self.token, methods=["POST"]),
            ]
        )

    async def describe(self, request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self._issuer, "authorization_endpoint": f"{self._issuer}/authorize",
                "token_endpoint": f"{self._issuer}/token", "jwks_uri": f"{self._issuer}/jwks",
                "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            }
        )  # fmt: skip

    async def keys(self, request: Request) -> Response:
        numbers = self._key.public_key().public_numbers()
        key = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": KEY_NAME}
        return JSONResponse({"keys": [key | {"n": _number(numbers.n), "e": _number(numbers.e)}]})

    async def sign_in(self, request: Request) -> Response:
        """The person typed who they are: back with a code."""
        asked, form = request.query_params, await request.form()
        code = secrets.token_urlsafe(32)
        self._codes[code] = Asked(
            str(form["sub"]), asked["client_id"], asked["nonce"], asked["code_challenge"], asked["redirect_uri"]
        )
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}", 302)

    async def token(self, request: Request) -> Response:
        """A signed token for a code, once."""
        form = await request.form()
        asked = self._codes.pop(str(form.get("code")), None)
        challenge = _encoded(hashlib.sha256(str(form.get("code_verifier")).encode()).digest())
        if asked is None or asked.challenge != challenge or asked.redirect_uri != form.get("redirect_uri"):
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {
            "iss": self._issuer, "aud": asked.client_id, "sub": asked.subject, "iat": now, "exp": now + LASTS,
            "nonce": asked.nonce, "email": asked.subject,
        }  # fmt: skip
        return JSONResponse({"access_token": "none", "token_type": "Bearer", "id_token": self._signed(claims)})

    def _signed(self, claims: dict[str, object]) -> str:
        head = {"alg": "RS256", "typ": "JWT", "kid": KEY_NAME}
        text = f"{_encoded(json.dumps(head).encode())}.{_encoded(json.dumps(claims).encode())}"
        return f"{text}.{_encoded(self._key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _number(value: int) -> str:
    return _encoded(value.to_bytes((value.bit_length() + 7) // 8, "big"))


if __name__ == "__main__":
    port = int(sys.argv[1])
    uvicorn.run(Institution(f"http://{HOST}:{port}").app(), host=HOST, port=port, log_level="warning", access_log=False)
