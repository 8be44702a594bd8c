"""A trial desk with a gateway of a test's own, and the two texts that tests try rubrics on."""

import asyncio

from feedforward.assessment.lanes import lanes_of
from feedforward.assessment.trial_desk import TrialDesk
from feedforward.llm.gateways.model_gateway import ModelGateway
from feedforward.llm.providers import Gateway, Provider
from feedforward.wiring import Wiring

POOR = "i think cars are bad becuase they are bad and everybody knows it so we have to stop it now and go by foot. " * 9
RICH = "\n\n".join(
    (
        "Cities should close their centres to private cars, because the air there harms those who cannot leave.\n\n"
        "In Ghent, for example, the air held a fifth less soot two years after the centre was closed (Jansen, 2019). "
        "Critics object that shops lose customers; however, takings rose, since people who walk stop more often.\n\n"
        "For these reasons the council should begin with one street next year and publish what it measures.",
    )
    * 3
)


def trial_desk(wiring: Wiring, gateway: Gateway, providers: tuple[Provider, ...] = ()) -> TrialDesk:
    """A worker's desk that is asked by hand."""
    return TrialDesk(wiring.database, wiring.content, wiring.clock, gateway, providers, lanes_of(providers))


def work_off(desk: TrialDesk) -> int:
    """Carry out what waits, round by round; how many calls."""

    async def rounds() -> int:
        made = 0
        while begun := await desk.begin_waiting():
            await desk.rest()
            made += begun
        if isinstance(desk.gateway, ModelGateway):
            await desk.gateway.close()
        return made

    return asyncio.run(rounds())
