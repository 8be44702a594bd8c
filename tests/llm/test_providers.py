"""The setting of providers, and which addresses may be called."""

from typing import Any

import pytest

from feedforward.allowed_addresses import may_connect
from feedforward.errors import RuleBroken
from feedforward.llm.egress import check_base_url
from feedforward.llm.providers import Provider, ProviderKind, providers_from_config

LOCAL = {"kind": "openai_compatible", "base_url": "http://127.0.0.1:11434/v1", "api_key": None, "models": ["llama3.2"]}


@pytest.mark.parametrize(
    ("name", "fields", "said"),
    [
        ("local", {**LOCAL, "kind": "carrier pigeon"}, "kind"),
        ("local", {**LOCAL, "models": []}, "models"),
        ("local", {**LOCAL, "models": "llama3.2"}, "models"),
        ("local", {**LOCAL, "models": [""]}, "models"),
        ("local", {**LOCAL, "base_url": None}, "base_url"),
        ("local", {**LOCAL, "base_url": "ftp://example.org"}, "base_url"),
        ("local", {**LOCAL, "concurrency": 0}, "concurrency"),
        ("local", {**LOCAL, "concurrency": 1.5}, "concurrency"),
        ("local", {**LOCAL, "concurrency": True}, "concurrency"),
        ("local", {**LOCAL, "timeout_seconds": "60"}, "timeout_seconds"),
        ("local", {**LOCAL, "timeout_seconds": float("nan")}, "timeout_seconds"),
        ("local", {**LOCAL, "api_key": 7}, "api_key"),
        ("local", {**LOCAL, "modles": []}, "modles"),
        ("open", {"kind": "openai", "models": ["gpt-4o-mini"]}, "api_key"),
        ("built-in", LOCAL, "built-in"),
        ("a/b", LOCAL, "a/b"),
        ("local", ["llama3.2"], "local"),
    ],
)
def test_wrong_settings_are_refused_with_what_to_change(name: str, fields: Any, said: str) -> None:
    with pytest.raises(RuleBroken, match=said):
        providers_from_config({name: fields})


def test_a_setting_that_is_no_object_is_refused() -> None:
    with pytest.raises(RuleBroken, match="JSON object"):
        providers_from_config(["local"])  # type: ignore[arg-type]


def test_a_key_is_never_repeated() -> None:
    raw = {"open": {"kind": "openai", "api_key": "sk-secret", "models": [], "concurrency": "sk-secret"}}
    with pytest.raises(RuleBroken) as caught:
        providers_from_config(raw)
    assert "sk-secret" not in caught.value.message
    assert "sk-secret" not in repr(Provider("open", ProviderKind.OPENAI, api_key="sk-secret"))


def test_a_good_setting_becomes_providers() -> None:
    (local,) = providers_from_config({"local": {**LOCAL, "concurrency": 2}})
    assert (local.kind, local.models, local.concurrency) == (ProviderKind.OPENAI_COMPATIBLE, ("llama3.2",), 2)
    assert (local.timeout_seconds, local.allow_private) == (60.0, True)
    assert providers_from_config({}) == ()


def test_the_operator_can_forbid_private_addresses() -> None:
    with pytest.raises(RuleBroken, match="private"):
        providers_from_config({"local": LOCAL}, allow_private=False)


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/v1",
        "https://[fe80::1]/v1",
        "https://[::ffff:169.254.169.254]/v1",
        "https://metadata.google.internal/",
        "https://100.100.100.200/",
        "https://0.0.0.0/",
        "https://224.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://127.1/",
        "https://user:pass@example.org/",
        "https://example.org/?key=1",
        "https://example.org/#x",
        "https://exa mple.org/",
        "https://example.org:0/",
        "https://example.org:port/",
        "file:///etc/passwd",
        "http://example.org/v1",
        "//example.org",
        "",
    ],
)
def test_some_addresses_are_never_allowed(address: str) -> None:
    with pytest.raises(RuleBroken):
        check_base_url(address, allow_private=True)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:11434/v1",
        "http://localhost:8080",
        "https://10.1.2.3",
        "https://[::1]:8443",
        "http://ollama:11434",
        "https://models.internal/v1",
        "https://[fd00::5]/v1",
    ],
)
def test_private_addresses_need_the_operators_word(address: str) -> None:
    check_base_url(address, allow_private=True)
    with pytest.raises(RuleBroken):
        check_base_url(address, allow_private=False)


def test_public_https_is_always_allowed() -> None:
    check_base_url("https://api.example.org/v1", allow_private=False)


@pytest.mark.parametrize(
    ("address", "public", "private"),
    [
        ("93.184.215.14", True, True),
        ("10.0.0.1", False, True),
        ("100.64.0.7", False, True),
        ("100.100.100.200", False, False),
        ("127.0.0.1", False, True),
        ("::1", False, True),
        ("169.254.169.254", False, False),
        ("fe80::1", False, False),
        ("64:ff9b::169.254.169.254", False, False),
        ("64:ff9b::7f00:1", False, True),
        ("2002:a9fe:a9fe::", False, False),
        ("fd00:ec2::254", False, False),
        ("0.0.0.0", False, False),  # noqa: S104
        ("255.255.255.255", False, False),
    ],
)
def test_it_is_the_address_that_counts(address: str, public: bool, private: bool) -> None:
    assert may_connect(address, allow_private=False) is public
    assert may_connect(address, allow_private=True) is private
