"""How far a draft has come: each stage by a shape and words, followed live."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from feedforward.ui.badges import shape
from feedforward.ui.elements import Child, Div, Element, Li, Ol, Span

STAGES_ID = "stages"


class StageState(StrEnum):
    """Behind us, under way, still to come, or failed."""

    DONE = "done"
    NOW = "now"
    WAITING = "waiting"
    FAILED = "failed"


_SHAPES = {"done": "done", "now": "active", "waiting": "neutral", "failed": "failed"}
_WORDS = {"done": "done", "now": "under way", "waiting": "still to come", "failed": "failed"}


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: `label` (`Readings`), its state, and a `detail` (`2 of 3`, why it failed, the usual time)."""

    label: str
    state: StageState
    detail: Child = None


def stages(*, steps: Sequence[Stage], poll_url: str | None, note: Child = None) -> Element:
    """The stages as a live region. With `poll_url` it asks there every 2 seconds and is replaced by the answer: the
    same function's output, or one without `poll_url`, which ends the asking. `note` says the usual time."""
    return Div(
        Ol(
            *(
                Li(
                    shape(_SHAPES[step.state]),
                    Div(
                        Span(step.label, cls="stage-label"),
                        Span(f", {_WORDS[step.state]}", cls="only-heard"),
                        Div(step.detail, cls="stage-detail") if step.detail else None,
                    ),
                    cls=f"stage stage-{step.state}",
                    aria_current="step" if step.state is StageState.NOW else None,
                )
                for step in steps
            ),
            cls="stages",
        ),
        Div(note, cls="quiet") if note else None,
        id=STAGES_ID,
        role="status",
        aria_live="polite",
        aria_atomic="false",
        hx_get=poll_url,
        hx_trigger="every 2s" if poll_url else None,
        hx_swap="outerHTML" if poll_url else None,
    )
