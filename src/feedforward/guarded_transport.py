"""Connections to servers others name: they go only to addresses that are allowed, whatever a name resolves to."""

import asyncio
import socket
from ipaddress import ip_address

import httpx

from feedforward.allowed_addresses import may_connect

MOST_CONNECTIONS = 1000
KEPT_SECONDS = 30.0


class AddressForbidden(httpx.ConnectError):
    """The host resolves to an address that may not be called."""


class GuardedTransport(httpx.AsyncHTTPTransport):
    """Resolves the host itself, checks what it finds, and connects to exactly that address.

    So a name cannot pass the check as one address and be called as another. TLS still verifies the host's name.
    """

    def __init__(self, *, allow_private: bool) -> None:
        super().__init__(
            limits=httpx.Limits(
                max_connections=MOST_CONNECTIONS,
                max_keepalive_connections=MOST_CONNECTIONS,
                keepalive_expiry=KEPT_SECONDS,
            )
        )
        self.allow_private = allow_private

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        addresses = await self.allowed_addresses(host, request.url.port)
        request.extensions = {**request.extensions, "sni_hostname": host}
        for address in addresses[:-1]:
            request.url = request.url.copy_with(host=address)
            try:
                return await super().handle_async_request(request)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        request.url = request.url.copy_with(host=addresses[-1])
        return await super().handle_async_request(request)

    async def allowed_addresses(self, host: str, port: int | None) -> list[str]:
        """The addresses of `host`, all of which must be allowed."""
        addresses = await addresses_of(host, port)
        if not addresses or not all(may_connect(each, allow_private=self.allow_private) for each in addresses):
            raise AddressForbidden("this address may not be called")
        return addresses


async def addresses_of(host: str, port: int | None) -> list[str]:
    try:
        return [str(ip_address(host))]
    except ValueError:
        pass
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpx.ConnectError("the host name could not be resolved") from error
    return list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))
