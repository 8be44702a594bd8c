"""Builds the ASGI application: the shield, error pages, our own files, and every feature's routes."""

import gc
import importlib
import sys
import threading
from collections.abc import AsyncIterator

from fasthtml.core import FastHTML
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Mount

from feedforward.errors import FeedForwardError
from feedforward.settings import read_settings
from feedforward.ui.assets import STATIC_FOLDER
from feedforward.web.address_index import AddressIndex
from feedforward.web.error_pages import domain_error, http_error
from feedforward.web.headers import STATIC, Shield
from feedforward.web.routing import Entry, Routes
from feedforward.web.sessions import SeenMarks
from feedforward.web.static_files import FingerprintedFiles
from feedforward.web.turns import Turns
from feedforward.wiring import Wiring

WARMS_UP_AFTER = 2.0

# The features that have pages, in the order of the house.
ROUTE_MODULES = (
    "feedforward.accounts.routes",
    "feedforward.accounts.password_routes",
    "feedforward.accounts.account_routes",
    "feedforward.accounts.email_routes",
    "feedforward.accounts.second_factor_routes",
    "feedforward.accounts.sso_routes",
    "feedforward.accounts.sso_connect_routes",
    "feedforward.accounts.sso_account_routes",
    "feedforward.accounts.mail_routes",
    "feedforward.accounts.registration_routes",
    "feedforward.accounts.approval_routes",
    "feedforward.accounts.people_routes",
    "feedforward.accounts.terms_routes",
    "feedforward.courses.routes",
    "feedforward.courses.roster_routes",
    "feedforward.courses.roster_intake_routes",
    "feedforward.courses.invitation_routes",
    "feedforward.courses.join_routes",
    "feedforward.courses.staff_routes",
    "feedforward.assignments.course_routes",
    "feedforward.assignments.routes",
    "feedforward.assignments.rubric_routes",
    "feedforward.assignments.reader_routes",
    "feedforward.assessment.signal_routes",
    "feedforward.assessment.calibration_routes",
    "feedforward.drafts.task_routes",
    "feedforward.drafts.student_view_routes",
    "feedforward.drafts.draft_routes",
    "feedforward.drafts.difference_routes",
    "feedforward.feedback.routes",
    "feedforward.feedback.addressed_routes",
    "feedforward.review.queue_routes",
    "feedforward.review.routes",
    "feedforward.review.decision_routes",
    "feedforward.review.addressed_routes",
    "feedforward.retention.routes",
    "feedforward.operations.routes",
    "feedforward.home.privacy_routes",
    "feedforward.home.person_routes",
    "feedforward.home.routes",
)  # fmt: skip


def all_routes() -> tuple[Routes, ...]:
    """The routes of every feature."""
    return tuple(importlib.import_module(name).routes for name in ROUTE_MODULES)


def all_entries() -> tuple[Entry, ...]:
    """Every registered address: what the access matrix is generated from."""
    return tuple(entry for routes in all_routes() for entry in routes.entries)


def build_app(wiring: Wiring) -> FastHTML:
    """The application for these settings; RuleBroken where they would serve real people unsafely."""
    settings = wiring.settings
    settings.require_safe_to_serve()

    async def lifespan(_app: FastHTML) -> AsyncIterator[None]:
        # What start-up made stays: without this, full collections stall pages by up to 140 ms.
        gc.collect()
        gc.freeze()
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
    app.router.routes.append(AddressIndex(route for routes in all_routes() for route in routes.starlette_routes()))
    app.state.services = wiring.services
    app.state.seen_marks = SeenMarks()
    app.state.sign_on = wiring.sign_on
    app.state.turns = Turns()
    return app


def make_app() -> FastHTML:
    """The application for the settings of the environment: what uvicorn calls in each page process."""
    wiring = Wiring(read_settings())
    # After the first pages are out: the first student to hand in would otherwise wait a second for it.
    warming = threading.Timer(WARMS_UP_AFTER, wiring.warm_up)
    warming.daemon = True
    warming.start()
    return build_app(wiring)
