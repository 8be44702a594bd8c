"""One reading by a model: prompt, call, parsed and verified answer."""

from dataclasses import replace

from feedforward.assessment.answer import Answer, AnswerRejected
from feedforward.assessment.assignment_brief import Brief
from feedforward.assessment.parsing import parse_answer
from feedforward.assessment.prompt import Prompt, build_prompt, has_numbers
from feedforward.extraction.code_lines import code_lines
from feedforward.extraction.document import Document
from feedforward.llm.providers import Gateway, ModelCall, ModelReply, Provider


async def read_with_model(
    gateway: Gateway,
    provider: Provider,
    model: str,
    *,
    document: Document,
    brief: Brief,
    facts: str,
    temperature: float,
    max_tokens: int,
    nonce: str,
) -> tuple[Answer, ModelReply, Prompt]:
    """What `model` says about the draft, with the raw reply and the prompt that led to it.

    Raises ModelCallFailed when there is no reply, and AnswerRejected when the reply is of no use; its `spent` says what
    the reply cost.
    """
    prompt = build_prompt(brief, document, facts, nonce)
    lines = code_lines(document) if has_numbers(brief, document) else ()
    reply = await gateway.complete(
        ModelCall(
            provider=provider,
            model=model,
            system=prompt.system,
            user=prompt.user,
            schema=prompt.schema,
            temperature=temperature,
            max_tokens=max_tokens,
            timeout_seconds=provider.timeout_seconds,
        )
    )
    try:
        return parse_answer(reply.text, brief, document.text, lines), reply, prompt
    except AnswerRejected as rejected:
        rejected.spent = replace(reply, text="")
        raise
