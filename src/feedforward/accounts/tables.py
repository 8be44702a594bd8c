"""People and those who ask to be let in, what proves who they are, and the terms they accepted."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from feedforward.database import Base, BigId, UtcDateTime


class User(Base):
    """A person with an account. `email` is kept folded (trimmed, lower case): one address, one account."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("role in ('student', 'instructor', 'admin')", name="role"),
        CheckConstraint("status in ('active', 'inactive', 'archived', 'deleted')", name="status"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200))
    # Made by `feedforward demo` with a published password: refused wherever others can reach the pages.
    demonstration: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Session(Base):
    """A signed-in browser: only the SHA-256 of its token is kept."""

    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    browser: Mapped[str] = mapped_column(String(200))
    # The institution that signed the person in asked for a second factor: ours is not due in this browser.
    proved_elsewhere: Mapped[bool] = mapped_column(Boolean, server_default=false())


class FailedSignIn(Base):
    """A try that counts against a limit (a sign-in or a code that failed, a reset that was asked for); `account_hash`
    and `address_hash` are keyed hashes that say of what kind it was too. Purged after a day."""

    __tablename__ = "failed_sign_ins"
    __table_args__ = (
        Index("ix_failed_sign_ins_account", "account_hash", "at"),
        Index("ix_failed_sign_ins_address", "address_hash", "at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    account_hash: Mapped[str] = mapped_column(String(64))
    address_hash: Mapped[str] = mapped_column(String(64))


class HalfSession(Base):
    """A browser whose person gave the right password and still owes the second step: it opens nothing."""

    __tablename__ = "half_sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    browser: Mapped[str] = mapped_column(String(200))


class AccountToken(Base):
    """What a link in a mail proves, once: only the SHA-256 is kept. `email` is the address it confirms or restores."""

    __tablename__ = "account_tokens"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(20))
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str | None] = mapped_column(String(254))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class EmailChange(Base):
    """A change of address that was asked for: the letters about it name this row. One is open per person at most."""

    __tablename__ = "email_changes"
    __table_args__ = (CheckConstraint("status in ('open', 'done', 'undone', 'dropped')", name="status"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), index=True)
    old_email: Mapped[str] = mapped_column(String(254))
    new_email: Mapped[str] = mapped_column(String(254))
    status: Mapped[str] = mapped_column(String(20))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SecondFactor(Base):
    """A person's authenticator: its secret under the key ring; in force once a code confirmed it. `last_step` is the
    time step of the newest code that was used: it and those before it are worth nothing any more."""

    __tablename__ = "second_factors"

    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), primary_key=True, autoincrement=False)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_step: Mapped[int] = mapped_column(BigInteger)


class RecoveryCode(Base):
    """A code for when the authenticator is lost: a keyed hash, worth one sign-in."""

    __tablename__ = "recovery_codes"
    __table_args__ = (UniqueConstraint("user_id", "code_hash"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PersonKey(Base):
    """A word a person is found by: of the name or the address, folded. The index serves searches for its beginning."""

    __tablename__ = "person_keys"
    __table_args__ = (Index("ix_person_keys_key", "key", "user_id", postgresql_ops={"key": "text_pattern_ops"}),)

    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(254), primary_key=True)


class Registration(Base):
    """Somebody who asks for an instructor's account. The password's hash goes when it is decided, the row a month
    after; `message` is what a rejecting administrator had to say."""

    __tablename__ = "registrations"
    __table_args__ = (
        CheckConstraint("status in ('asked', 'waiting', 'approved', 'rejected', 'dropped')", name="status"),
        Index("ix_registrations_status", "status", "asked_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(200))
    terms_version: Mapped[int]
    status: Mapped[str] = mapped_column(String(20))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"), index=True)
    message: Mapped[str] = mapped_column(Text)


class AllowedDomain(Base):
    """What becomes of a confirmed address of this domain: approved at once, or an administrator decides."""

    __tablename__ = "allowed_domains"
    __table_args__ = (CheckConstraint("decision in ('approve', 'wait')", name="decision"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    domain: Mapped[str] = mapped_column(String(253), unique=True)
    with_subdomains: Mapped[bool] = mapped_column(Boolean)
    decision: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), index=True)


class TermsEdition(Base):
    """The institution's terms of service and privacy policy, as one numbered edition that never changes."""

    __tablename__ = "terms_editions"

    version: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    terms: Mapped[str] = mapped_column(Text)
    privacy: Mapped[str] = mapped_column(Text)
    needs_acceptance: Mapped[bool] = mapped_column(Boolean)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), index=True)


class TermsAcceptance(Base):
    """That a person accepted an edition; version 0 are the terms that come with FeedForward."""

    __tablename__ = "terms_acceptances"

    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    accepted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EarlierSecret(Base):
    """A root secret that was in force before, wrapped under the key ring: recovery codes and links in older letters are
    checked against it, nothing else. `mark` tells it from others and gives it away to nobody."""

    __tablename__ = "earlier_secrets"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)
