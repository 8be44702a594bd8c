"""The elements' speed, as a ratio to FastHTML's own within one run."""

import time
from collections.abc import Callable
from typing import Any

import fasthtml.components as stock
from fasthtml.common import to_xml

from feedforward.ui import elements


def queue(library: Any) -> Any:
    """A table of 52 rows, 424 elements."""
    rows = [
        library.Tr(
            library.Td(library.A(f"Student & {number}", href=f"/drafts/{number}", cls="link")),
            library.Td(f"Draft {number}", cls="number"),
            library.Td(library.Span("Waiting", cls="badge", data_key="x")),
            library.Td(library.Button("Review", type="submit", cls="button", aria_label=f"Review {number}")),
            cls="row",
        )
        for number in range(52)
    ]
    return library.Div(library.H1("Queue"), library.Table(library.Tbody(*rows)), id="main")


def best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(8):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def test_a_page_of_elements_is_made_at_least_five_times_as_fast_as_with_fasthtml() -> None:
    ours = best(lambda: elements.render(queue(elements), "n"))
    theirs = best(lambda: to_xml(queue(stock), indent=False))
    assert theirs / ours > 5
