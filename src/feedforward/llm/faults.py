"""How a call to a model can fail, and what instructor and administrator are told about each way."""

from collections.abc import Callable
from enum import StrEnum

from feedforward.errors import ExternalFailure
from feedforward.llm.providers import ModelReply


class CallFault(StrEnum):
    """The ways a call fails; the value may be stored and logged."""

    TIMEOUT = "timeout"
    RATE_LIMITED = "rate_limited"
    OVERLOADED = "overloaded"
    SERVER_ERROR = "server_error"
    BAD_KEY = "bad_key"
    QUOTA_USED_UP = "quota_used_up"
    UNKNOWN_MODEL = "unknown_model"
    REFUSED = "refused"
    CONTEXT_TOO_LONG = "context_too_long"
    UNREACHABLE = "unreachable"
    MALFORMED = "malformed"
    BAD_REQUEST = "bad_request"
    FORBIDDEN_ADDRESS = "forbidden_address"


RETRYABLE = frozenset(
    {
        CallFault.TIMEOUT,
        CallFault.RATE_LIMITED,
        CallFault.OVERLOADED,
        CallFault.SERVER_ERROR,
        CallFault.UNREACHABLE,
        CallFault.MALFORMED,
    }
)

WORDS_FOR_INSTRUCTORS = {
    CallFault.TIMEOUT: "The model did not answer in time.",
    CallFault.RATE_LIMITED: "The model's provider asked us to slow down.",
    CallFault.OVERLOADED: "The model's provider was overloaded.",
    CallFault.SERVER_ERROR: "The model's provider had an error of its own.",
    CallFault.BAD_KEY: "The provider did not accept our key. Please tell your administrator.",
    CallFault.QUOTA_USED_UP: "Our credit with the provider is used up. Please tell your administrator.",
    CallFault.UNKNOWN_MODEL: "The provider does not offer this model. Choose another model for the assignment.",
    CallFault.REFUSED: "The model declined to read this draft. Read it yourself, or choose another model.",
    CallFault.CONTEXT_TOO_LONG: "The draft is too long for this model. Choose a model that reads longer texts.",
    CallFault.UNREACHABLE: "The model's provider could not be reached.",
    CallFault.MALFORMED: "The model's answer could not be understood, so it was not used.",
    CallFault.BAD_REQUEST: "The provider did not accept our request. Please tell your administrator.",
    CallFault.FORBIDDEN_ADDRESS: "The provider's address may not be called from here. Please tell your administrator.",
}

WORDS_FOR_ADMINISTRATORS = {
    CallFault.TIMEOUT: "No answer within the provider's time limit. If this happens often, raise its timeout_seconds.",
    CallFault.RATE_LIMITED: "The provider asked for fewer requests. Lower its concurrency, or raise your quota there.",
    CallFault.OVERLOADED: "The provider said that it is overloaded. The call is tried again later by itself.",
    CallFault.SERVER_ERROR: "The provider answered with a server error. Look at its status page if this goes on.",
    CallFault.BAD_KEY: "The provider rejected the API key or its permissions. Enter a valid key for this provider.",
    CallFault.QUOTA_USED_UP: "The provider says that the quota or credit of this key is used up. Raise it there.",
    CallFault.UNKNOWN_MODEL: "The provider knows no model of this name. Check the model's name and the base URL.",
    CallFault.REFUSED: "The model or the provider's content filter refused to answer. Another model may read it.",
    CallFault.CONTEXT_TOO_LONG: "The prompt exceeds the model's context. Offer a model with a longer context.",
    CallFault.UNREACHABLE: "No connection to the provider. Check the base URL, the network and the certificate.",
    CallFault.MALFORMED: "The answer was empty, cut off or not of the agreed form. Small models do this more often.",
    CallFault.BAD_REQUEST: "The provider rejected the request itself. Check that the model takes chat messages.",
    CallFault.FORBIDDEN_ADDRESS: "The base URL leads to a private or reserved network address, which is not allowed.",
}


class ModelCallFailed(ExternalFailure):
    """A call that gave no usable reply. It never holds the prompt, the answer, a key or the provider's own words.

    `spent` is what a refusal cost all the same, without its text; None for every call that was not answered.
    """

    def __init__(self, fault: CallFault, *, retry_after: float | None = None, spent: ModelReply | None = None) -> None:
        super().__init__(
            WORDS_FOR_INSTRUCTORS[fault], code=fault.value, retryable=fault in RETRYABLE, retry_after=retry_after
        )
        self.fault = fault
        self.spent = spent

    def __reduce__(self) -> tuple[Callable[..., "ModelCallFailed"], tuple[CallFault, float | None]]:
        return restored, (self.fault, self.retry_after)

    @property
    def advice(self) -> str:
        """The same failure in words for the administrator."""
        return WORDS_FOR_ADMINISTRATORS[self.fault]


def restored(fault: CallFault, retry_after: float | None) -> ModelCallFailed:
    """The failure again after it crossed a process border."""
    return ModelCallFailed(fault, retry_after=retry_after)
