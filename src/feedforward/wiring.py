"""The one composition root: settings become the database, the stores, the models and what pages are given of them."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from feedforward.accounts import passwords
from feedforward.accounts.actions import mark_seen
from feedforward.accounts.letters import account_letters
from feedforward.accounts.mail_queries import mail_recipient
from feedforward.accounts.registration_letters import registration_letters
from feedforward.accounts.sso_desk import SignOnDesk
from feedforward.accounts.sso_letters import sign_on_letters
from feedforward.assessment.engine import Engine
from feedforward.assessment.queries import readings_progress
from feedforward.audit.record import record_refused
from feedforward.clock import Clock, SystemClock
from feedforward.courses.enrolment_letters import LETTERS as ENROLMENT_LETTERS
from feedforward.courses.glass_letters import LETTERS as GLASS_LETTERS
from feedforward.courses.invitation_letters import LETTERS as COURSE_LETTERS
from feedforward.courses.signed_in import person_loader
from feedforward.database import Database
from feedforward.encryption import KeyRing, earlier_secrets
from feedforward.feedback.class_letters import CLASS_REMINDER, write_class_reminder
from feedforward.llm.providers import Provider, providers_from_config
from feedforward.llm.readers import BUILT_IN, reader_names
from feedforward.mail.addresses import Addresses
from feedforward.mail.delivery import Delivery
from feedforward.mail.layout import Sender
from feedforward.mail.letters import Letters, Writer, letters
from feedforward.mail.office import MailOffice
from feedforward.mail.smtp import MailServer, SmtpCarrier
from feedforward.review.letters import (
    DRAFTS_WAITING,
    FEEDBACK_RELEASED,
    SOMETHING_FAILED,
    write_drafts_waiting,
    write_feedback_released,
    write_something_failed,
)
from feedforward.settings import Settings
from feedforward.storage.content import LocalContentStore
from feedforward.web.services import Services, StartFeedback


@dataclass(frozen=True)
class Wiring:
    """Everything made from the settings, each once and only when it is asked for."""

    settings: Settings
    clock: Clock = field(default_factory=SystemClock)

    @cached_property
    def database(self) -> Database:
        self.settings.data_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return Database(self.settings.database_address, wait_seconds=self.settings.database_wait_seconds)

    @cached_property
    def content(self) -> LocalContentStore:
        return LocalContentStore(self.settings.data_folder, self.key_ring)

    @cached_property
    def key_ring(self) -> KeyRing:
        return KeyRing(self.settings.secret_key.get_secret_value(), earlier_secrets(self.settings))

    @cached_property
    def mail(self) -> MailOffice:
        secret = self.settings.secret_key.get_secret_value()
        return MailOffice(
            addresses=Addresses(self.key_ring, secret), sends=bool(self.settings.smtp_host),
            folder=self.settings.data_folder / "outbox", secret=secret,
        )  # fmt: skip

    @cached_property
    def delivery(self) -> Delivery:
        settings = self.settings
        server = MailServer(
            settings.smtp_host, settings.smtp_port, settings.smtp_user, settings.smtp_password.get_secret_value(),
            settings.smtp_security,
        )  # fmt: skip
        return Delivery(
            database=self.database, clock=self.clock, letters=self.letters, office=self.mail,
            sender=Sender(
                settings.mail_from or "feedforward@localhost", settings.mail_reply_to, settings.site, self.mail.secret
            ),
            find_recipient=mail_recipient, carrier=SmtpCarrier(server) if server.host else None,
        )  # fmt: skip

    @cached_property
    def letters(self) -> Letters:
        """Every letter that can be posted, and who writes it."""
        return letters(
            *account_letters(refuse_demonstration=not self.settings.on_loopback),
            *registration_letters(),
            *sign_on_letters(),
            *COURSE_LETTERS,
            *ENROLMENT_LETTERS,
            *GLASS_LETTERS,
            Writer(CLASS_REMINDER, write_class_reminder),
            Writer(FEEDBACK_RELEASED, write_feedback_released),
            Writer(DRAFTS_WAITING, write_drafts_waiting),
            Writer(SOMETHING_FAILED, write_something_failed),
        )

    @cached_property
    def sign_on(self) -> SignOnDesk:
        return SignOnDesk(self.settings)

    @cached_property
    def providers(self) -> tuple[Provider, ...]:
        return providers_from_config(self.settings.providers, allow_private=self.settings.allow_private_models)

    @cached_property
    def engine(self) -> Engine:
        return Engine(self.settings.database_address)

    @cached_property
    def start_feedback(self) -> StartFeedback:
        return self.engine.enqueue_feedback

    @cached_property
    def services(self) -> Services:
        return Services(
            settings=self.settings,
            database=self.database,
            content=self.content,
            clock=self.clock,
            load_person=person_loader(
                idle=timedelta(minutes=self.settings.idle_minutes),
                refuse_demonstration=not self.settings.on_loopback,
                second_factor_roles=self.settings.roles_with_second_factor,
            ),
            mark_seen=mark_seen,
            note_refused=record_refused,
            start_feedback=self.start_feedback,
            readers=(BUILT_IN, *reader_names(self.providers)),
            readings_progress=readings_progress,
            mail=self.mail,
            key_ring=self.key_ring,
        )

    def warm_up(self) -> None:
        """Import and derive what a first sign-in and handing in need: a hash, the engine's client, the ring's key."""
        passwords.warm_up()
        self.engine.warm_up()
        self.key_ring.warm_up()

    def close(self) -> None:
        """Let go of what was opened."""
        if "engine" in self.__dict__:
            self.engine.close()
        if "database" in self.__dict__:
            self.database.close()
