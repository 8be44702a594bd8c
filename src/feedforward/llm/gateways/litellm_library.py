"""The model library, imported only when it is needed and kept from calling out, retrying or writing logs."""

import asyncio
import logging
import os
import threading
import warnings
from functools import lru_cache
from typing import Any

ENVIRONMENT = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS": "True",
    "LITELLM_LOCAL_BLOG_POSTS": "True",
    "LITELLM_LOCAL_POLICY_TEMPLATES": "True",
    "LITELLM_LOCAL_AUTOROUTER_PRESETS": "True",
    "LITELLM_MODE": "PRODUCTION",
}
SILENCED = ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy", "openai", "anthropic")
QUIETENED = ("httpx", "httpcore", "aiohttp")
READ_ONLY_FIELDS = r"Items? .* on TypedDict class .* using the `ReadOnly` qualifier"
LOCK = threading.Lock()


def library() -> Any:
    """The litellm module, imported on first use (about five seconds and 190 MB), set up to be silent.

    Its loggers and those of the clients under it write prompts, answers and addresses at low levels: they are shut.
    """
    with LOCK:
        return imported()


@lru_cache(maxsize=1)
def imported() -> Any:
    os.environ.update(ENVIRONMENT)
    warnings.filterwarnings("ignore", message=READ_ONLY_FIELDS, category=UserWarning)
    import litellm

    litellm.suppress_debug_info = True
    litellm.turn_off_message_logging = True
    litellm.num_retries = 0
    litellm.drop_params = True
    litellm.callbacks = []
    litellm.success_callback = []
    litellm.failure_callback = []
    for name in SILENCED:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.disabled = True
    for name in QUIETENED:
        logging.getLogger(name).setLevel(logging.WARNING)
    load_lazy_parts(litellm)
    return litellm


def load_lazy_parts(litellm: Any) -> None:
    """Answers a call by itself, without any network: the library loads parts of itself only then, for half a second."""
    litellm.completion(
        model="openai/gpt-4o-mini",
        messages=[{"role": "user", "content": "ready?"}],
        mock_response="ready",
        api_key="none",
        num_retries=0,
    )


async def warm_up() -> None:
    """Imports the library in a thread, so that the first call need not wait for it; at once when it is there."""
    if imported.cache_info().currsize == 0:
        await asyncio.to_thread(library)
