"""Every reading beside the merged feedback: who read, what it said and cost, and the exact prompt on its own page."""

from collections.abc import Mapping
from typing import Any

from feedforward import urls
from feedforward.llm.readers import BUILT_IN
from feedforward.review.queries import SealedRecord
from feedforward.review.rules import score_text
from feedforward.review.sheet import Sheet
from feedforward.review.views import CriterionResult, ReadingDetail, Review
from feedforward.review.words import (
    READING_STATUS,
    cost_in_words,
    reader_in_words,
    seconds_in_words,
    trouble_in_words,
)
from feedforward.ui.badges import Tone, badge
from feedforward.ui.comments import kind_sign
from feedforward.ui.elements import Child, Element, Li, P, Span, Strong, Ul
from feedforward.ui.layout import card, disclosure, letter, page_head, section, stack
from feedforward.ui.navigation import Link, link
from feedforward.ui.tables import data_table, definition_list


def readings_section(sheet: Sheet) -> Child:
    """All readings, the newest round first, each folded to one line."""
    readings = sheet.review.readings
    if not readings:
        return None
    return section(
        title="Every reading", anchor="readings",
        lead=_read_with(sheet),
        body=stack(*(_reading(sheet.review, each) for each in readings)),
    )  # fmt: skip


def _read_with(sheet: Sheet) -> Child:
    """What the section holds, and which version of the assignment the readers had."""
    head, many = sheet.review.head, len(sheet.review.rubric.criteria)
    told = "What each reader said by itself, before their answers were merged."
    if head.settings_version is None:
        return told
    version = Link(f"version {head.settings_version} of the settings", urls.assignment_versions(head.assignment_id))
    return (told, " Read with ", link(version), f", {many} {'criterion' if many == 1 else 'criteria'}.")


def _reading(review: Review, reading: ReadingDetail) -> Element:
    word, tone = READING_STATUS.get(reading.status, (reading.status, Tone.NEUTRAL))
    rounds = f", round {reading.round}" if reading.round > 1 else ""
    title = f"{reader_in_words(reading.reader)}, run {reading.run}{rounds}"
    return card(
        title=title,
        actions=badge(word, tone=tone),
        body=stack(
            P(_figures(reading), cls="quiet"),
            P("It took the place of a reader that failed.") if reading.fallback_for else None,
            P(trouble_in_words(reading.error)) if reading.error else None,
            disclosure(summary="Levels, comments and summary", body=answer_parts(review, reading))
            if reading.answer is not None
            else P("Its answer was erased with the draft.") if reading.status == "done" else None,
            disclosure(
                summary="What exactly was sent",
                body=P(
                    link(Link("See the prompt and the raw reply", urls.review_record(review.head.draft_id, reading.id)))
                ),
            )
            if reading.has_record and reading.reader != BUILT_IN
            else None,
        ),
    )  # fmt: skip


def _figures(reading: ReadingDetail) -> str:
    parts = [seconds_in_words(reading.seconds)]
    if reading.tokens_in or reading.tokens_out:
        parts += [
            f"{reading.tokens_in:,} tokens in",
            f"{reading.tokens_out:,} out",
            cost_in_words(reading.cost_microdollars),
        ]
    if reading.prompt_version:
        parts.append(f"prompt {reading.prompt_version}")
    return " · ".join(parts)


def answer_parts(review: Review, reading: ReadingDetail) -> Element:
    """What one reading said: levels with their reasons, comments, summary."""
    answer: Mapping[str, Any] = reading.answer or {}
    names = {str(each.criterion_id): each for each in review.criteria}
    rows = []
    for said in answer.get("criteria", ()):
        result = names.get(str(said["key"]))
        _, level = reading.scores.get(result.criterion_id, (None, None)) if result else (None, None)
        label = result.criterion.levels[level].label if result and level is not None else "no level"
        rows.append(
            [
                result.criterion.name if result else "?",
                label,
                _score(reading, result, said["score"]),
                (said["rationale"], _looked_at(reading, result)),
            ]
        )
    comments = [
        Li(
            kind_sign(said["kind"]), " ",
            Strong(names[said["criterion_key"]].criterion.name, ": ") if said["criterion_key"] in names else None,
            said["text"],
            Span(" “", said["quote"][0], "”", cls="quiet") if said["quote"] else None,
            P(Strong("Next step "), said["next_step"]) if said["next_step"] else None,
            badge("Quote not found", tone=Tone.PERSON) if not said["supported"] else None,
        )
        for said in answer.get("comments", ())
    ]  # fmt: skip
    return stack(
        data_table(caption="Scores of this reading", head=["Criterion", "Level", "Score", "Why"], rows=rows)
        if rows
        else None,
        Ul(*comments) if comments else P("It made no comments."),
        P(Strong("Summary "), answer["summary"]) if answer.get("summary") else None,
    )


def _score(reading: ReadingDetail, result: CriterionResult | None, given: float | None) -> str:
    """`4`, or `4 → 3 after calibration`."""
    own = score_text(given) or "none"
    if result is None or result.criterion_id not in reading.calibrated:
        return own
    score, level = reading.calibrated[result.criterion_id]
    return f"{own} → {score_text(score)} ({result.criterion.levels[level].label}) after calibration"


def _looked_at(reading: ReadingDetail, result: CriterionResult | None) -> Child:
    """What the built-in reader looked at when it read, which may have been changed since."""
    if result is None or result.criterion_id not in reading.looked_at:
        return None
    topics, chosen = reading.looked_at[result.criterion_id]
    by = "chosen by the staff" if chosen else "told from the criterion’s words"
    return P(f"Looked at: {', '.join(topics) or 'nothing'} ({by}).", cls="quiet")


def record_body(*, review_href: str, record: SealedRecord, opened: Mapping[str, Any] | None) -> Child:
    """The exact prompt and reply; None where they were erased."""
    head = page_head(
        title="What exactly was sent",
        lead=f"{reader_in_words(record.reader)}, run {record.run}",
        actions=link(Link("Back to the review", review_href)),
    )
    if opened is None:
        return head, P("The prompt and the reply were erased together with the draft's content.")
    if not opened.get("user"):
        return head, P(
            "Nothing was sent anywhere: this reader measures the text on this machine, without a language model."
        )
    return (
        head,
        definition_list(items=[("Prompt version", record.prompt_version)]),
        section(title="Instructions to the model", body=letter(str(opened.get("system", "")))),
        section(title="The task and the draft", body=letter(str(opened.get("user", "")))),
        section(title="The model's reply, as it came", body=letter(str(opened.get("raw", "")))),
    )
