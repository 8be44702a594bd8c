"""What is installed is what the locks say, nothing runs by itself at start-up, and no address of a registry is kept."""

import json
import re
import sys
import sysconfig
import tomllib
from importlib.metadata import Distribution, distributions, packages_distributions
from pathlib import Path

import pytest

from tests.architecture.house import ROOT, SOURCE, source_files, tracked_files

# Put together here so that this file does not hold what it looks for.
DOT = r"\."
REGISTRY_HOSTS = re.compile(
    "|".join(
        (
            "py" + "pi" + DOT + "(org|python)", "files" + DOT + "python" + "hosted", "test" + DOT + "py" + "pi",
            "registry" + DOT + "(npm" + "js|yarn" + "pkg)", "npm" + "js" + DOT + "(org|com)", "proxy" + DOT + "golang",
            "(index|registry)[-_]url *= *http", "artifact" + "ory", "nexus" + DOT, "dev" + "pi" + DOT,
        )
    ),
    re.IGNORECASE,
)  # fmt: skip
PRIVATE_URL = re.compile(
    r"https?://[^\s/\"'`]*(\b10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(1[6-9]|2\d|3[01])\.\d+\.\d+|\.corp\b|\.intranet\b|\.internal\b)"
)
# Tests that give such addresses to the code which refuses them.
MAY_NAME_PRIVATE_ADDRESSES = ("tests/llm/", "tests/assignments/test_rules.py", "src/feedforward/llm/egress.py")
START_UP_FILES = {
    # Our own source folder, as `pip install --editable` writes it: one line, a path.
    "_editable_impl_feedforward.pth",
    # setuptools and virtualenv ship these with every environment.
    "distutils-precedence.pth",
    "_virtualenv.pth",
}
# Brought by a package that is declared and cannot go without it; each with the reason.
MAY_BE_BROUGHT = {
    "fastcore": "FastHTML's element class lives there",
    "pydantic": "pydantic-settings is a part of it",
}
COPYLEFT = re.compile(r"\bA?GPL|GNU (Affero )?General Public", re.IGNORECASE)
ALLOWED_LICENCES = {
    "psycopg": "LGPL: used as a library, unchanged",
    "psycopg-binary": "LGPL: used as a library, unchanged",
    "pyphen": "offered under GPL, LGPL or MPL 1.1, at our choice: taken under MPL 1.1",
}


def text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def locked(lock: str) -> dict[str, str]:
    """Each requirement of a lock and everything that belongs to it (its hashes)."""
    joined = (ROOT / "requirements" / lock).read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]
    return {line.split("==")[0].strip().lower(): line for line in lines}


def test_no_tracked_file_names_a_package_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked_files()
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if REGISTRY_HOSTS.search(line)
    ]
    assert not found


def test_no_tracked_file_holds_a_private_address() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked_files()
        if not str(path.relative_to(ROOT)).startswith(MAY_NAME_PRIVATE_ADDRESSES)
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if PRIVATE_URL.search(line)
    ]
    assert not found


def test_the_front_end_lock_holds_versions_and_hashes_and_no_address() -> None:
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text("utf-8"))
    packages = {name: fields for name, fields in lock["packages"].items() if name}
    assert packages
    assert not [name for name, fields in packages.items() if "resolved" in fields]
    unpinned = [name for name, fields in packages.items() if not fields.keys() & {"integrity", "link", "inBundle"}]
    assert not unpinned
    assert "omit-lockfile-registry-resolved=true" in (ROOT / "frontend" / ".npmrc").read_text("utf-8")


@pytest.mark.parametrize("lock", ["runtime.txt", "test.txt", "assets.txt"])
def test_every_requirement_is_pinned_by_hash(lock: str) -> None:
    requirements = locked(lock)
    assert requirements
    unpinned = [
        name
        for name, line in requirements.items()
        if not re.match(r"[\w.\[\]-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)
    ]
    assert not unpinned
    assert not [line for line in requirements.values() if "://" in line or line.startswith("-")]


def test_the_test_lock_installs_the_versions_of_the_runtime_lock() -> None:
    runtime, test = locked("runtime.txt"), locked("test.txt")
    other = [name for name, line in runtime.items() if name not in test or line.split()[0] != test[name].split()[0]]
    assert not other


def test_no_release_known_to_carry_malware_is_locked() -> None:
    assert not re.search(r"^litellm==(1\.82\.7|1\.82\.8|1\.107\.0)\b", locked("test.txt")["litellm"])


def test_nothing_unexpected_runs_when_python_starts() -> None:
    places = {Path(sysconfig.get_path("purelib")), Path(sysconfig.get_path("platlib"))}
    unexpected = [
        str(path)
        for place in places
        for pattern in ("*.pth", "sitecustomize.py", "usercustomize.py")
        for path in place.glob(pattern)
        if path.name not in START_UP_FILES
    ]
    assert not unexpected, "a package that runs at every start of Python is how stolen releases spread"


def test_our_own_start_up_file_is_a_path_and_no_code() -> None:
    own = Path(sysconfig.get_path("purelib")) / "_editable_impl_feedforward.pth"
    if not own.exists():
        pytest.skip("feedforward is not installed as an editable package here")
    assert [line for line in own.read_text("utf-8").splitlines() if line.strip()] == [str(ROOT / "src")]


def licence_of(distribution: Distribution) -> str:
    """The SPDX expression where there is one, else the classifiers, else the first line of the free text."""
    fields = distribution.metadata
    if "License-Expression" in fields:
        return fields["License-Expression"]
    classifiers = [each for each in fields.get_all("Classifier") or [] if each.startswith("License ::")]
    return " | ".join(classifiers) or (fields["License"].strip().partition("\n")[0] if "License" in fields else "")


def test_no_runtime_dependency_is_copyleft() -> None:
    runtime = set(locked("runtime.txt"))
    found = {
        name: licence
        for each in distributions()
        if (name := re.sub(r"[-_.]+", "-", each.metadata["Name"]).lower()) in runtime
        and COPYLEFT.search(licence := licence_of(each).replace("LGPL", "Lesser").replace("GNU Lesser", "Lesser"))
        and name not in ALLOWED_LICENCES
    }
    assert not found


def test_every_installed_runtime_dependency_names_a_licence() -> None:
    runtime = set(locked("runtime.txt"))
    silent = [
        name
        for each in distributions()
        if (name := re.sub(r"[-_.]+", "-", each.metadata["Name"]).lower()) in runtime and not licence_of(each)
        and not any("licen" in str(file).lower() for file in each.files or [])
    ]  # fmt: skip
    assert not silent


def declared() -> set[str]:
    """The runtime packages pyproject.toml asks for, by their normalised names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return {re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", line)[0]).lower() for line in project["dependencies"]}  # type: ignore[index]


def test_every_package_the_code_imports_is_declared() -> None:
    """What another package happens to bring may be gone with its next release."""
    owners = packages_distributions()
    undeclared = {
        f"{file.where} imports {top}"
        for file in source_files(SOURCE)
        for each in file.imports
        if (top := each.module.split(".")[0]) and top not in sys.stdlib_module_names and top != "feedforward"
        and not {re.sub(r"[-_.]+", "-", name).lower() for name in owners.get(top, [])} & {*declared(), *MAY_BE_BROUGHT}
    }  # fmt: skip
    assert sorted(undeclared) == []


def test_every_declared_package_has_its_line_in_the_decision_on_dependencies() -> None:
    text = (ROOT / "docs" / "adr" / "0024-dependencies-chosen.md").read_text("utf-8")
    said = {re.sub(r"[-_.]+", "-", word).lower() for word in re.findall(r"[\w.-]+", text)}
    assert sorted(declared() - said) == []
