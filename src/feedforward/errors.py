"""The errors of the domain: values that carry a message a person can act on, and no HTTP status."""


class FeedForwardError(Exception):
    """Everything this product raises on purpose; `message` is written for the person who reads it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(FeedForwardError):
    """It does not exist, or the person who asks may not know that it does."""

    def __init__(self, message: str = "This page does not exist, or it is not yours to see.") -> None:
        super().__init__(message)


class NotPermitted(FeedForwardError):
    """The person is known, and this is not theirs to do."""


class RuleBroken(FeedForwardError):
    """A rule of the product says no; `field` names the form field that can be changed, where there is one."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class ExternalFailure(FeedForwardError):
    """Something outside failed.

    `code` is a short, stable word that may be stored and logged (never text of a student); `retryable` says whether
    the same call may succeed later, `retry_after` how many seconds the other side asked us to wait.
    """

    def __init__(self, message: str, *, code: str, retryable: bool, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.retryable = retryable
        self.retry_after = retry_after


class TemporarilyUnavailable(FeedForwardError):
    """The database did not answer in time; the same request may be sent again after `retry_after` seconds."""

    def __init__(self, message: str = "FeedForward is very busy at the moment.", retry_after: int = 5) -> None:
        super().__init__(message)
        self.retry_after = retry_after
