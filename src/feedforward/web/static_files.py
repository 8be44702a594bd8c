"""Our own built files: fingerprinted names, kept by browsers for a year."""

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

YEAR = "public, max-age=31536000, immutable"


class FingerprintedFiles(StaticFiles):
    """Serves the folder; a name that carries its fingerprint never changes."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code == 200:
            response.headers["Cache-Control"] = YEAR
        return response
