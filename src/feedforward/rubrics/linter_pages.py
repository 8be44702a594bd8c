"""What the linter found, to look at: the weightiest first, each with its reason, its mend and the way there."""

from feedforward.rubrics.checkup import CheckUp
from feedforward.rubrics.criterion_pages import step_button
from feedforward.rubrics.linter_rules import ENGLISH_ONLY, Finding, Severity
from feedforward.rubrics.rules import Rubric
from feedforward.ui.badges import Tone, badge
from feedforward.ui.elements import A, Child, Element, P
from feedforward.ui.layout import ListItem, card, item_list, stack

SEVERITY_WORDS = {
    Severity.MUST: ("Cannot be used so", Tone.FAILED),
    Severity.SHOULD: ("Feedback will suffer", Tone.PERSON),
    Severity.CONSIDER: ("Worth a thought", Tone.NEUTRAL),
}
LOOKED_AT = (
    "Found by rules, without any model: what would make readers disagree, or students guess. You decide; nothing here "
    "keeps you from saving."
)
NOTHING = "The check-up has nothing to say. That is no promise that the rubric is a good one: try it on a text."


def checkup_card(*, found: CheckUp, action: str) -> Element:
    """The findings inside the builder whose form goes to `action`, each with its mend as a step where there is one."""
    body: Child = P("As soon as every field above is filled in, the words of the levels are looked at here.")
    if found.rubric is not None:
        body = stack(P(LOOKED_AT), checkup_list(found=found, action=action))
    again = step_button(
        action=action, label="Look again", step="look", anchor="checkup", heard="Check the rubric again"
    )
    return card(title="Check-up", top=True, anchor="checkup", body=stack(body, P(again)))


def checkup_list(*, found: CheckUp, action: str = "") -> Child:
    """The findings one below the other; without an `action` only to read."""
    if found.rubric is None:
        return None
    items = [_item(each, place, found.rubric, action) for place, each in enumerate(found.findings)]
    return stack(
        item_list(items=items, label="What the check-up found") if items else P(NOTHING),
        None if found.english else P(ENGLISH_ONLY),
    )


def counted(findings: int) -> str:
    """How many things were found, in a sentence."""
    return "The check-up names one thing." if findings == 1 else f"The check-up names {findings} things."


def _item(finding: Finding, place: int, rubric: Rubric, action: str) -> ListItem:
    word, tone = SEVERITY_WORDS[finding.severity]
    positions = [at for at, each in enumerate(rubric.criteria, start=1) if each.key in finding.criteria]
    there = [A(f"Criterion {at}", href=f"#criterion-{at}") for at in positions[:4]] if action else []
    mend = None
    if action and finding.mended is not None:
        heard = f"Make this change: {finding.mend}"
        step = f"mend:{finding.kind}:{place}"
        mend = step_button(action=action, label="Make this change", step=step, anchor="checkup", heard=heard)
    return ListItem(
        title=finding.reason, detail=finding.mend, badges=[badge(word, tone=tone)],
        meta=[(" · " if at else "", each) for at, each in enumerate(there)] or None, actions=mend,
    )  # fmt: skip
