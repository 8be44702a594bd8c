"""The one map from errors to pages: status, words, and what a person can do next."""

import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from feedforward import urls
from feedforward.encryption import CannotDecrypt
from feedforward.errors import (
    ExternalFailure,
    FeedForwardError,
    NotFound,
    NotPermitted,
    RuleBroken,
    TemporarilyUnavailable,
)
from feedforward.ui.elements import A, Child, P
from feedforward.ui.layout import page_head
from feedforward.web.access import Person, Role
from feedforward.web.bodies import FormRefused, held_fields
from feedforward.web.context import Web
from feedforward.web.held import PERSON, asked_for, file_notice, holds_a_password, send_again_form
from feedforward.web.refusals import Refusals

log = logging.getLogger("feedforward.web")

TITLES = {
    400: "That could not be read", 401: "Please sign in", 403: "Not yours to open", 404: "Not found", 405: "Not found",
    408: "Too slow", 409: "That cannot be done now", 411: "That could not be read", 413: "Too large",
    415: "That could not be read", 422: "That cannot be done now", 500: "Something went wrong here",
    502: "Something outside did not answer", 503: "Busy for a moment",
}  # fmt: skip
NOT_FOUND = "This page does not exist, or it is not yours to see."
NOT_UNDERSTOOD = "The request could not be understood. Go back, reload the page and try again."
OUR_FAULT = "The fault is ours and has been recorded. What you had saved before is safe. Try again in a moment."


def status_of(error: FeedForwardError) -> int:
    """The HTTP status of an error of the domain."""
    match error:
        case FormRefused():
            return error.status
        case NotFound():
            return 404
        case NotPermitted():
            return 403
        case TemporarilyUnavailable():
            return 503
        case RuleBroken():
            return 422
        case ExternalFailure():
            return 502
        case _:
            return 500


async def domain_error(request: Request, error: Exception) -> Response:
    """A FeedForwardError as a page; where the database was busy, the page keeps what was typed."""
    assert isinstance(error, FeedForwardError)
    if isinstance(error, TemporarilyUnavailable):
        return await _busy(request, error)
    if isinstance(error, CannotDecrypt):
        # The message names a setting: it is for those who run the installation.
        log.error("%s", error.message)
        return error_page(
            request, 500, "What is stored here cannot be opened at the moment. Tell the people who run FeedForward."
        )
    if isinstance(error, NotFound | NotPermitted):
        return _refused(request, error)
    response = error_page(request, status_of(error), error.message)
    if response.status_code == 408:
        # What is left of the body must not be taken for the next request.
        response.headers["Connection"] = "close"
    return response


def _refused(request: Request, error: NotFound | NotPermitted) -> Response:
    """What is not theirs, or not there. It is noted, and an administrator who asks for student work says why first."""
    response: Response = error_page(request, status_of(error), error.message)
    person: Person | None = request.scope.get(PERSON)
    if person is None:
        return response
    if person.role is Role.ADMIN and request.method == "GET" and (why := urls.glass_instead(request.url.path)):
        response = RedirectResponse(why, status_code=303)
    refusals: Refusals = request.app.state.refusals
    refusals.note(request, response, person)
    return response


async def http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = 404 if error.status_code == 405 else error.status_code
    return error_page(request, status, NOT_FOUND if status == 404 else NOT_UNDERSTOOD)


def unexpected_error(request: Request, word: str) -> Response:
    """A defect of ours, told without detail; `word` is where the log speaks of it."""
    way_out = P(A("Go to your home page", href=urls.home()))
    return error_page(
        request, 500, OUR_FAULT, [way_out, P(f"If it happens again, report it with the word {word}.", cls="quiet")]
    )


async def _busy(request: Request, error: TemporarilyUnavailable) -> Response:
    held = await held_fields(request)
    again: list[Child]
    if request.method != "POST":
        again = [P(A("Try again", href=asked_for(request)))]
    elif held is None or holds_a_password(held):
        again = [P("Nothing was changed. Go back in your browser: what you typed is still there, and send it again.")]
    else:
        again = [
            P("Nothing you typed is lost: it waits in this page. Send it again in a few seconds."),
            file_notice(held),
            send_again_form(asked_for(request), held.fields),
        ]
    response = error_page(request, 503, error.message, again)
    response.headers["Retry-After"] = str(error.retry_after)
    return response


def error_page(request: Request, status: int, message: str, more: list[Child] | None = None) -> Response:
    """A whole page for this status, or its message alone where htmx asked for a part of a page."""
    web = Web(request=request, services=request.app.state.services, person=request.scope.get(PERSON))
    way_out = more if more is not None else [P(A("Go to your home page", href=urls.home()))]
    title = TITLES.get(status, "That did not work")
    if web.is_fragment:
        return web.fragment(P(message, role="alert"), status=status)
    return web.page(title=title, body=[page_head(title=title), P(message), *way_out], status=status)
