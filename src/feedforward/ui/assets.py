"""Where the built style sheet and scripts are found: names with a fingerprint, read once from the manifest."""

import json
from functools import lru_cache
from pathlib import Path

from feedforward import urls

STATIC_FOLDER = Path(__file__).resolve().parent.parent / "web" / "static"


@lru_cache(maxsize=1)
def _fingerprinted() -> dict[str, str]:
    try:
        manifest = json.loads((STATIC_FOLDER / "manifest.json").read_text("utf-8"))
    except FileNotFoundError:
        # Pages stay readable without the build (a fresh checkout's tests): the plain names answer 404.
        return {}
    return {str(name): str(file) for name, file in manifest["files"].items()}


@lru_cache(maxsize=64)
def asset_url(name: str) -> str:
    """The address of a built file: `feedforward.css` → `/static/feedforward.1a2b3c4d5e.css`."""
    return urls.asset(_fingerprinted().get(name, name))
