"""What was read from a file or pasted text, before anything is saved."""

from feedforward.rubrics.criterion_pages import step_button
from feedforward.rubrics.desk import Seen
from feedforward.rubrics.formats.imported import About, Imported
from feedforward.rubrics.rules import problems_of
from feedforward.ui.elements import Child, Element, Li, P, Strong, Ul
from feedforward.ui.layout import ListItem, card, item_list, stack


def seen_part(*, seen: Seen, action: str) -> Element:
    """What was read, what could not be carried, and which rubric to take where there are several."""
    if len(seen.rubrics) == 1:
        (imported,) = seen.rubrics
        return card(
            title="What was read", top=True, anchor="read",
            body=stack(P(f"{seen.source} was read as {seen.form}: {_size(imported)}."), *_said(imported, action)),
        )  # fmt: skip
    items = [
        ListItem(
            title=imported.rubric.name,
            detail=" ".join((f"{_size(imported).capitalize()}.", *imported.notes)),
            actions=step_button(action=action, label="Take this one", step=f"take:{number}", anchor="rubric",
                                heard=f"Take “{imported.rubric.name}”"),
        )
        for number, imported in enumerate(seen.rubrics)
    ]  # fmt: skip
    words = (
        f"{seen.source} was read as {seen.form} and holds {len(items)} rubrics. Nothing is changed until you take one."
    )
    return card(title="What was read", top=True, anchor="read", body=stack(P(words), item_list(items=items)))


def _size(imported: Imported) -> str:
    criteria = imported.rubric.criteria
    levels = sum(len(each.levels) for each in criteria)
    return f"{len(criteria)} {'criterion' if len(criteria) == 1 else 'criteria'} with {levels or 'no'} levels"


def _said(imported: Imported, action: str) -> list[Child]:
    said: list[Child] = []
    if imported.notes:
        said += [P(Strong("What could not be carried, or was assumed:")), Ul(*map(Li, imported.notes))]
    else:
        said.append(P("Everything in it was carried over."))
    if imported.about:
        said.append(P(f"It also says of the assignment: {_about(imported.about)}. Set that among its details."))
    problems = problems_of(imported.rubric)
    if problems:
        said += [P(Strong("To do before it can be saved:")), Ul(*map(Li, problems[:8]))]
    if any(not each.levels for each in imported.rubric.criteria):
        label = "Give the usual four levels wherever there are none"
        said.append(P(step_button(action=action, label=label, step="usual-levels", anchor="rubric")))
    return said


def _about(about: About) -> str:
    said = (
        f"title “{about.title}”" if about.title else "", f"due {about.due}" if about.due else "",
        f"at most {about.max_drafts} drafts" if about.max_drafts else "",
        "a description" if about.instructions else "",
    )  # fmt: skip
    return ", ".join(filter(None, said)) or "nothing"
