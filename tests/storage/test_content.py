"""The content store: key before file, whole or not at all, gone for good when erased."""

import errno
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedforward.encryption import CannotDecrypt, KeyRing
from feedforward.errors import TemporarilyUnavailable
from feedforward.storage.content import ContentErased, LocalContentStore

RING = KeyRing("a secret for tests")
CANARY = b"the purple violin of a student"
LATER = datetime.now(UTC) + timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> LocalContentStore:
    return LocalContentStore(tmp_path, RING)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_values_and_files_open_again_and_lie_nowhere_in_clear(store: LocalContentStore, tmp_path: Path) -> None:
    content_id = store.new()
    sealed = store.seal(content_id, {"text": CANARY.decode(), "odd": "\u2066\x00"}, "draft content")
    store.put_file(content_id, CANARY)
    assert store.unseal(content_id, sealed, "draft content") == {"text": CANARY.decode(), "odd": "\u2066\x00"}
    assert store.get_file(content_id) == CANARY
    assert CANARY not in sealed
    assert all(CANARY not in path.read_bytes() for path in files(tmp_path))


def test_names_are_ours_and_nobody_else_may_read_them(store: LocalContentStore, tmp_path: Path) -> None:
    content_id = store.new()
    store.put_file(content_id, b"x")
    assert {path.name for path in files(tmp_path)} == {content_id}
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.rglob("*"))


@pytest.mark.parametrize(
    "wrong", ["", "..", "../../etc/passwd", "a" * 31, "A" * 32, "a" * 32 + "\n", "a" * 30 + "/a", "\u0663" * 32]
)
def test_a_name_that_is_not_ours_is_never_a_path(store: LocalContentStore, wrong: str) -> None:
    for act in (store.get_file, store.erase, store.is_erased, lambda name: store.put_file(name, b"x")):
        with pytest.raises(ValueError, match="32 hexadecimal"):
            act(wrong)


def test_erasing_destroys_key_and_file_and_twice_is_once(store: LocalContentStore, tmp_path: Path) -> None:
    content_id = store.new()
    sealed = store.seal(content_id, "words", "x")
    store.put_file(content_id, CANARY)
    store.erase(content_id)
    store.erase(content_id)
    assert store.is_erased(content_id)
    assert files(tmp_path) == []
    for act in (lambda: store.unseal(content_id, sealed, "x"), lambda: store.get_file(content_id),
                lambda: store.seal(content_id, "x", "x"), lambda: store.put_file(content_id, b"x")):  # fmt: skip
        with pytest.raises(ContentErased):
            act()
    assert files(tmp_path) == []


def test_a_sealed_value_of_another_draft_or_place_does_not_open(store: LocalContentStore) -> None:
    mine, other = store.new(), store.new()
    sealed = store.seal(mine, "words", "comment")
    for content_id, place in ((other, "comment"), (mine, "summary")):
        with pytest.raises(CannotDecrypt):
            store.unseal(content_id, sealed, place)


def test_files_swapped_between_drafts_do_not_open(store: LocalContentStore, tmp_path: Path) -> None:
    mine, other = store.new(), store.new()
    store.put_file(mine, b"mine")
    store.put_file(other, b"other")
    (tmp_path / "uploads" / mine[:2] / mine).write_bytes((tmp_path / "uploads" / other[:2] / other).read_bytes())
    with pytest.raises(CannotDecrypt):
        store.get_file(mine)


def test_another_secret_tells_which_setting_differs(store: LocalContentStore, tmp_path: Path) -> None:
    content_id = store.new()
    sealed = store.seal(content_id, "words", "x")
    with pytest.raises(CannotDecrypt, match="FEEDFORWARD_SECRET_KEY"):
        LocalContentStore(tmp_path, KeyRing("another")).unseal(content_id, sealed, "x")


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_crash_while_writing_leaves_the_old_file_or_none(
    store: LocalContentStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    content_id = store.new()
    store.put_file(content_id, b"first")

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os if step == "fsync" else Path, step, crash)
    with pytest.raises(KeyboardInterrupt):
        store.put_file(content_id, b"second")
    with pytest.raises(KeyboardInterrupt):
        store.new()
    monkeypatch.undo()
    assert store.get_file(content_id) == b"first"
    half = [path for path in files(tmp_path) if path.suffix]
    assert half
    for found in list(store.content_ids(LATER)):
        store.erase(found)
    assert files(tmp_path) == []


def test_a_full_disk_is_told_as_such_and_leaves_nothing(
    store: LocalContentStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(TemporarilyUnavailable, match="disk is full"):
        store.new()
    assert files(tmp_path) == []


def test_each_id_is_listed_once_and_young_ones_not(store: LocalContentStore, tmp_path: Path) -> None:
    content_id = store.new()
    store.put_file(content_id, b"x")
    (tmp_path / "keys" / "ab").mkdir(exist_ok=True)
    (tmp_path / "keys" / "ab" / "README").write_text("not ours")
    assert list(store.content_ids(LATER)) == [content_id]
    assert list(store.content_ids(datetime.now(UTC) - timedelta(hours=1))) == []


def test_a_page_after_the_erasure_opens_nothing_although_one_before_it_did(tmp_path: Path) -> None:
    """Pages and the worker are different processes: no key outlives the page that read it."""
    pages, worker = LocalContentStore(tmp_path, RING), LocalContentStore(tmp_path, RING)
    content_id = worker.new()
    sealed = worker.seal(content_id, CANARY.decode(), "comment")
    assert pages.for_one_page().unseal(content_id, sealed, "comment") == CANARY.decode()
    worker.erase(content_id)
    for store in (pages.for_one_page(), pages):
        with pytest.raises(ContentErased):
            store.unseal(content_id, sealed, "comment")
