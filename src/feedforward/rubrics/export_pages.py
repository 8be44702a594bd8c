"""The ways to a rubric as a file, each with what it cannot carry."""

from collections.abc import Sequence

from feedforward.rubrics.formats.registry import FORMATS, Format
from feedforward.ui.elements import Child
from feedforward.ui.layout import ListItem, item_list, page_head


def exports_body(*, name: str, ways: Sequence[tuple[Format, str, Sequence[str]]]) -> Child:
    """Every format with its address and what is lost of this rubric in it."""
    items = [
        ListItem(title=FORMATS[kind].label, href=href, detail=" ".join(notes) or "Carries everything.")
        for kind, href, notes in ways
    ]
    return (
        page_head(title="Save as a file", lead=f"“{name}” in the form that the other side reads."),
        item_list(items=items, label="Formats"),
    )
