"""The names of readers: "built-in", or provider/model."""

from collections.abc import Sequence

from feedforward.llm.providers import Provider

BUILT_IN = "built-in"


def reader_names(providers: Sequence[Provider]) -> tuple[str, ...]:
    """Every model of every provider, by the name an assignment chooses it by."""
    return tuple(f"{provider.name}/{model}" for provider in providers for model in provider.models)


def provider_name(reader: str) -> str:
    """The part before the first slash; the built-in reader is a provider of its own."""
    return reader.partition("/")[0]


def optional_provider_and_model(providers: Sequence[Provider], reader: str) -> tuple[Provider, str] | None:
    """The provider and model of a reader's name; None where the provider is not configured."""
    name, _, model = reader.partition("/")
    for provider in providers:
        if provider.name == name and model:
            return provider, model
    return None
