"""Builds the ASGI application: the shield, error pages, our own files, and every feature's routes."""

import gc
import importlib
import logging
import os
import sys
import threading
from collections.abc import AsyncIterator

from fasthtml.core import FastHTML
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from uvicorn.config import STARTUP_FAILURE

from feedforward.errors import FeedForwardError
from feedforward.settings import read_settings
from feedforward.ui.assets import STATIC_FOLDER
from feedforward.web.address_index import AddressIndex
from feedforward.web.error_pages import domain_error, http_error
from feedforward.web.headers import STATIC, Shield
from feedforward.web.refusals import Refusals
from feedforward.web.routing import Entry, Routes
from feedforward.web.sessions import SeenMarks
from feedforward.web.static_files import FingerprintedFiles
from feedforward.web.turns import Turns
from feedforward.wiring import Wiring

log = logging.getLogger("feedforward.app")

# The first page goes out before the rest of the house is made ready.
FINISHES_AFTER = 0.5

# The features that have pages, in the order of the house, and how the addresses of each begin.
ROUTE_MODULES: dict[str, tuple[str, ...]] = {
    "feedforward.accounts.routes": ("sign-in", "sign-out"),
    "feedforward.accounts.password_routes": ("account", "forgotten-password", "reset-password"),
    "feedforward.accounts.account_routes": ("account",),
    "feedforward.accounts.email_routes": ("account", "confirm-email", "undo-email"),
    "feedforward.accounts.second_factor_routes": ("account",),
    "feedforward.accounts.sso_routes": ("sign-in",),
    "feedforward.accounts.sso_connect_routes": ("sign-in",),
    "feedforward.accounts.sso_account_routes": ("account",),
    "feedforward.accounts.mail_routes": ("account", "admin", "mail"),
    "feedforward.accounts.registration_routes": ("confirm-registration", "register"),
    "feedforward.accounts.registration_sign_on_routes": ("register",),
    "feedforward.accounts.approval_routes": ("admin",),
    "feedforward.accounts.people_routes": ("admin",),
    "feedforward.accounts.terms_routes": ("admin", "terms"),
    "feedforward.courses.routes": ("courses",),
    "feedforward.courses.roster_routes": ("courses",),
    "feedforward.courses.roster_intake_routes": ("courses",),
    "feedforward.courses.invitation_routes": ("courses",),
    "feedforward.courses.join_routes": ("join",),
    "feedforward.courses.staff_routes": ("courses",),
    "feedforward.courses.glass_routes": ("courses",),
    "feedforward.rubrics.template_builder_routes": ("rubrics",),
    "feedforward.rubrics.template_routes": ("rubrics",),
    "feedforward.assignments.calendar_routes": ("account", "calendar"),
    "feedforward.assignments.course_routes": ("courses",),
    "feedforward.assignments.duplicate_routes": ("courses",),
    "feedforward.assignments.routes": ("assignments", "courses"),
    "feedforward.assignments.settings_routes": ("admin", "assignments", "courses"),
    "feedforward.assignments.extension_routes": ("assignments",),
    "feedforward.assignments.sheet_routes": ("assignments", "tasks"),
    "feedforward.assignments.publication_routes": ("assignments", "instructions"),
    "feedforward.assignments.rubric_routes": ("assignments",),
    "feedforward.assignments.rubric_file_routes": ("assignments",),
    "feedforward.assignments.reader_routes": ("assignments",),
    "feedforward.assessment.signal_routes": ("assignments",),
    "feedforward.assessment.calibration_routes": ("assignments", "calibrations"),
    "feedforward.assessment.trial_routes": ("assignments", "rubric-trials"),
    "feedforward.drafts.task_routes": ("tasks",),
    "feedforward.drafts.student_view_routes": ("assignments",),
    "feedforward.drafts.version_routes": ("assignments",),
    "feedforward.drafts.behalf_routes": ("assignments",),
    "feedforward.drafts.lms_routes": ("assignments",),
    "feedforward.drafts.draft_routes": ("drafts",),
    "feedforward.drafts.difference_routes": ("drafts", "review"),
    "feedforward.feedback.routes": ("comments", "drafts"),
    "feedforward.feedback.addressed_routes": ("drafts",),
    "feedforward.feedback.life_cycle_routes": ("assignments", "courses"),
    "feedforward.feedback.class_routes": ("courses",),
    "feedforward.review.queue_routes": ("assignments", "review"),
    "feedforward.review.routes": ("review",),
    "feedforward.review.decision_routes": ("review",),
    "feedforward.review.addressed_routes": ("review",),
    "feedforward.review.glass_routes": ("admin",),
    "feedforward.retention.routes": ("drafts", "retention"),
    "feedforward.operations.routes": ("healthz", "readyz"),
    "feedforward.home.my_course_routes": ("my-courses",),
    "feedforward.home.privacy_routes": ("privacy",),
    "feedforward.home.audit_routes": ("admin",),
    "feedforward.home.person_routes": ("admin",),
    "feedforward.home.routes": ("",),
}


def all_entries() -> tuple[Entry, ...]:
    """Every registered address: what the access matrix is generated from."""
    return tuple(entry for name in ROUTE_MODULES for entry in importlib.import_module(name).routes.entries)


def routes_in(module: str) -> list[Route]:
    """The routes of one of `ROUTE_MODULES`."""
    routes: Routes = importlib.import_module(module).routes
    return routes.starlette_routes()


def build_app(wiring: Wiring) -> FastHTML:
    """The application for these settings; RuleBroken where they would serve real people unsafely."""
    settings = wiring.settings
    settings.require_safe_to_serve()

    async def lifespan(_app: FastHTML) -> AsyncIterator[None]:
        _keep_what_stays()
        # A page makes some thousand objects that go when it is sent: looking for cycles after every 700 of them took a
        # third of a page's time.
        gc.set_threshold(50_000, 20, 20)
        gc.enable()
        # Threads that write, seal and open drafts give way to the one that answers after a millisecond instead of five.
        sys.setswitchinterval(0.001)
        yield
        await wiring.sign_on.close()
        wiring.close()

    app = FastHTML(
        sess_cls=None, default_hdrs=False, canonical=False, secret_key=settings.secret_key.get_secret_value(),
        middleware=[Middleware(Shield, settings=settings)], lifespan=lifespan,
    )  # fmt: skip
    # FastHTML would wrap these handlers with its own parameter injection, so they are set behind its back.
    # Every other exception is the shield's: there its answer gets the security headers and its message no log.
    app.exception_handlers = {FeedForwardError: domain_error, HTTPException: http_error}
    app.router.routes.clear()
    app.router.routes.append(
        Mount(STATIC.rstrip("/"), FingerprintedFiles(directory=STATIC_FOLDER, check_dir=False), name="static")
    )
    app.state.addresses = AddressIndex(ROUTE_MODULES, routes_in)
    app.router.routes.append(app.state.addresses)
    app.state.services = wiring.services
    app.state.seen_marks = SeenMarks()
    app.state.sign_on = wiring.sign_on
    app.state.turns = Turns()
    app.state.refusals = Refusals()
    return app


def make_app() -> FastHTML:
    """The application for the settings of the environment: what uvicorn calls in each page process."""
    wiring = Wiring(read_settings())
    app = build_app(wiring)
    rest = threading.Timer(FINISHES_AFTER, finish_start, (wiring, app.state.addresses))
    rest.daemon = True
    rest.start()
    return app


def finish_start(wiring: Wiring, addresses: AddressIndex) -> None:
    """Load and make what the first visitor of a page, or the first student to hand in, would wait for."""
    try:
        addresses.load_all()
        _keep_what_stays()
        wiring.warm_up()
    except Exception:
        log.critical("this process cannot serve all pages, so it ends", exc_info=True)
        logging.shutdown()
        # From a thread nothing else ends a process with a code that a supervisor takes for a failure.
        os._exit(STARTUP_FAILURE)


def _keep_what_stays() -> None:
    # What start-up made stays: without this, full collections stall pages by up to 140 ms.
    gc.collect()
    gc.freeze()
