"""The one gateway others ask: it picks, by the kind of provider, who makes the call."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from feedforward.clock import Clock, SystemClock
from feedforward.llm.gateways.price_list import price_list
from feedforward.llm.gateways.wire_gateway import FORMATS, WireGateway
from feedforward.llm.providers import ModelCall, ModelReply, Provider

if TYPE_CHECKING:
    from feedforward.llm.gateways.litellm_gateway import LitellmGateway


@dataclass
class ModelGateway:
    """Calls every kind of provider; the model library is imported only for the kind that needs it."""

    clock: Clock = field(default_factory=SystemClock)

    @cached_property
    def _wire(self) -> WireGateway:
        return WireGateway(self.clock)

    @cached_property
    def _library(self) -> "LitellmGateway":
        from feedforward.llm.gateways.litellm_gateway import LitellmGateway

        return LitellmGateway(self.clock)

    def prepare(self, providers: Iterable[Provider]) -> None:
        """Loads what calls to these providers need: the price list, and the library (five seconds) where one needs it.

        Nothing depends on it: what is missing is loaded by the first call.
        """
        kinds = {provider.kind for provider in providers}
        if kinds & FORMATS.keys():
            price_list()
        if kinds - FORMATS.keys():
            self._library.prepare()

    async def complete(self, call: ModelCall) -> ModelReply:
        """Makes the call. Raises ModelCallFailed."""
        gateway = self._wire if call.provider.kind in FORMATS else self._library
        return await gateway.complete(call)

    async def close(self) -> None:
        """Closes the connections of the running event loop."""
        if "_wire" in self.__dict__:
            await self._wire.close()
