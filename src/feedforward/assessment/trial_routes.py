"""Trying a rubric: on texts by its readers, and by asking a model about the rubric itself; the cost is shown first."""

import asyncio
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.limits import UPLOADS
from feedforward.assessment.assignment_brief import Brief
from feedforward.assessment.trial_actions import begin_trial, erasable, forget_trial
from feedforward.assessment.trial_costs import estimates
from feedforward.assessment.trial_pages import Price, TrialTyped, trials_body
from feedforward.assessment.trial_queries import ASKED_PLACE, brief_for_trial, trial_to_change, trials_to_change
from feedforward.assessment.trial_result_pages import trial_body
from feedforward.assessment.trial_rules import LONGEST_TEXT, MOST_TEXTS, SHORTEST_WORDS, TrialKind
from feedforward.assignments.actions import task_to_change
from feedforward.assignments.text_travel import providers_of, reader_travel
from feedforward.assignments.trail import trail
from feedforward.courses.pauses import must_wait
from feedforward.errors import RuleBroken
from feedforward.llm.readers import BUILT_IN
from feedforward.storage.content import ContentStore
from feedforward.ui.navigation import Link
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.forms import Rest
from feedforward.web.routing import Routes

routes = Routes()

REFRESH_SECONDS = 3
BEGUN = "It has begun. You can leave this page; it goes on."


@dataclass(frozen=True, slots=True)
class DryRunForm:
    do: str
    agreed: str
    fields: Rest


@dataclass(frozen=True, slots=True)
class AskForm:
    kind: str
    reader: str
    agreed: str


@routes.get("/assignments/{assignment_id}/rubric/trials")
async def show_trials(who: Staff, web: Web, assignment_id: int) -> Response:
    return await _page(who, web, assignment_id, TrialTyped())


@routes.post("/assignments/{assignment_id}/rubric/trials")
async def try_rubric(who: Staff, web: Web, assignment_id: int, form: DryRunForm) -> Response:
    """One or two texts for the chosen readers; where a model is among them, the cost is shown first."""
    brief = await web.database.read(_brief, web.content, who.user_id, assignment_id, with_rubric=True)
    typed = _typed(form.fields, brief, web.services.readers)
    errors = _problems(typed)
    if errors:
        return await _page(who, web, assignment_id, typed, errors=errors)
    texts = [each for each in typed.texts if each.strip()]
    agreed = _mark(TrialKind.DRY_RUN, typed.readers, texts)
    if any(each != BUILT_IN for each in typed.readers) and not (form.do == "run" and form.agreed == agreed):
        price = await asyncio.to_thread(_price, web, TrialKind.DRY_RUN, brief, texts, typed.readers, agreed)
        return await _page(who, web, assignment_id, typed, price=price)
    asked = {
        "texts": [
            {"text": text, "expected": {key: label for (of, key), label in typed.expected.items() if of == number}}
            for number, text in enumerate(typed.texts, start=1)
            if text.strip()
        ]
    }
    return await _begin(who, web, assignment_id, TrialKind.DRY_RUN, asked, typed, range(1, len(texts) + 1))


@routes.post("/assignments/{assignment_id}/rubric/ask")
async def ask_model(who: Staff, web: Web, assignment_id: int, form: AskForm) -> Response:
    """A second opinion on the saved rubric, or a proposal of one; the cost is shown first."""
    kind = TrialKind.OPINION if form.kind == TrialKind.OPINION else TrialKind.PROPOSAL
    with_rubric = kind is TrialKind.OPINION
    brief = await web.database.read(_brief, web.content, who.user_id, assignment_id, with_rubric=with_rubric)
    if form.reader == BUILT_IN or form.reader not in web.services.readers:
        raise RuleBroken("This model is not set up here. Go back and choose another one.")
    typed = TrialTyped(readers=(form.reader,))
    agreed = _mark(kind, typed.readers, [brief.title, brief.task_text, json.dumps(brief.rubric.name)])
    if form.agreed != agreed:
        price = await asyncio.to_thread(_price, web, kind, brief, (), typed.readers, agreed)
        return await _page(who, web, assignment_id, typed, price=price)
    return await _begin(who, web, assignment_id, kind, {}, typed, (0,))


@routes.get("/rubric-trials/{trial_id}")
async def show_trial(who: Staff, web: Web, trial_id: int) -> Response:
    trial = await web.database.read_slow(trial_to_change, web.content, who.user_id, trial_id)
    back = Link("Try the rubric", urls.rubric_trials(trial.task.assignment_id))
    return web.page(
        title="Trial of the rubric", body=trial_body(trial=trial), breadcrumbs=(*trail(trial.task), back), wide=True,
        refresh_seconds=REFRESH_SECONDS if trial.under_way and trial.erased_at is None else None,
    )  # fmt: skip


@routes.post("/rubric-trials/{trial_id}/delete")
async def delete_trial(who: Staff, web: Web, trial_id: int) -> Response:
    assignment_id, content_id = await web.database.read(erasable, who.user_id, trial_id)
    await asyncio.to_thread(web.content.erase, content_id)
    await web.database.write(forget_trial, trial_id, by=who.user_id, now=web.clock.now())
    return web.see(urls.rubric_trials(assignment_id), said="The texts and what was said about them are erased.")


async def _begin(
    who: Staff, web: Web, assignment_id: int, kind: TrialKind, asked: Mapping[str, Any], typed: TrialTyped,
    subjects: Sequence[int],
) -> Response:  # fmt: skip
    pause = await must_wait(web, UPLOADS, str(who.user_id), "uploads")
    if pause is not None:
        return pause

    def keep() -> tuple[str, bytes]:
        content_id = web.content.new()
        return content_id, web.content.seal(content_id, dict(asked), ASKED_PLACE)

    content_id, sealed = await asyncio.to_thread(keep)
    try:
        trial_id = await web.database.write(
            begin_trial, staff_id=who.user_id, assignment_id=assignment_id, kind=kind, content_id=content_id,
            asked=sealed, readers=typed.readers, subjects=subjects, now=web.clock.now(),
        )  # fmt: skip
    except RuleBroken as broken:
        await asyncio.to_thread(web.content.erase, content_id)
        return await _page(who, web, assignment_id, typed, errors={"": broken.message})
    return web.see(urls.rubric_trial(trial_id), said=BEGUN)


def _brief(
    connection: Connection, store: ContentStore, staff_id: int, assignment_id: int, *, with_rubric: bool
) -> Brief:
    """What readers are told; for somebody who may change the assignment. RuleBroken where the rubric is missing."""
    task = task_to_change(connection, staff_id, assignment_id)
    rubric_id = task.required_rubric_id if with_rubric else None
    return brief_for_trial(connection, store, assignment_id, rubric_id)


def _typed(sent: Mapping[str, str], brief: Brief, offered: Sequence[str]) -> TrialTyped:
    expected = {
        (number, criterion.key): label
        for number in range(1, MOST_TEXTS + 1)
        for criterion in brief.rubric.criteria
        if (label := sent.get(f"expected.{number}.{criterion.key}", "")) in {each.label for each in criterion.levels}
    }
    texts = tuple(sent.get(f"text.{number}", "") for number in range(1, MOST_TEXTS + 1))
    return TrialTyped(texts, expected, tuple(name for at, name in enumerate(offered) if f"reader.{at}" in sent))


def _problems(typed: TrialTyped) -> dict[str, str]:
    problems: dict[str, str] = {}
    for number, text in enumerate(typed.texts, start=1):
        if (text.strip() or number == 1) and len(text.split()) < SHORTEST_WORDS:
            problems[f"text.{number}"] = f"Paste a text of at least {SHORTEST_WORDS} words."
        elif len(text) > LONGEST_TEXT:
            problems[f"text.{number}"] = f"Use at most {LONGEST_TEXT:,} characters."
    if not typed.readers:
        problems["reader.0"] = "Choose at least one reader."
    return problems


def _mark(kind: TrialKind, readers: Sequence[str], texts: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps([kind, *readers, *texts]).encode()).hexdigest()[:32]


def _price(
    web: Web, kind: TrialKind, brief: Brief, texts: Sequence[str], readers: Sequence[str], agreed: str
) -> Price:  # fmt: skip
    providers = providers_of(web.services.settings)
    travel = [reader_travel(each, providers).sentences[0] for each in readers]
    return Price(kind, estimates(kind, brief, texts, readers, providers), travel, agreed)


async def _page(
    who: Staff, web: Web, assignment_id: int, typed: TrialTyped, *, errors: Mapping[str, str] | None = None,
    price: Price | None = None,
) -> Response:  # fmt: skip
    task, rubric, lines = await web.database.read(trials_to_change, who.user_id, assignment_id)
    body = trials_body(
        task=task, rubric=rubric, readers=web.services.readers, typed=typed, errors=errors or {}, price=price,
        lines=lines,
    )  # fmt: skip
    back = Link("Rubric", urls.edit_rubric(assignment_id))
    return web.page(
        title=f"Try the rubric of {task.title}", body=body, breadcrumbs=(*trail(task), back),
        status=422 if errors else 200,
    )  # fmt: skip
