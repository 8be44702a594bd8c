"""Our own built files: fingerprinted names, kept by browsers for a year."""

import re

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

YEAR = "public, max-age=31536000, immutable"
_FINGERPRINTED = re.compile(r"[a-z-]+\.[0-9a-f]{10}\.[a-z]+")


class FingerprintedFiles(StaticFiles):
    """Serves the folder; a name that carries its fingerprint never changes."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code in (200, 304):
            response.headers["Cache-Control"] = YEAR if _FINGERPRINTED.fullmatch(path) else "no-cache"
        return response
