"""What happens with a student's text, in true sentences: who reads it, where it goes, when it is erased."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from feedforward.assignments.rules import ReaderSetting, Task
from feedforward.errors import RuleBroken
from feedforward.llm.egress import PRIVATE_NAMES, literal_address
from feedforward.llm.readers import BUILT_IN, provider_name


@dataclass(frozen=True, slots=True)
class TextNotice:
    """`readers` and `keeping` are sentences; `leaves` says whether the text leaves the institution."""

    readers: tuple[str, ...]
    keeping: tuple[str, ...]
    leaves: bool


def text_notice(
    task: Task,
    readers: Sequence[ReaderSetting],
    providers: Mapping[str, Any],
    *,
    retention_days: int,
    unreleased_days: int,
) -> TextNotice:
    """The notice for one task. `providers` is the setting of that name: provider name → its fields."""
    names = list(dict.fromkeys(each.reader for each in readers))
    spare = [each.fallback_reader for each in readers if each.fallback_reader]
    spare = [each for each in dict.fromkeys(spare) if each not in names]
    places = {name: _place(name, providers) for name in (*names, *spare)}
    sentences = [_reader_sentence(name, places[name]) for name in names]
    sentences += [f"If one of them fails: {_reader_sentence(name, places[name])}" for name in spare]
    days = task.retention_days if task.retention_days is not None else retention_days
    erased = "as soon as your feedback is released" if days == 0 else f"{_days(days)} after your feedback is released"
    reviewed = "The people who teach this course see your text, review the feedback and release it to you."
    alone = (
        "The people who teach this course can see your text. Feedback on it may be released to you without a person "
        "having reviewed it; it says so then."
    )
    keeping = (
        alone if task.settings.goes_out_unreviewed else reviewed,
        f"Your file, its text and the passages quoted from it are erased {erased}; the feedback itself stays.",
        f"If no feedback is released, they are erased {_days(unreleased_days)} after the deadline.",
        "A text you look at here and never hand in is erased after a day.",
    )
    return TextNotice(tuple(sentences), keeping, leaves=any(place.startswith("sent") for place in places.values()))


def _reader_sentence(name: str, place: str) -> str:
    if name == BUILT_IN:
        return "FeedForward’s built-in reader: fixed checks without a language model. Your text stays on this server."
    model = name.partition("/")[2]
    return f"{model}, a language model: {place}."


def _place(name: str, providers: Mapping[str, Any]) -> str:
    if name == BUILT_IN:
        return "stays on this server"
    provider = provider_name(name)
    fields = providers.get(provider)
    if not isinstance(fields, Mapping):
        return f"its provider “{provider}” is not set up at the moment, so nothing is sent to it"
    host = urlsplit(str(fields.get("base_url") or "")).hostname
    if host is None:
        return f"sent over the internet to “{provider}”, a company outside your institution"
    try:
        address = literal_address(host)
    except RuleBroken:
        address = None
    if host == "localhost" or (address is not None and address.is_loopback):
        return "it runs on this server, so your text stays here"
    if (address is not None and address.is_private) or host.endswith(PRIVATE_NAMES) or "." not in host:
        return f"it runs in your institution’s own network ({host})"
    return f"sent over the internet to “{provider}” ({host})"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
