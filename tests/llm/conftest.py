"""What the tests of the models room share: the model server, and a gateway that cleans up after itself."""

import asyncio
from collections.abc import Callable

import pytest

from feedforward.llm.gateways.model_gateway import ModelGateway
from feedforward.llm.providers import ModelCall, ModelReply, Provider, ProviderKind
from tests.llm.model_server import ModelServer, model_server

__all__ = ["model_server"]

SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False}
KEY = "sk-canary-key-7731"
ESSAY = "The zebra canary essay nobody may ever see in a log."

WIRE_FORMATS = ("openai", "anthropic", "openai_compatible")
"""The kinds whose calls we make ourselves."""
THROUGH_LIBRARY = "library-"
EVERY_WAY = (*WIRE_FORMATS, f"{THROUGH_LIBRARY}openai", f"{THROUGH_LIBRARY}anthropic")
"""These, and two of the wire formats again as the model library speaks them."""

Complete = Callable[..., ModelReply]


@pytest.fixture
def provider(model_server: ModelServer) -> Callable[..., Provider]:
    """Makes a provider of the given kind (one of EVERY_WAY) that points at the model server."""

    def made(kind: str, **more: object) -> Provider:
        anthropic = "anthropic" in kind
        model = "claude-haiku-4-5" if anthropic else "gpt-4o-mini"
        through_library = kind.startswith(THROUGH_LIBRARY)
        fields: dict[str, object] = {
            "name": "mock",
            "kind": ProviderKind.LITELLM if through_library else ProviderKind(kind),
            "base_url": model_server.anthropic_url if anthropic else model_server.openai_url,
            "api_key": KEY,
            "models": (f"{kind.removeprefix(THROUGH_LIBRARY)}/{model}" if through_library else model,),
            "allow_private": True,
        }
        return Provider(**{**fields, **more})  # type: ignore[arg-type]

    return made


@pytest.fixture
def complete() -> Complete:
    """Makes one call in a loop of its own and closes its connections."""

    def made(provider: Provider, *, model: str | None = None, timeout_seconds: float = 20.0) -> ModelReply:
        call = ModelCall(
            provider=provider,
            model=model or provider.models[0],
            system="Read the draft.",
            user=ESSAY,
            schema=SCHEMA,
            temperature=0.2,
            max_tokens=300,
            timeout_seconds=timeout_seconds,
        )

        async def calling() -> ModelReply:
            gateway = ModelGateway()
            try:
                return await gateway.complete(call)
            finally:
                await gateway.close()

        return asyncio.run(calling())

    return made
