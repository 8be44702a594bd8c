"""Logs: one line per event on standard error, with nothing in it that a student wrote."""

import logging
import logging.config
import traceback
from datetime import UTC, datetime
from typing import Any

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
OWN = "feedforward"


class OneLine(logging.Formatter):
    """`2026-11-22T18:00:00.000+00:00 LEVEL logger message`; control characters are written as escapes.

    Of an exception only its kind and the places it went through are told: its own words may be a student's.
    """

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = f"{moment} {record.levelname} {record.name} {record.getMessage()}"
        if record.exc_info and record.exc_info[1] is not None:
            line += f" [{without_text(record.exc_info[1])}]"
        return printable(line)


def without_text(error: BaseException) -> str:
    """The kind of an error and where it came from, innermost first: never its message."""
    places = [
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    return f"{type(error).__name__} at {' < '.join(reversed(places[-6:]))}" if places else type(error).__name__


def printable(text: str) -> str:
    """On one line and harmless to a terminal: control and format characters as escapes."""
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape", "backslashreplace").decode() for each in text
    )


def logging_config(level: str) -> dict[str, Any]:
    """The set-up as `logging.config` takes it; `level` holds for our own loggers, others speak from WARNING on.

    Plain names throughout: with several page processes it is pickled on its way to each of them.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": OneLine}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}},
        "root": {"level": "WARNING", "handlers": ["stderr"]},
        "loggers": {
            OWN: {"level": level},
            # The engine and the server would bring handlers of their own.
            **{name: {"handlers": [], "propagate": True} for name in ("dbos", "uvicorn", "uvicorn.error")},
        },
    }


def set_up_logging(level: str) -> None:
    """Use this format in this process from now on."""
    logging.config.dictConfig(logging_config(level))
