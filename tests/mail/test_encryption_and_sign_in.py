"""How the mail server is spoken to: encrypted where it must be, signed in to, and never for ever."""

import datetime
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pydantic import SecretStr

from feedforward.errors import ExternalFailure, RuleBroken
from feedforward.mail import smtp
from feedforward.mail.smtp import ServerAway
from feedforward.settings import read_settings
from tests.mail.post_office import PostOffice, carrier_to, free_port, post_office


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that only its owner has signed, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("certificate") / "both.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


def letter() -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Hello"
    message.set_content("Words.")
    return message


def carry(carrier: smtp.SmtpCarrier, to: str = "ada@example.edu") -> None:
    try:
        carrier.carry(letter(), sender="feedback@example.edu", to=to)
    finally:
        carrier.close()


@contextmanager
def encrypting(certificate: Path, **settings: Any) -> Iterator[PostOffice]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with post_office(tls_context=context, **settings) as office:
        yield office


def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


def test_starttls_encrypts_before_the_letter_goes(certificate: Path) -> None:
    with encrypting(certificate, require_starttls=True) as office:
        carry(carrier_to(office.port, security="starttls", trust=trusting(certificate)))
    assert office.envelopes == [("feedback@example.edu", ["ada@example.edu"], True)]


def test_a_certificate_nobody_vouches_for_is_refused(certificate: Path) -> None:
    with encrypting(certificate) as office, pytest.raises(ServerAway) as refused:
        carry(carrier_to(office.port, security="starttls"))
    assert refused.value.code == "no_encryption"
    assert office.letters == []


def test_a_certificate_of_another_host_is_refused(certificate: Path) -> None:
    with encrypting(certificate) as office, pytest.raises(ServerAway):
        carry(carrier_to(office.port, host="localhost", security="starttls", trust=trusting(certificate)))
    assert office.letters == []


def test_where_starttls_is_not_offered_nothing_goes_unless_it_is_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with post_office() as office:
        carry(carrier_to(office.port, security="starttls"))
        assert len(office.letters) == 1
        monkeypatch.setattr(smtp, "LOOPBACK_HOSTS", ())
        with pytest.raises(ServerAway) as refused:
            carry(carrier_to(office.port, security="starttls"))
        assert refused.value.code == "no_encryption"
        carry(carrier_to(office.port, security="none"))
    assert len(office.letters) == 2


def test_tls_from_the_first_byte(certificate: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with post_office(ssl_context=context) as office:
        carry(carrier_to(office.port, security="tls", trust=trusting(certificate)))
        with pytest.raises(ServerAway):
            carry(carrier_to(office.port, security="tls"))
    assert len(office.letters) == 1


def test_the_account_is_signed_in_to_and_a_wrong_password_is_the_servers_trouble_not_the_letters(
    certificate: Path,
) -> None:
    with encrypting(certificate, auth_required=True) as office:
        office.accounts[b"feedback"] = b"a long secret"
        trust = trusting(certificate)
        carry(carrier_to(office.port, security="starttls", trust=trust, user="feedback", password="a long secret"))
        assert office.signed_in == [b"feedback"]
        with pytest.raises(ServerAway) as refused:
            carry(carrier_to(office.port, security="starttls", trust=trust, user="feedback", password="wrong"))
        assert refused.value.code == "sign_in_refused"
        with pytest.raises(ServerAway) as refused:
            carry(carrier_to(office.port, security="starttls", trust=trust))
        assert refused.value.code == "smtp_530"
    assert len(office.letters) == 1


def test_a_server_that_says_a_byte_now_and_then_does_not_hold_a_letter_for_ever() -> None:
    stop = threading.Event()

    def trickle(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection:
            while not stop.wait(0.05):
                try:
                    connection.sendall(b"2")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=trickle, args=(listening,))
        thread.start()
        began = time.monotonic()
        port = listening.getsockname()[1]
        carrier = smtp.SmtpCarrier(smtp.MailServer("127.0.0.1", port, "", "", "none"), wait_seconds=5, longest_talk=0.5)
        with pytest.raises(ServerAway):
            carry(carrier)
        stop.set()
        thread.join()
    assert time.monotonic() - began < 4


@pytest.mark.parametrize("answer", ["450 busy", "451 later", "452 no room"])
def test_answers_that_pass_are_told_from_those_that_do_not(answer: str) -> None:
    with post_office() as office:
        for given, retryable in ((answer, True), ("550 unknown", False)):
            office.answers["ada@example.edu"].append(given)
            with pytest.raises(ExternalFailure) as refused:
                carry(carrier_to(office.port))
            assert (refused.value.code, refused.value.retryable) == (f"smtp_{given[:3]}", retryable)


def test_a_server_that_is_not_there_is_away() -> None:
    with pytest.raises(ServerAway) as away:
        carry(carrier_to(free_port()))
    assert away.value.code == "unreachable"


def test_an_address_the_server_cannot_express_is_the_letters_trouble() -> None:
    with post_office(enable_SMTPUTF8=False) as office, pytest.raises(ExternalFailure) as refused:
        carry(carrier_to(office.port), to="jürgen@example.edu")
    assert (refused.value.code, refused.value.retryable) == ("cannot_be_written", False)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"smtp_host": "mail.example.edu"}, "FEEDFORWARD_MAIL_FROM"),
        ({"smtp_host": "mail.example.edu", "mail_from": "x@example.edu\nBcc: y@example.edu"}, "FEEDFORWARD_MAIL_FROM"),
        ({"smtp_host": "mail.example.edu", "mail_from": "nobody"}, "FEEDFORWARD_MAIL_FROM"),
        (
            {"smtp_host": "mail.example.edu", "mail_from": "x@example.edu", "smtp_user": "u", "smtp_security": "none"},
            "FEEDFORWARD_SMTP_SECURITY",
        ),
        ({"smtp_security": "sometimes"}, "FEEDFORWARD_SMTP_SECURITY"),
    ],
)
def test_mail_settings_that_cannot_work_are_refused_by_name(given: dict[str, str], named: str) -> None:
    with pytest.raises(RuleBroken, match=named):
        read_settings(_env_file=None, **given)


def test_the_password_of_the_mail_server_is_never_shown() -> None:
    given: dict[str, Any] = {"smtp_host": "mail.example.edu", "mail_from": "x@example.edu"}
    settings = read_settings(**given, _env_file=None, smtp_password=SecretStr("canary-4711"))
    assert "canary" not in repr(settings)
    assert "canary" not in repr(smtp.MailServer("h", 1, "u", "canary-4711", "none"))
