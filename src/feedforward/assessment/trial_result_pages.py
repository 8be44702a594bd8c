"""What came of a trial: whether readers tell the texts apart, what each said, what failed, and what it took."""

from collections.abc import Sequence
from decimal import Decimal

from feedforward import urls
from feedforward.assessment.answer import Answer
from feedforward.assessment.trial_actions import STOPPED
from feedforward.assessment.trial_opinion_pages import opinion_part, proposal_part
from feedforward.assessment.trial_pages import KIND_WORDS
from feedforward.assessment.trial_queries import CallView, TrialView
from feedforward.assessment.trial_rules import Apart, CallStatus, Judged, TrialKind, judged, told_apart
from feedforward.assignments.readers_view import reader_label
from feedforward.llm.faults import WORDS_FOR_INSTRUCTORS, CallFault
from feedforward.rubrics.rules import Rubric
from feedforward.ui.badges import Tone, badge
from feedforward.ui.buttons import ButtonKind, button_form, button_row
from feedforward.ui.comments import kind_sign
from feedforward.ui.dates import day, moment
from feedforward.ui.elements import Br, Child, Element, Li, P, Strong, Ul
from feedforward.ui.layout import disclosure, page_head, section, stack
from feedforward.ui.navigation import Link, link
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.tables import data_table

_APART = {
    Apart.YES: ("Tells them apart", Tone.DONE),
    Apart.NO: ("Same level for both", Tone.PERSON),
    Apart.WRONG_WAY: ("The wrong way round", Tone.FAILED),
    Apart.AS_MEANT_EQUAL: ("Meant to be the same", Tone.NEUTRAL),
    Apart.UNKNOWN: ("Cannot be said", Tone.NEUTRAL),
}
_OWN_ERRORS = {
    STOPPED: "The worker that read it ended twice. Try it again.",
    "unknown_reader": "This reader is not set up here any more.",
    "erased": "It was deleted before it was read.",
}
_TELLS_FEW = (
    "Where a reader gives both texts the same level, look at what the levels say: can one see in the texts which of "
    "them holds? The check-up names words without an anchor."
)


def trial_body(*, trial: TrialView) -> Child:
    """The whole page: how far it is, what came of it, what it cost, and the way to delete it."""
    return (
        page_head(title=KIND_WORDS[trial.kind], lead=_lead(trial)),
        P(link(Link("Back to trying the rubric", urls.rubric_trials(trial.task.assignment_id)))),
        _failures(trial),
        None if trial.erased_at else _result(trial),
        section(title="What it took", body=_took(trial)),
        None if trial.erased_at else button_row(
            button_form(action=urls.delete_rubric_trial(trial.id), label="Delete the texts and answers",
                        kind=ButtonKind.DANGER)
        ),
    )  # fmt: skip


def _lead(trial: TrialView) -> Child:
    zone = trial.task.time_zone
    if trial.erased_at is not None:
        return ("Asked ", moment(trial.created_at, zone), ". The texts and what was said about them are erased.")
    over = sum(each.status in (CallStatus.DONE, CallStatus.FAILED) for each in trial.calls)
    far = f"Under way: {over} of {len(trial.calls)} done. " if trial.under_way else ""
    return (far, "Asked ", moment(trial.created_at, zone), ". Erased ", day(trial.erase_after, zone), " at the latest.")


def _failures(trial: TrialView) -> Child:
    failed = [each for each in trial.calls if each.status is CallStatus.FAILED]
    if not failed:
        return None
    words = [f"{reader_label(each.reader)}{_of_text(each)}: {error_words(each.error)}" for each in failed]
    safe = "Everything else below stands; nothing was changed in the rubric."
    said = (*((each, Br()) for each in words), safe)
    return notice(Notice(said, NoticeKind.FAILED, title="Not every reader answered."))


def error_words(error: str | None) -> str:
    """Why a call failed, for an instructor."""
    if error in _OWN_ERRORS:
        return _OWN_ERRORS[error]
    if error in list(CallFault):
        return WORDS_FOR_INSTRUCTORS[CallFault(error)]
    return "Something went wrong here. Try it again; if it goes on, tell your administrator."


def _of_text(call: CallView) -> str:
    return f", text {call.subject}" if call.subject else ""


def _result(trial: TrialView) -> Child:
    if trial.kind is TrialKind.DRY_RUN:
        return _dry_run(trial)
    done = next((each for each in trial.calls if each.said is not None), None)
    if trial.kind is TrialKind.OPINION:
        return opinion_part(trial=trial, call=done)
    return proposal_part(trial=trial, call=done) if done is not None else None


def _dry_run(trial: TrialView) -> Child:
    assert trial.rubric is not None, "a dry run has a rubric"
    readers = list(dict.fromkeys(each.reader for each in trial.calls))
    numbers = range(1, len(trial.anchors) + 1)
    answers = {
        reader: [next((c.answer for c in trial.calls if c.reader == reader and c.subject == n), None) for n in numbers]
        for reader in readers
    }
    return (
        section(
            title="Levels", lead=_TELLS_FEW if len(trial.anchors) > 1 else None,
            body=stack(*(_levels(trial, trial.rubric, reader, answers[reader]) for reader in readers)),
        ),
        section(
            title="What each reader said",
            body=stack(
                *(
                    _said(trial.rubric, f"{reader_label(reader)} on text {number}", answer)
                    for reader in readers
                    for number, answer in enumerate(answers[reader], start=1)
                    if answer is not None
                )
            ),
        ),
        section(
            title="The texts",
            body=stack(
                *(
                    disclosure(summary=f"Text {number}", body=P(anchor.text, cls="letter"))
                    for number, anchor in enumerate(trial.anchors, start=1)
                )
            ),
        ),
    )  # fmt: skip


def _levels(trial: TrialView, rubric: Rubric, reader: str, answers: Sequence[Answer | None]) -> Element:
    found = [judged(each, trial.anchors, answers) for each in rubric.criteria]
    two = len(trial.anchors) > 1
    could = told_apart(rubric, found)
    name = reader_label(reader)
    summary = f"Levels given by {name}."
    if two and could[1]:
        summary = f"{name} tells the two texts apart on {could[0]} of {could[1]} criteria."
    elif two:
        summary = f"{name} did not give levels for both texts, so it cannot be said whether it tells them apart."
    head = ["Criterion", *(f"Text {number}" for number in range(1, len(answers) + 1)), *(["Apart"] if two else [])]
    rows: list[list[Child]] = [
        [
            criterion.name,
            *(_label(trial, criterion.key, each, number) for number in range(1, len(answers) + 1)),
            *([_badge(each)] if two else []),
        ]
        for criterion, each in zip(rubric.criteria, found, strict=True)
    ]
    return stack(P(Strong(summary)), data_table(caption=f"Levels by {name}", head=head, rows=rows))


def _label(trial: TrialView, key: str, found: Judged, number: int) -> Child:
    label = found.labels[number - 1] or "no level"
    wanted = trial.anchors[number - 1].expected.get(key)
    if wanted is None or found.labels[number - 1] is None:
        return label
    return f"{label} (should be {wanted})" if number in found.missed else f"{label}, as it should be"


def _badge(found: Judged) -> Element:
    word, tone = _APART[found.apart]
    return badge(word, tone=tone)


def _said(rubric: Rubric, title: str, answer: Answer) -> Element:
    names = {each.key: each.name for each in rubric.criteria}
    comments = [
        Li(
            kind_sign(each.kind), " ", Strong(names.get(each.criterion_key or "", "The whole draft"), ": "), each.text,
            (" “", each.quote.text, "”") if each.quote else None,
            (" Next step: ", each.next_step) if each.next_step else None,
            None if each.supported else " (It quotes words that are not in the text, so a student would not see this.)",
        )
        for each in answer.comments
    ]  # fmt: skip
    return disclosure(
        summary=title,
        body=stack(P(answer.summary) if answer.summary else None, Ul(*comments) if comments else P("No comments.")),
    )


def _took(trial: TrialView) -> Child:
    known = [each.cost for each in trial.calls if each.cost is not None]
    tokens = sum(each.tokens for each in trial.calls)
    money = f"{sum(known, Decimal()):.4f} US dollars" if known else "no price is known" if tokens else "no cost"
    took = sum(each.seconds or 0.0 for each in trial.calls)
    return P(f"{len(trial.calls)} readings, {took:.1f} seconds of reading, {tokens:,} tokens, {money}.")
