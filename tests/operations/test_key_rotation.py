"""Changing the root secret: everything opens under the new one alone, nothing erased comes back, and it can stop."""

from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import LargeBinary, select

from feedforward import urls
from feedforward.accounts.letters import PASSWORD_RESET
from feedforward.accounts.tables import EarlierSecret, SecondFactor
from feedforward.clock import SetClock
from feedforward.encryption import KeyRing
from feedforward.errors import RuleBroken
from feedforward.mail.outbox import post
from feedforward.mail.rules import Topic
from feedforward.mail.tables import MailMessage
from feedforward.operations import key_rotation
from feedforward.operations.key_rotation import WRAPPED, Counts, Rotation, rotate
from feedforward.operations.secret_mark import mark_secret, require_known_secret
from feedforward.schema import metadata
from feedforward.settings import Settings
from feedforward.storage.content import LocalContentStore
from feedforward.wiring import Wiring
from tests.factories.command_line import Run, assert_refused, run
from tests.factories.second_factor import App, set_up
from tests.factories.site import Site

__all__ = ["run"]

FIRST, SECOND = "Xq3-vR8_tLm2zKw9Yb7NcJ5hPd4GfA6sUe1o", "oU6s-Af4GdPh5JcN7bY9wKz2mLt_8Rv3qX1e"
# Sealed under the key of their draft (task sheet, archive, trial), which lies in a file: the key is wrapped anew, they
# stay as they are.
UNDER_A_DRAFTS_KEY = {
    "drafts.content", "feedback.summary_passages", "comments.passages", "readings.answer", "readings.record",
    "feedback_versions.document", "addressed_comments.note_passages", "addressed_corrections.note_passages",
    "task_sheets.content", "lms_archives.names", "rubric_trials.asked", "rubric_trial_calls.answer",
}  # fmt: skip
# Digests of events: nothing of it is secret.
IN_CLEAR = {"audit_seals.marks"}


def under(settings: Settings, secret: str, *earlier: str) -> Settings:
    given = {"secret_key": SecretStr(secret), "earlier_secret_keys": SecretStr(" ".join(earlier))}
    return settings.model_copy(update=given)


@pytest.fixture
def settings(database_address: str, tmp_path: Path) -> Settings:
    return under(Settings(_env_file=None, data_folder=tmp_path / "data", database_url=database_address), FIRST)


def rotation_of(wiring: Wiring) -> Rotation:
    return Rotation(wiring.database, wiring.content, wiring.key_ring, wiring.mail.addresses, wiring.settings)


def test_every_column_of_bytes_is_wrapped_anew_or_known_to_lie_under_a_drafts_key() -> None:
    columns = {
        f"{table.name}.{column.name}"
        for table in metadata().tables.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    anew = {f"{each.value.class_.__tablename__}.{each.value.key}" for each in WRAPPED}
    assert columns == anew | UNDER_A_DRAFTS_KEY | IN_CLEAR


def test_everything_opens_under_the_new_secret_alone_also_after_a_stop_in_the_middle(
    site: Site, settings: Settings, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_rotation, "BATCH", 2)
    old = site.wiring
    old.database.write_now(mark_secret, settings)
    ada = site.make_person("Ada Student")
    app = set_up(site, site.visitor().sign_in("ada@example.edu"))
    content_id = old.content.new()
    sealed = old.content.seal(content_id, "her words", "draft content")
    gone = old.content.new()
    old.content.erase(gone)
    addresses = [f"nora{number}@example.org" for number in range(5)]
    for each in addresses:
        sealed_address = old.mail.addresses.sealed(each)
        old.database.write_now(post, template=PASSWORD_RESET, to=sealed_address, ids={}, asked_by=None, now=clock.now())
    token = old.mail.unsubscribe_token(ada, Topic.FEEDBACK_RELEASED)

    both = Wiring(under(settings, SECOND, FIRST), clock)
    both.database.read_now(require_known_secret, both.settings)

    def stops(counts: Counts) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(rotation_of(both), clock.now(), stops)
    # The application goes on under both: what is done already and what is not opens.
    with Site.open(both) as running:
        _signs_in_with_a_code(running, App(running, app.secret, app.recovery_codes), clock)
    came_to = rotate(rotation_of(both), clock.now(), lambda counts: None)
    done = {each.what: (each.anew, each.already, each.unreadable) for each in came_to}
    assert done == {
        "addresses of letters": (0, 5, 0), "authenticators": (1, 0, 0), "earlier secrets": (0, 1, 0),
        "keys of drafts": (1, 0, 0),
    }  # fmt: skip
    assert [each.anew for each in rotate(rotation_of(both), clock.now(), lambda counts: None)] == [0, 0, 0, 0]
    both.close()

    new = Wiring(under(settings, SECOND), clock)
    new.database.read_now(require_known_secret, new.settings)
    with pytest.raises(RuleBroken, match="FEEDFORWARD_EARLIER_SECRET_KEYS"):
        new.database.read_now(require_known_secret, settings)
    rows = new.database.read_now(
        lambda c: c.execute(select(MailMessage.address, MailMessage.address_hash).order_by(MailMessage.id)).all()
    )
    kept = [row for row in rows if row.address is not None]
    assert [new.mail.addresses.opened(row.address).email for row in kept] == addresses
    assert [row.address_hash for row in kept] == [new.mail.addresses.hash_of(each) for each in addresses]
    assert new.content.unseal(content_id, sealed, "draft content") == "her words"
    assert new.content.is_erased(gone)
    with Site.open(new) as running:
        there = App(running, app.secret, app.recovery_codes)
        _signs_in_with_a_code(running, there, clock)
        # Made under the earlier secret: a recovery code, and the link of an older letter.
        browser = running.visitor().sign_in("ada@example.edu")
        browser.submit(urls.second_step(), code=app.recovery_codes[0])
        assert browser.path == urls.home()
        assert running.visitor().get(urls.unsubscribe(token)).forms
        forged = running.visitor()
        forged.get(urls.unsubscribe(token[:-1] + ("0" if token[-1] != "0" else "1")))
        assert forged.status == 404
    new.close()


def _signs_in_with_a_code(site: Site, app: App, clock: SetClock) -> None:
    clock.moment += timedelta(seconds=60)
    browser = site.visitor().sign_in("ada@example.edu")
    browser.submit(urls.second_step(), code=app.code())
    assert browser.path == urls.home()


def test_an_erased_key_does_not_come_back(tmp_path: Path) -> None:
    old = LocalContentStore(tmp_path, KeyRing(FIRST))
    ids = [old.new() for _ in range(3)]
    new = LocalContentStore(tmp_path, KeyRing(SECOND, [FIRST]))
    old.erase(ids[0])
    assert [new.rewrap(each) for each in ids] == [False, True, True]
    assert [new.rewrap(each) for each in ids] == [False, False, False]
    assert sorted(path.name for path in (tmp_path / "keys").rglob("*") if path.is_file()) == sorted(ids[1:])


def test_a_value_of_no_known_secret_is_left_and_counted(site: Site, settings: Settings, clock: SetClock) -> None:
    set_up(site, site.person("Ada Student"))
    site.wiring.database.write_now(lambda c: c.execute(SecondFactor.__table__.update().values(secret=b"damaged")))  # type: ignore[attr-defined]
    both = Wiring(under(settings, SECOND, FIRST), clock)
    done = rotate(rotation_of(both), clock.now(), lambda counts: None)
    assert [each.unreadable for each in done] == [0, 1, 0, 0]
    kept = both.database.read_now(lambda c: c.execute(select(SecondFactor.secret)).scalar_one())
    assert kept == b"damaged"
    assert FIRST.encode() not in both.database.read_now(lambda c: c.execute(select(EarlierSecret.wrapped)).scalar_one())
    both.close()


def test_the_command_needs_the_earlier_secret_and_says_what_it_did(run: Run) -> None:
    assert run("migrate", secret_key=FIRST).returncode == 0
    assert_refused(run("keys", "rotate", secret_key=FIRST), "There is no earlier secret")
    done = run("keys", "rotate", secret_key=SECOND, earlier_secret_keys=FIRST)
    assert done.returncode == 0
    assert "keys of drafts: 0 wrapped anew" in done.stdout
    assert "Take FEEDFORWARD_EARLIER_SECRET_KEYS away" in done.stdout
    assert run("migrate", secret_key=SECOND).returncode == 0
    assert_refused(run("migrate", secret_key=FIRST), "FEEDFORWARD_SECRET_KEY")
