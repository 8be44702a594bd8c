"""Logs: one line per event, nothing a terminal obeys, nothing an exception says."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.logs import OneLine, logging_config, printable, without_text

CANARY = "the marmalade lighthouse keeper"


def line(message: str, *arguments: object, error: BaseException | None = None) -> str:
    about = (type(error), error, error.__traceback__) if error is not None else None
    return OneLine().format(logging.LogRecord("feedforward.x", logging.ERROR, "x.py", 1, message, arguments, about))


@given(st.text())
def test_whatever_is_logged_is_one_printable_line(text: str) -> None:
    assert line("said %s", text).isprintable()


def test_a_line_says_when_how_grave_where_from_and_what() -> None:
    moment, level, logger, said = line("reading %s failed", "7-1-1").split(" ", 3)
    assert moment.endswith("+00:00")
    assert (level, logger, said) == ("ERROR", "feedforward.x", "reading 7-1-1 failed")


def test_of_an_exception_only_its_kind_and_place_are_told() -> None:
    with pytest.raises(ValueError, match=CANARY) as raised:
        raise ValueError(CANARY)
    said = line("it failed", error=raised.value)
    assert without_text(raised.value) in said
    assert "ValueError at test_logs.py:" in said
    assert CANARY not in said


def test_control_characters_become_escapes() -> None:
    assert printable("a\x1b[31m\nb\u202ec") == "a\\x1b[31m\\nb\\u202ec"


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING", "ERROR"])
def test_the_set_up_writes_to_standard_error_and_takes_over_other_handlers(level: str) -> None:
    made = logging_config(level)
    assert made["handlers"]["stderr"]["stream"] == "ext://sys.stderr"
    assert made["loggers"]["feedforward"]["level"] == level
    assert made["root"]["level"] == "WARNING"
    assert made["loggers"]["dbos"] == {"handlers": [], "propagate": True}
