"""What is kept between pages holds nothing that a student wrote, nor what was written about it."""

import functools
import gc
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from feedforward import urls
from feedforward.ui.layout import ListItem, kept_row
from feedforward.ui.stencils import Stencil
from feedforward.wiring import Wiring
from tests.factories.feedback_rows import merge, release
from tests.factories.site import Site
from tests.factories.studying import ESSAY, StartedFeedback, hand_in_text, wiring_with
from tests.factories.teaching import make_teaching

CANARY = "quoll-5f1e"


@pytest.fixture
def site(wiring: Wiring) -> Iterator[Site]:
    with Site.open(wiring_with(wiring, StartedFeedback())) as opened:
        yield opened


def kept_words() -> str:
    """Every word that a cache of ours, or a stencil, holds on to."""
    ours = [module for name, module in list(sys.modules.items()) if name.startswith(("feedforward", __name__))]
    waiting: list[Any] = []
    for keeper in {id(each): each for module in ours for each in vars(module).values()}.values():
        if isinstance(keeper, functools._lru_cache_wrapper | Stencil):
            waiting += gc.get_referents(keeper)
    assert waiting
    found: list[str] = []
    seen: set[int] = set()
    while waiting:
        each = waiting.pop()
        # What a function, class or module refers to is code, not what is kept.
        if id(each) in seen or callable(each) or isinstance(each, ModuleType):
            continue
        seen.add(id(each))
        if isinstance(each, str):
            found.append(each)
        waiting += gc.get_referents(each)
    return "\n".join(found)


def test_the_pages_of_a_feedback_leave_none_of_its_words_behind(site: Site) -> None:
    ada = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    draft_id = hand_in_text(ada, teaching.assignment_id)
    merge(site, draft_id)
    release(site, draft_id, by=2)
    with site.wiring.database.engine.begin() as connection:
        connection.exec_driver_sql(
            f"update comments set text = 'about {CANARY}-text', next_step = 'then {CANARY}-step', priority = %s"
            % ("1" if site.wiring.database.is_sqlite else "true")
        )
        connection.exec_driver_sql(f"update feedback set summary = 'in short {CANARY}-summary'")
        comment_id = connection.exec_driver_sql("select min(id) from comments").scalar_one()
    ada.get(urls.feedback(draft_id))
    ada.post(urls.comment_uptake(comment_id), {"state": "asked", f"note.asked.{comment_id}": f"why {CANARY}-note"})
    shown = ada.get(urls.feedback(draft_id)).text
    for part in ("text", "step", "summary", "note"):
        assert f"{CANARY}-{part}" in shown, part
    kept = kept_words()
    assert CANARY not in kept
    assert not any(sentence in kept for sentence in ESSAY.split(". ") if len(sentence) > 30)


def test_a_word_that_is_kept_would_be_found() -> None:
    _keeps(f"{CANARY}-kept")
    assert f"{CANARY}-kept" in kept_words()
    _keeps.cache_clear()


@functools.lru_cache
def _keeps(word: str) -> object:
    return kept_row(ListItem(word, "/drafts/1"))
