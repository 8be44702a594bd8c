"""Attacks on who somebody is, from where they come and how long they may take: sessions, links, addresses, bodies."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from feedforward import urls
from feedforward.accounts.tables import Session
from feedforward.audit.tables import AuditEvent
from feedforward.web import slow_bodies
from tests.factories.letters import write_waiting
from tests.factories.site import PASSWORD
from tests.stories.public import COOKIE, FORM, PROXY, PUBLIC, VISITOR, Public, open_public


@pytest.fixture(scope="module")
def public(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Public]:
    with open_public(tmp_path_factory.mktemp("public"), migrated_file) as opened:
        yield opened


def test_a_planted_session_is_not_the_one_somebody_signs_in_to(public: Public) -> None:
    """Session fixation: with a made-up token, and with a real one of the attacker's own."""
    eve = public.browser()
    public.sign_in(eve, "eve@example.edu")
    hers = eve.cookies[COOKIE]
    given = ""
    for planted in ("a-token-the-attacker-knows-0000000000000000", hers):
        victim = public.browser()
        answer = victim.post(
            urls.sign_in(), data={"email": "ada@example.edu", "password": PASSWORD, "next": "/"},
            headers={"Cookie": f"{COOKIE}={planted}"},
        )  # fmt: skip
        given = answer.cookies[COOKIE]
        assert given != planted
        attacker = public.browser()
        assert attacker.get("/account", headers={"Cookie": f"{COOKIE}={planted}"}).status_code == 303
        assert attacker.get("/account", headers={"Cookie": f"{COOKIE}={given}"}).status_code == 200
    for elsewhere in (f"/account?{COOKIE}={given}", f"/account;{COOKIE}={given}"):
        assert public.browser().get(elsewhere).status_code in (303, 404), "a token counts as a cookie only"


def test_signing_out_clears_what_the_browser_kept(public: Public) -> None:
    """On a shared machine the copies of what was being typed, in the browser's own storage, must not outlive it."""
    browser = public.browser()
    public.sign_in(browser)
    assert "clear-site-data" not in browser.get("/account").headers
    assert browser.post(urls.sign_out(), headers=FORM).headers["clear-site-data"] == '"storage"'


def test_what_was_used_or_is_over_opens_nothing_again(public: Public) -> None:
    """Token replay: a session after signing out, one from before a reset, and the link that reset the password."""
    before, out = public.browser(), public.browser()
    public.sign_in(before)
    public.sign_in(out)
    token = out.cookies[COOKIE]
    assert out.post(urls.sign_out(), headers=FORM).status_code == 303
    replay = public.browser()
    assert replay.get("/account", headers={"Cookie": f"{COOKIE}={token}"}).status_code == 303
    write_waiting(public.site)
    public.client.post(urls.forgotten_password(), data={"email": "ada@example.edu"})
    link = write_waiting(public.site)[0].path
    sent = {"token": link.partition("token=")[2], "new_password": PASSWORD}
    answers = [public.browser().post("/reset-password", data=sent).status_code for _ in range(2)]
    assert answers == [303, 404]
    assert public.browser().get(link).status_code == 404
    assert before.get("/account").status_code == 303, "every session from before the reset is over"


@pytest.mark.parametrize(
    ("connects_from", "says", "is_recorded"),
    [
        # The proxy adds whom it saw at the end; what was there before was written by the visitor.
        (PROXY, VISITOR, VISITOR), (PROXY, f"127.0.0.1, {VISITOR}", VISITOR), (PROXY, f"{PROXY}, {VISITOR}", VISITOR),
        (PROXY, f"198.51.100.1, 198.51.100.2, {VISITOR}", VISITOR),
        # Somebody who gets past the proxy is who they are, whatever they claim.
        (VISITOR, "198.51.100.1", VISITOR), (VISITOR, f"198.51.100.1, {PROXY}", VISITOR),
    ],
)  # fmt: skip
def test_a_forged_forwarded_for_changes_nobodys_address(
    public: Public, connects_from: str, says: str, is_recorded: str
) -> None:
    headers = {"X-Forwarded-For": says, "X-Real-IP": "198.51.100.9", "Forwarded": "for=198.51.100.9",
               "X-Client-IP": "198.51.100.9", "CF-Connecting-IP": "198.51.100.9"}  # fmt: skip
    browser = public.browser(connects_from)
    wrong = {"email": "nobody@example.edu", "password": "not this one at all", "next": "/"}
    assert browser.post(urls.sign_in(), data=wrong, headers=headers).status_code in (422, 429)
    newest = select(AuditEvent.came_from).where(AuditEvent.action == "session.refuse").order_by(AuditEvent.id.desc())
    assert public.site.wiring.database.read_now(lambda c: c.execute(newest.limit(1)).scalar_one()) == is_recorded


def raw_post(public: Public, path: str, headers: list[tuple[bytes, bytes]], messages: list[Any]) -> tuple[int, str]:
    """The status and the page for a body that comes as `messages` say, and then no more."""
    sent: list[Any] = []
    scope: dict[str, Any] = {
        "type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"",
        "scheme": "https", "http_version": "1.1", "root_path": "", "server": ("feedback.example.edu", 443),
        "client": (PROXY, 1), "extensions": {},
        "headers": [(b"host", b"feedback.example.edu"), (b"origin", PUBLIC.encode()),
                    (b"content-type", b"application/x-www-form-urlencoded"), *headers],
    }  # fmt: skip

    async def receive() -> Any:
        if messages:
            return messages.pop(0)
        return await asyncio.get_running_loop().create_future()

    async def send(message: Any) -> None:
        sent.append(message)

    async def run() -> None:
        await public.client.app(scope, receive, send)

    assert public.client.portal is not None
    public.client.portal.call(run)
    body = b"".join(each.get("body", b"") for each in sent).decode()
    return sent[0]["status"], body


def test_a_body_that_is_too_large_is_refused_unread_and_one_that_stops_coming_is_given_up(
    public: Public, monkeypatch: pytest.MonkeyPatch
) -> None:
    unread: list[Any] = [{"type": "http.request", "body": b"a=b", "more_body": False}]
    for path in (urls.sign_in(), "/tasks/1/drafts", "/nowhere"):
        status, _ = raw_post(public, path, [(b"content-length", b"99999999")], unread)
        assert (status, len(unread)) == (413, 1), path
    more = [{"type": "http.request", "body": b"a" * 2_000_000, "more_body": True} for _ in range(4)]
    assert raw_post(public, urls.sign_in(), [(b"content-length", b"10")], more)[0] == 413
    assert len(more) == 2, "what comes beyond the declared length is not gathered"
    monkeypatch.setattr(slow_bodies, "LONGEST_PAUSE", 0.05)
    started: list[Any] = [{"type": "http.request", "body": b"email=ada", "more_body": True}]
    status, page = raw_post(public, urls.sign_in(), [(b"content-length", b"500")], started)
    assert status == 408
    assert "did not arrive in time" in page
    monkeypatch.setattr(slow_bodies, "LONGEST_PAUSE", 30.0)
    monkeypatch.setattr(slow_bodies, "LONGEST_BODY", 0.0)
    drops: list[Any] = [{"type": "http.request", "body": b"a", "more_body": True}] * 5
    assert raw_post(public, urls.sign_in(), [(b"content-length", b"500")], drops)[0] == 408


def test_a_session_is_found_by_its_whole_token_alone(public: Public) -> None:
    browser = public.browser()
    public.sign_in(browser)
    token = browser.cookies[COOKIE]
    stored = public.site.wiring.database.read_now(lambda c: c.execute(select(Session.token_hash)).scalars().all())
    for tried in (token[:-1], token + "a", token.swapcase(), *stored, "", "%", "' or 1=1 --", token + "\x00"):
        answer = public.browser().get("/account", headers={"Cookie": f"{COOKIE}={tried}"})
        assert answer.status_code == 303, tried
