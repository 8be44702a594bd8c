"""The institutions that sign people in here, and the line to each of them; one desk per process."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from feedforward.accounts.sso_rules import Institution, institutions_from_config, sign_in_elsewhere
from feedforward.errors import NotFound
from feedforward.settings import Settings
from feedforward.web.context import Web

if TYPE_CHECKING:
    from feedforward.accounts.sso_client import InstitutionClient


class SignOnDesk:
    """RuleBroken where the setting is wrong: an installation must not start without the sign-in it was given."""

    def __init__(self, settings: Settings) -> None:
        self.institutions: Sequence[Institution] = institutions_from_config(settings.sign_on)
        self.break_glass = settings.sign_on_break_glass
        self._clients: Mapping[str, InstitutionClient] = {}
        if self.institutions:
            # A fifth of a second of imports that most installations never need.
            from feedforward.accounts import sso_client

            self._clients = {each.name: sso_client.InstitutionClient(each) for each in self.institutions}

    def client(self, name: str) -> "InstitutionClient":
        """The line to the institution of this name; NotFound where there is none."""
        found = self._clients.get(name)
        if found is None:
            raise NotFound
        return found

    def of_issuer(self, issuer: str) -> Institution | None:
        """The institution with this issuer; None where it is not in the settings any more."""
        return next((each for each in self.institutions if each.issuer == issuer), None)

    def elsewhere(self, email: str) -> Institution | None:
        """The institution whose people do not use a password here; None where this folded address may."""
        return sign_in_elsewhere(self.institutions, email)

    async def close(self) -> None:
        """Let go of every connection."""
        await asyncio.gather(*(each.close() for each in self._clients.values()))


def desk_of(web: Web) -> SignOnDesk:
    """The desk of the running application."""
    desk: SignOnDesk = web.request.app.state.sign_on
    return desk
