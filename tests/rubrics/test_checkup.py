"""The check-up in the builder: findings where they are, mends as steps that can be undone, nothing typed lost."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from feedforward import urls
from feedforward.rubrics.builder import TypedRubric, typed_from, typed_in
from feedforward.rubrics.checkup import check_up_typed, mended
from feedforward.rubrics.desk import Desk, after_step, checked
from feedforward.rubrics.rules import Criterion, Level, Rubric
from feedforward.rubrics.templates import ready_made
from tests.factories.site import Site, Visitor
from tests.factories.teaching import make_teaching
from tests.rubrics.test_builder import typed_rubrics

LEVELS = (Level("Weak", 1, "Poor"), Level("Strong", 2, "Names the claim in one sentence."))
UNEVEN = Rubric(
    "Essay",
    (
        Criterion("c1", "Thesis", 50, "", LEVELS),
        Criterion(
            "c2", "Evidence", 40, "Its grounds.", (Level("Weak", 1, "None."), Level("Strong", 2, "One a claim."))
        ),
    ),
)


def test_a_mend_is_a_step_that_can_be_undone_and_a_stale_one_changes_nothing() -> None:
    typed = typed_from(UNEVEN)
    kinds = [str(each.kind) for each in check_up_typed(typed).findings]
    place = kinds.index("weights")
    desk = after_step(Desk(typed), f"mend:weights:{place}")
    assert sum(float(each.weight) for each in desk.typed.criteria) == 100
    assert after_step(desk, "undo").typed == typed
    for stale in ("mend:weights:99", f"mend:vague:{place}", "mend:weights:-1", "mend::", "mend", f"mend:{kinds[-1]}:x"):
        assert after_step(Desk(typed), stale).typed == typed


def test_the_live_check_counts_and_a_form_that_is_no_rubric_yet_is_not_judged() -> None:
    assert checked(typed_from(UNEVEN)).findings == len(check_up_typed(typed_from(UNEVEN)).findings) > 0
    assert checked(replace(typed_from(UNEVEN), name="")).findings == 0
    assert checked(typed_from(ready_made()["essay"].rubric)).findings == 0


@given(typed_rubrics, st.text(max_size=5), st.text(max_size=5))
def test_any_mend_asked_for_of_anything_typed_keeps_every_criterion(typed: TypedRubric, kind: str, place: str) -> None:
    assert [each.name.strip() for each in mended(typed, kind, place).criteria] == [
        each.name.strip() for each in typed.criteria
    ]


def test_the_builder_shows_the_findings_and_makes_a_change_with_one_button(site: Site) -> None:
    teaching = make_teaching(site)
    iris, builder = teaching.instructor, urls.edit_rubric(teaching.assignment_id)
    iris.get(builder)
    fields = {
        f"criterion.{at}.{name}": value
        for at, each in enumerate(typed_from(UNEVEN).criteria)
        for name, value in (
            ("name", each.name), ("weight", each.weight), ("description", each.description),
            *((f"level.{step}.{part}", text) for step, level in enumerate(each.levels)
              for part, text in (("label", level.label), ("points", level.points), ("description", level.description))),
        )
    }  # fmt: skip
    version = iris.page.form(builder).fields["version"]
    page = iris.post(builder, {"name": "Essay", "version": version, "do": "look", **fields})
    assert "The weights add up to 90, not to 100." in page.text
    assert "“Thesis”: “Weak” judges (“poor”) without saying what one would see." in page.text
    assert 'href="#criterion-1"' in page.html
    step = pressed(iris)
    page = iris.post(builder, {"name": "Essay", "version": version, "do": step, **fields})
    assert "The weights add up to 90" not in page.text
    now = typed_in(page.form(builder).fields)
    assert [each.name for each in now.criteria] == ["Thesis", "Evidence"]
    assert sum(float(each.weight) for each in now.criteria) == 100
    page = iris.post(urls.check_rubric(), {"name": "Essay", **fields})
    assert "The check-up names 2 things." in page.text


def pressed(who: Visitor) -> str:
    found = re.search(r'value="(mend:[^"]+)"', who.page.html)
    assert found is not None
    return found[1]
