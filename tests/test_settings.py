"""Settings: wrong ones are refused with their name, and unsafe ones do not serve others."""

from pathlib import Path
from typing import Any

import pytest

from feedforward.errors import RuleBroken
from feedforward.settings import DEMONSTRATION_SECRET, Settings, read_settings

SECRET = "zq8Jd0-3kfhq72mXPaleqwe91Lxc0vbn"
EVERYWHERE = "0.0.0.0"  # noqa: S104 what the settings are asked about, nothing is bound
HTTPS = "https://feedback.example.edu"


def made(**values: Any) -> Settings:
    return Settings(_env_file=None, data_folder=Path("unused"), **values)


def test_as_it_comes_it_serves_this_machine_alone() -> None:
    made().require_safe_to_serve()
    assert made().on_loopback
    assert made(public_url="http://localhost:8000").on_loopback


@pytest.mark.parametrize(
    "values",
    [{"host": EVERYWHERE}, {"host": "192.168.1.5"}, {"host": "::"}, {"public_url": "http://feedback.example.edu"},
     {"public_url": HTTPS}, {"trusted_proxies": "127.0.0.1"}, {"host": EVERYWHERE, "public_url": HTTPS},
     {"host": EVERYWHERE, "public_url": HTTPS, "secret_key": DEMONSTRATION_SECRET},
     {"host": EVERYWHERE, "public_url": HTTPS, "secret_key": "short"},
     {"host": EVERYWHERE, "public_url": HTTPS, "secret_key": "a" * 64},
     {"host": EVERYWHERE, "secret_key": SECRET},
     {"host": EVERYWHERE, "public_url": "http://localhost", "secret_key": SECRET},
     {"public_url": "http://feedback.example.edu", "secret_key": SECRET}],
)  # fmt: skip
def test_without_a_real_secret_and_https_others_are_not_served(values: dict[str, Any]) -> None:
    assert not made(**values).on_loopback
    with pytest.raises(RuleBroken):
        made(**values).require_safe_to_serve()


def test_with_both_others_are_served() -> None:
    settings = made(host=EVERYWHERE, public_url=HTTPS, secret_key=SECRET)
    settings.require_safe_to_serve()
    assert not settings.on_loopback


@pytest.mark.parametrize(
    ("name", "value"),
    [("public_url", "https://feedback.example.edu/feedforward"), ("public_url", "feedback.example.edu"),
     ("public_url", "https://user:pass@feedback.example.edu"), ("public_url", "https://feedback.example.edu?x=1"),
     ("public_url", "javascript:alert(1)"), ("public_url", "https://feedback.example.edu:99999"), ("public_url", "https://"),
     ("database_url", "postgresql://u:hunter2@db/x"), ("database_url", "sqlite://"), ("database_url", "mysql://x"),
     ("log_level", "LOUD"), ("port", "0"), ("session_hours", "nan"), ("idle_minutes", "1"), ("idle_minutes", "inf"),
     ("database_wait_seconds", "1000"), ("providers", "{"), ("upload_megabytes", "-1")],
)  # fmt: skip
def test_a_wrong_setting_is_refused_by_its_name_and_without_its_value(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"FEEDFORWARD_{name.upper()}", value)
    with pytest.raises(RuleBroken) as refused:
        read_settings()
    assert f"FEEDFORWARD_{name.upper()}" in refused.value.message
    assert "hunter2" not in refused.value.message


def test_the_secret_is_not_written_where_settings_are_printed() -> None:
    assert SECRET not in repr(made(secret_key=SECRET))
