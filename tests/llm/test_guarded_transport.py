"""Connections go to the address that was checked, prove who they reach, and follow nobody elsewhere."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from feedforward import guarded_transport
from feedforward.guarded_transport import AddressForbidden, GuardedTransport
from feedforward.llm.faults import CallFault, ModelCallFailed
from feedforward.llm.gateways.model_gateway import ModelGateway
from feedforward.llm.providers import ModelCall, Provider, ProviderKind

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"


def certificate_for(name: str, folder: Path) -> Path:
    """A self-signed certificate and its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


async def with_server(answer: bytes, certificate: Path | None, ask: Callable[[int], Awaitable[None]]) -> list[bytes]:
    """Runs `ask` against a server on a free port and gives back the heads of the requests it got."""
    heads: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(answer)
        await writer.drain()
        writer.close()

    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    async with server:
        await ask(server.sockets[0].getsockname()[1])
    return heads


async def fetch(port: int, *, allow_private: bool = True) -> int:
    async with httpx.AsyncClient(transport=GuardedTransport(allow_private=allow_private)) as client:
        return (await client.get(f"https://localhost:{port}/v1", timeout=5)).status_code


@pytest.fixture
def resolves_to(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def set_addresses(*addresses: str) -> None:
        async def found(_host: str, _port: int | None) -> list[str]:
            return list(addresses)

        monkeypatch.setattr(guarded_transport, "addresses_of", found)

    return set_addresses


def test_a_certificate_of_another_name_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, resolves_to: Callable[..., None]
) -> None:
    certificate = certificate_for("another.example", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    resolves_to("127.0.0.1")

    async def ask(port: int) -> None:
        with pytest.raises(httpx.ConnectError, match=r"(?i)hostname mismatch"):
            await fetch(port)

    assert asyncio.run(with_server(OK, certificate, ask)) == []


def test_the_name_is_proved_although_the_address_is_dialled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, resolves_to: Callable[..., None]
) -> None:
    certificate = certificate_for("localhost", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    resolves_to("127.0.0.1")
    ports: list[int] = []

    async def ask(port: int) -> None:
        ports.append(port)
        assert await fetch(port) == 200

    (head,) = asyncio.run(with_server(OK, certificate, ask))
    assert f"localhost:{ports[0]}".encode() in head, "the host header still carries the name"


def test_the_next_address_of_a_name_is_tried(resolves_to: Callable[..., None]) -> None:
    resolves_to("::1", "127.0.0.1")

    async def ask(port: int) -> None:
        async with httpx.AsyncClient(transport=GuardedTransport(allow_private=True)) as client:
            assert (await client.post(f"http://localhost:{port}/", content=b"draft")).text == "ok"

    assert len(asyncio.run(with_server(OK, None, ask))) == 1


@pytest.mark.parametrize("addresses", [["169.254.169.254"], ["93.184.215.14", "127.0.0.1"], []])
def test_a_name_that_leads_to_a_forbidden_address_is_not_called(
    addresses: list[str], resolves_to: Callable[..., None]
) -> None:
    resolves_to(*addresses)
    with pytest.raises(AddressForbidden):
        asyncio.run(fetch(443, allow_private=False))


@pytest.mark.parametrize("kind", [ProviderKind.OPENAI, ProviderKind.ANTHROPIC])
def test_a_redirect_is_not_followed(kind: ProviderKind) -> None:
    redirect = b"HTTP/1.1 307 X\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

    async def ask(port: int) -> None:
        provider = Provider("p", kind, f"http://127.0.0.1:{port}/v1", "k", ("m",), allow_private=True)
        gateway = ModelGateway()
        with pytest.raises(ModelCallFailed) as caught:
            await gateway.complete(ModelCall(provider, "m", "s", "u", {"type": "object"}, 0.1, 10, 5.0))
        assert caught.value.fault is CallFault.BAD_REQUEST
        await gateway.close()

    assert len(asyncio.run(with_server(redirect, None, ask))) == 1


@pytest.mark.parametrize("body", [b"<html>welcome</html>", b'{"choices": [', b'{"hello": 1}', b"[]", b"null"])
@pytest.mark.parametrize("kind", [ProviderKind.OPENAI, ProviderKind.ANTHROPIC])
def test_an_address_that_answers_something_else_is_malformed(kind: ProviderKind, body: bytes) -> None:
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )

    async def ask(port: int) -> None:
        provider = Provider("p", kind, f"http://127.0.0.1:{port}/v1", "k", ("m",), allow_private=True)
        gateway = ModelGateway()
        with pytest.raises(ModelCallFailed) as caught:
            await gateway.complete(ModelCall(provider, "m", "s", "u", {"type": "object"}, 0.1, 10, 5.0))
        assert caught.value.fault is CallFault.MALFORMED
        await gateway.close()

    asyncio.run(with_server(head.encode() + body, None, ask))


def test_an_answer_that_breaks_off_is_unreachable_and_retryable() -> None:
    async def ask(port: int) -> None:
        provider = Provider("p", ProviderKind.OPENAI, f"http://127.0.0.1:{port}/v1", "k", ("m",), allow_private=True)
        gateway = ModelGateway()
        with pytest.raises(ModelCallFailed) as caught:
            await gateway.complete(ModelCall(provider, "m", "s", "u", {"type": "object"}, 0.1, 10, 5.0))
        assert (caught.value.fault, caught.value.retryable) == (CallFault.UNREACHABLE, True)
        await gateway.close()

    asyncio.run(with_server(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{", None, ask))
