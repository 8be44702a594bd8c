"""Where students' text goes: whether the chosen readers send it out of the institution, in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from feedforward.assignments.rules import ReaderSetting
from feedforward.errors import RuleBroken
from feedforward.llm.egress import PRIVATE_NAMES, literal_address
from feedforward.llm.providers import Provider, ProviderKind, providers_from_config
from feedforward.llm.readers import BUILT_IN, optional_provider_and_model
from feedforward.settings import Settings

COMPANIES = {ProviderKind.OPENAI: "OpenAI", ProviderKind.ANTHROPIC: "Anthropic"}


@dataclass(frozen=True, slots=True)
class TextTravel:
    """Whether the text stays in the institution, and one sentence for each place it goes to."""

    stays: bool
    sentences: tuple[str, ...]


def providers_of(settings: Settings) -> tuple[Provider, ...]:
    """The providers of this installation."""
    return providers_from_config(settings.providers or {}, allow_private=settings.allow_private_models)


def text_travel(readers: Sequence[ReaderSetting], providers: Sequence[Provider]) -> TextTravel:
    """What these readers, and the ones they fall back to, mean for the text of a draft."""
    names = [name for reader in readers for name in (reader.reader, reader.fallback_reader) if name]
    stays, sentences = True, []
    if BUILT_IN in names:
        sentences.append("The built-in reader works on this machine: nothing is sent anywhere.")
    for name in names:
        if name == BUILT_IN:
            continue
        found = optional_provider_and_model(providers, name)
        if found is None:
            sentences.append(f"{name} is not set up here at the moment, so nothing is sent to it.")
            continue
        inside, place = _place(found[0])
        stays = stays and inside
        sentences.append(
            f"{found[1]} runs {place}, inside your institution."
            if inside
            else f"{found[1]} runs {place}: the text of a draft leaves your institution."
        )
    return TextTravel(stays, tuple(dict.fromkeys(sentences)))


def _place(provider: Provider) -> tuple[bool, str]:
    """Whether this provider stands in a network of our own, and where it is in words."""
    if provider.base_url is None:
        return False, f"at {COMPANIES.get(provider.kind, f'the provider “{provider.name}”')}"
    host = urlsplit(provider.base_url).hostname or ""
    try:
        address = literal_address(host)
    except RuleBroken:
        address = None
    if host == "localhost" or (address is not None and address.is_loopback):
        return True, "on this machine"
    inside = (address is not None and address.is_private) or host.endswith(PRIVATE_NAMES) or "." not in host
    return inside, f"at {host}"
