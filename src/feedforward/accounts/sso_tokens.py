"""ID tokens: the signature, under a key of the institution and a way of signing that it alone can use."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from joserfc.util import urlsafe_b64decode

from feedforward.accounts.sso_rules import Refused

# Only what needs the institution's private key: with HS256 its public key, or our own secret, would sign as well.
ALGORITHMS = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC", "ES384": "EC"}
LONGEST_TOKEN = 20_000
MOST_KEYS = 50
LEAST_RSA_BITS = 2048

Key = RSAKey | ECKey


class UnknownKey(Refused):
    """The token names a key that was not there when the keys were fetched."""

    def __init__(self) -> None:
        super().__init__("key")


def usable_keys(document: Mapping[str, Any]) -> tuple[Key, ...]:
    """The keys of a key set that can check a signature of ours to accept; others in it are left out."""
    given = document.get("keys")
    keys: list[Key] = []
    for each in given[:MOST_KEYS] if isinstance(given, list) else []:
        key = _key(each) if isinstance(each, dict) and each.get("use", "sig") == "sig" else None
        if key is not None:
            keys.append(key)
    return tuple(keys)


def _key(values: dict[str, Any]) -> Key | None:
    try:
        match values.get("kty"):
            case "RSA":
                rsa = RSAKey.import_key(values)
                return rsa if rsa.public_key.key_size >= LEAST_RSA_BITS else None
            case "EC":
                return ECKey.import_key(values)
            case _:
                return None
    except (JoseError, ValueError, TypeError, KeyError):
        return None


def signed_claims(token: str, keys: Sequence[Key]) -> dict[str, Any]:
    """The claims of a token with a right signature; Refused otherwise, UnknownKey where its key may be a newer one."""
    if len(token) > LONGEST_TOKEN or token.count(".") != 2:
        raise Refused("token")
    algorithm, kid = _head(token)
    kind = ALGORITHMS.get(algorithm)
    if kind is None:
        raise Refused("algorithm")
    fitting = [each for each in keys if each.key_type == kind and (kid is None or each.kid == kid)]
    fitting = [each for each in fitting if (each.get("alg") or algorithm) == algorithm]
    if not fitting:
        raise UnknownKey
    # Without a name of its key a token could be tried against any: then there may be one only.
    if len(fitting) > 1:
        raise Refused("key")
    try:
        return dict(jwt.decode(token, fitting[0], algorithms=[algorithm]).claims)
    except (JoseError, ValueError):
        raise Refused("signature") from None


def _head(token: str) -> tuple[str, str | None]:
    """The way of signing and the key's name, as the token says; nothing of it is believed yet."""
    try:
        head = json.loads(urlsafe_b64decode(token.partition(".")[0].encode()))
    except ValueError:
        raise Refused("token") from None
    if not isinstance(head, dict) or "crit" in head:
        raise Refused("token")
    algorithm, kid = head.get("alg"), head.get("kid")
    if not isinstance(algorithm, str) or not (kid is None or isinstance(kid, str)):
        raise Refused("token")
    return algorithm, kid
