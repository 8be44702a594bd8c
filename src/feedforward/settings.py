"""Every setting of the product: read once from the environment and `.env`, frozen, wrong values refused loudly."""

import json
import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from feedforward.errors import RuleBroken

DEMONSTRATION_SECRET = "demonstration-only-never-for-real-people"  # noqa: S105 a name for "no secret", refused off loopback
LOOPBACK_HOSTS = ("127.0.0.1", "::1", "localhost")


class Settings(BaseSettings):
    """Environment variables carry the prefix FEEDFORWARD_; the descriptions below are the documentation."""

    model_config = SettingsConfigDict(
        env_prefix="FEEDFORWARD_", env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True,
        hide_input_in_errors=True,
    )  # fmt: skip

    data_folder: Path = Field(Path("data"), description="Folder for the database, uploaded files and content keys.")
    database_url: str = Field(
        "",
        description="SQLAlchemy address; empty means SQLite in the data folder. postgresql+psycopg://… for PostgreSQL.",
    )
    secret_key: SecretStr = Field(
        SecretStr(DEMONSTRATION_SECRET),
        description="The root secret; at least 32 characters; required for every address but loopback.",
    )
    earlier_secret_keys: SecretStr = Field(
        SecretStr(""),
        description="Root secrets before this one, separated by spaces; read until `feedforward keys rotate` ran.",
    )
    host: str = Field("127.0.0.1", description="Address the pages are served on.")
    port: int = Field(8000, ge=1, le=65535, description="Port the pages are served on.")
    public_url: str = Field(
        "", description="Address people type, such as https://feedback.example.edu; empty on loopback."
    )
    page_workers: int = Field(1, ge=1, le=64, description="Processes that serve pages.")
    trusted_proxies: str = Field(
        "", description="Comma-separated addresses of reverse proxies whose X-Forwarded-For is believed; empty: none."
    )

    session_hours: float = Field(24, gt=0, le=24 * 30, description="A session ends this many hours after sign-in.")
    # A session is marked as seen once a minute: a shorter pause would sign out people who are at work.
    idle_minutes: float = Field(
        120, ge=3, le=60 * 24 * 30, description="A session ends after this many minutes without a request."
    )
    sign_in_tries: int = Field(10, ge=1, description="Failed sign-ins per account and 15 minutes before a pause.")
    sign_in_tries_address: int = Field(100, ge=1, description="Failed sign-ins per network address and 15 minutes.")
    second_factor_roles: str = Field(
        "",
        description="Roles that must use an authenticator app besides their password, such as admin,instructor; "
        "empty: everybody may, nobody must.",
    )
    self_registration: bool = Field(
        True, description="Whether instructors may ask for an account themselves; students never can."
    )
    sign_on: Annotated[dict[str, Any], NoDecode] = Field(
        default_factory=dict,
        repr=False,
        description="Institutions that sign people in by OpenID Connect, as a JSON object: name → issuer, client_id, "
        "client_secret, label, domains, local_sign_in, second_factor, acr_values, private_network. Empty: none.",
    )
    sign_on_break_glass: bool = Field(
        False,
        description="Whether administrators may use their password although local sign-in is off for their domain; "
        "for when the institution’s sign-in is down.",
    )
    institution: str = Field("", description="Name of the institution; no password may be made of its words.")
    help_contact: str = Field(
        "", description="Whom people ask for help with their account, such as the IT desk, help@example.edu."
    )

    upload_megabytes: float = Field(20, gt=0, le=200, description="Largest file a student can hand in.")
    form_kilobytes: int = Field(2048, ge=64, description="Largest form without a file.")
    extractions_at_once: int = Field(2, ge=1, description="Files read at the same time, per page process.")

    providers: Annotated[dict[str, Any], NoDecode] = Field(
        default_factory=dict,
        description="Language models, as a JSON object: provider name → kind, base_url, api_key, models, concurrency, "
        "timeout_seconds. Empty: the built-in reader alone.",
    )
    allow_private_models: bool = Field(
        True, description="Whether a provider's address may lie in a private network or on this machine."
    )

    retention_days: int = Field(
        30, ge=0, description="Days after release until a draft's content is erased; 0: with the next hourly clean-up."
    )
    unreleased_days: int = Field(
        180, ge=1, description="Days after the due date until content of a draft that was never released is erased."
    )
    notice_days: int = Field(14, ge=1, description="Days before that erasure in which instructor and student are told.")

    audit_address_days: int = Field(
        180, ge=1, description="Days until the network address in an audit event is erased; the event stays."
    )
    break_glass_minutes: int = Field(
        60, ge=5, le=24 * 60, description="How long an administrator who said why may read student work."
    )

    smtp_host: str = Field("", description="Mail server that takes our messages; empty: no mail is sent.")
    smtp_port: int = Field(587, ge=1, le=65535, description="Its port: 587 with starttls, 465 with tls.")
    smtp_user: str = Field("", description="Account at the mail server; empty: none is needed.")
    smtp_password: SecretStr = Field(SecretStr(""), description="Password of that account.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls",
        description="starttls (required; left out only where a server on this machine does not offer it), tls from the "
        "first byte, or none.",
    )
    mail_from: str = Field("", description="Address our messages come from, such as feedback@example.edu.")
    mail_reply_to: str = Field("", description="Address answers go to; empty: to where the message came from.")
    digest_hour: int = Field(6, ge=0, le=23, description="Hour of the day, in UTC, at which daily digests go out.")

    reading_tries: int = Field(3, ge=1, le=10, description="Calls made for one reading before its fallback is tried.")
    worker_slots: int = Field(8, ge=1, description="Most workers that may run against one database at the same time.")
    worker_concurrency: int = Field(64, ge=1, description="Readings one worker handles at the same time.")
    database_wait_seconds: float = Field(
        5, gt=0, le=60, description="How long a locked or restarting database is waited for."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "WARNING", description="DEBUG, INFO, WARNING or ERROR."
    )

    @field_validator("public_url")
    @classmethod
    def _is_an_origin(cls, value: str) -> str:
        """Links are paths from the root, and browsers name scheme, host and port only: nothing else can be served."""
        if not value:
            return value
        try:
            parts = urlsplit(value)
            port = parts.port
        except ValueError:
            raise ValueError("is no address such as https://feedback.example.edu") from None
        if parts.scheme not in ("https", "http") or not parts.hostname or parts.username is not None or port == 0:
            raise ValueError("is no address such as https://feedback.example.edu")
        if parts.path not in ("", "/") or parts.query or parts.fragment:
            raise ValueError("has a path; FeedForward is served at the root of a host name of its own")
        return value.rstrip("/")

    @field_validator("second_factor_roles")
    @classmethod
    def _are_roles(cls, value: str) -> str:
        if not {each.strip() for each in value.split(",") if each.strip()} <= {"student", "instructor", "admin"}:
            raise ValueError("is a list of student, instructor and admin, separated by commas")
        return value

    @field_validator("database_url")
    @classmethod
    def _is_a_database_we_know(cls, value: str) -> str:
        if value and not re.match(r"sqlite:///.|postgresql\+psycopg://.", value):
            raise ValueError("begins with postgresql+psycopg:// or sqlite:/// and the path of a file")
        return value

    @model_validator(mode="before")
    @classmethod
    def _decode_objects(cls, values: Any) -> Any:
        for name in ("providers", "sign_on"):
            raw = values.get(name) if isinstance(values, dict) else None
            if isinstance(raw, str):
                try:
                    values[name] = json.loads(raw) if raw.strip() else {}
                except json.JSONDecodeError as error:
                    told = f"FEEDFORWARD_{name.upper()} is not valid JSON (line {error.lineno}): {error.msg}"
                    raise ValueError(told) from None
        return values

    @field_validator("mail_from", "mail_reply_to")
    @classmethod
    def _is_a_mail_address(cls, value: str) -> str:
        if value and not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+", value):
            raise ValueError("is no address such as feedback@example.edu")
        return value

    @model_validator(mode="after")
    def _mail_settings_fit_together(self) -> "Settings":
        if self.smtp_host and not self.mail_from:
            raise ValueError("FEEDFORWARD_MAIL_FROM: is missing; mail needs an address it comes from")
        if self.smtp_user and self.smtp_security == "none" and self.smtp_host not in LOOPBACK_HOSTS:
            raise ValueError(
                "FEEDFORWARD_SMTP_SECURITY: none would send the password of FEEDFORWARD_SMTP_USER readably"
            )
        return self

    @property
    def database_address(self) -> str:
        """The SQLAlchemy address in force."""
        return self.database_url or f"sqlite:///{self.data_folder.resolve() / 'feedforward.db'}"

    @property
    def site(self) -> str:
        """The address people reach this installation under, without a slash at its end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (self.public_url or f"http://{host}:{self.port}").rstrip("/")

    @property
    def roles_with_second_factor(self) -> frozenset[str]:
        """The roles that must use a second factor."""
        return frozenset(each.strip() for each in self.second_factor_roles.split(",") if each.strip())

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the pages: plain http and the demonstration are allowed only then."""
        # A public name before a server on loopback is a reverse proxy: others reach the pages through it.
        named = urlsplit(self.public_url)
        here = not self.public_url or (named.scheme == "http" and named.hostname in LOOPBACK_HOSTS)
        return self.host in LOOPBACK_HOSTS and here and not self.trusted_proxies

    @property
    def has_real_secret(self) -> bool:
        secret = self.secret_key.get_secret_value()
        return secret != DEMONSTRATION_SECRET and len(secret) >= 32 and len(set(secret)) >= 10

    def require_safe_to_serve(self) -> None:
        """Raise RuleBroken where these settings would serve real people unsafely."""
        if self.on_loopback:
            return
        if not self.has_real_secret:
            raise RuleBroken(
                "Set FEEDFORWARD_SECRET_KEY to a random text of at least 32 characters before serving other machines "
                "(for example the output of: python -c 'import secrets; print(secrets.token_urlsafe(48))')."
            )
        if not self.public_url.startswith("https://"):
            raise RuleBroken(
                "Set FEEDFORWARD_PUBLIC_URL to the https:// address of this installation: sign-in cookies travel over "
                "https only, and plain http is for this machine alone."
            )


def read_settings(**overrides: Any) -> Settings:
    """The settings in force; `overrides` come from the command line. RuleBroken names each wrong one."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        wrong = "; ".join(
            f"FEEDFORWARD_{'_'.join(str(part) for part in each['loc']).upper()}: {each['msg']}".replace(
                "FEEDFORWARD_: Value error, ", ""
            )
            for each in error.errors()
        )
        raise RuleBroken(f"A setting is wrong. {wrong}") from None
