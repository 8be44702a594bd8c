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
    chosen = [name for reader in readers for name in (reader.reader, reader.fallback_reader) if name]
    names = list(dict.fromkeys(chosen))
    told = [reader_travel(name, providers) for name in names]
    return TextTravel(all(each.stays for each in told), tuple(each.sentences[0] for each in told))


def reader_travel(name: str, providers: Sequence[Provider]) -> TextTravel:
    """What one reader means for the text: a single sentence."""
    if name == BUILT_IN:
        return TextTravel(True, ("The built-in reader works on this machine: nothing is sent anywhere.",))
    found = optional_provider_and_model(providers, name)
    if found is None:
        return TextTravel(True, (f"{name} is not set up here at the moment, so nothing is sent to it.",))
    provider, model = found
    inside, place = _place(provider)
    if inside:
        return TextTravel(True, (f"{model} runs {place}, inside your institution.",))
    return TextTravel(False, (f"{model} runs {place}: the text of a draft leaves your institution.",))


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
