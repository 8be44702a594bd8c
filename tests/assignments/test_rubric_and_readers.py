"""The rubric and the readers of an assignment, through the pages: built, changed, refused, kept."""

import json
from datetime import timedelta

from sqlalchemy import select, update

from feedforward import urls
from feedforward.assignments.queries import reader_settings, task_for_work
from feedforward.assignments.rules import Task
from feedforward.assignments.tables import ModelSetting
from feedforward.clock import SetClock
from feedforward.rubrics.queries import rubric_by_id
from feedforward.settings import Settings
from feedforward.web.access import Role
from feedforward.wiring import Wiring
from tests.factories.site import Site
from tests.factories.teaching import make_assignment, make_course, make_teaching


def task_of(site: Site, assignment_id: int) -> Task:
    return site.wiring.database.read_now(task_for_work, assignment_id)


def test_the_builder_keeps_everything_through_its_steps_and_saves_levels_lowest_first(site: Site) -> None:
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    assignment_id = make_assignment(instructor, site, make_course(instructor))
    address = urls.edit_rubric(assignment_id)
    instructor.get(address)
    instructor.submit(address, None, do="add-criterion", **{"name": "Mine", "criterion.0.name": "Thesis"})
    page = instructor.submit(
        address, None, do="add-level:1", **{"criterion.1.name": "Evidence", "criterion.1.weight": "3"}
    )
    fields = page.form(address).fields
    assert (fields["name"], fields["criterion.0.name"], fields["criterion.1.level.4.points"]) == ("Mine", "Thesis", "5")
    assert "25 % of the whole." in page.text
    assert "75 % of the whole." in page.text
    instructor.submit(address, do="up:1")
    page = instructor.submit(address, None, do="save", **{"criterion.0.level.4.points": "x"})
    assert instructor.status == 422
    assert page.form(address).fields["criterion.0.level.4.points"] == "x"
    last = {"criterion.0.level.4.points": "-1", "criterion.0.level.4.label": "Missing"}
    instructor.submit(address, None, do="save", **last)
    assert instructor.path == urls.assignment(assignment_id)
    rubric_id = task_of(site, assignment_id).required_rubric_id
    rubric = site.wiring.database.read_now(rubric_by_id, rubric_id)
    assert [criterion.name for criterion in rubric.criteria] == ["Evidence", "Thesis"]
    assert [level.label for level in rubric.criteria[0].levels] == [
        "Missing", "Beginning", "Developing", "Proficient", "Advanced",
    ]  # fmt: skip


def test_a_rubric_is_taken_from_pasted_text_or_a_file_and_a_wrong_one_changes_nothing(site: Site) -> None:
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    assignment_id = make_assignment(instructor, site, make_course(instructor))
    address = urls.edit_rubric(assignment_id)
    instructor.get(address)
    page = instructor.submit(address, None, do="read", pasted="criteria: [", name="Typed so far")
    assert instructor.status == 422
    kept = page.form(address).fields
    assert (kept["pasted"], kept["name"]) == ("criteria: [", "Typed so far")
    assert "neither valid JSON nor YAML" in page.text
    page = instructor.submit(address, {"file": ("r.bin", b"\xff\xfe\x00")}, do="read")
    assert "r.bin: It is no text file" in page.text
    text = "name: Lab\ncriteria:\n- name: Method\n  levels: [{label: No, points: 0}, {label: Yes, points: 1}]\n"
    page = instructor.submit(address, {"file": ("lab.yaml", text.encode())}, do="read", pasted="")
    assert "not saved yet" in page.text
    assert "lab.yaml was read as FeedForward (YAML): 1 criterion with 2 levels." in page.text
    assert page.form(address).fields["criterion.0.name"] == "Method"
    assert task_of(site, assignment_id).rubric_id is None


def test_what_a_file_could_not_carry_is_said_before_anything_is_saved_and_each_step_can_be_undone(site: Site) -> None:
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    assignment_id = make_assignment(instructor, site, make_course(instructor))
    address = urls.edit_rubric(assignment_id)
    instructor.get(address)
    instructor.submit(address, None, do="add-level:0", **{"criterion.0.name": "Typed before"})
    bare = (
        '{"formatVersion": "1.0", "assignment": {"title": "Old essay", "maxDrafts": 2}, "rubric": {"categories": '
        '[{"name": "Thesis", "weight": 60}, {"name": "Style", "weight": 40}]}}'
    )
    page = instructor.submit(address, {"file": ("old.ffrubric", bare.encode())}, do="read")
    for words in ("no levels", "title “Old essay”", "at most 2 drafts", "“Thesis”: add at least two levels"):
        assert words in page.text, words
    instructor.submit(address, do="usual-levels")
    assert instructor.page.form(address).fields["criterion.1.level.3.label"] == "Advanced"
    page = instructor.submit(address, do="normalise")
    page = instructor.submit(address, do="undo")
    assert "criterion.1.level.0.label" not in page.form(address).fields
    page = instructor.submit(address, do="undo")
    fields = page.form(address).fields
    assert (fields["criterion.0.name"], fields["criterion.0.level.4.points"]) == ("Typed before", "5")
    criterion = {"name": "C", "levels": [{"label": "a", "points": 1}, {"label": "b", "points": 2}]}
    several = json.dumps({"rubrics": [{"name": name, "criteria": [criterion]} for name in ("One", "Two")]})
    page = instructor.submit(address, do="read", pasted=several)
    assert "holds 2 rubrics" in page.text
    assert page.form(address).fields["criterion.0.name"] == "Typed before"
    page = instructor.submit(address, do="take:1")
    assert page.form(address).fields["name"] == "Two"
    instructor.submit(address, do="save")
    assert site.wiring.database.read_now(rubric_by_id, task_of(site, assignment_id).required_rubric_id).name == "Two"


def test_the_live_check_says_the_sum_of_weights_and_what_is_missing(site: Site) -> None:
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    address = urls.new_template()
    instructor.get(address)
    page = instructor.submit(address, do="add-criterion")
    sent = {**page.form(address).fields, "criterion.0.name": "Thesis", "criterion.0.weight": "30"}
    sent |= {"criterion.1.name": " THESIS ", "criterion.1.weight": "10", "criterion.1.level.2.label": ""}
    found = instructor.post(urls.check_rubric(), sent).text
    assert "Weights add up to 40: Thesis 75 %, THESIS 25 %." in found
    assert "Criterion 2: Another criterion is called “THESIS”. Give each its own name." in found
    assert "Criterion 2, level 3: Give the level a label." in found
    assert (
        "One of the weights is not a number yet."
        in instructor.post(urls.check_rubric(), {**sent, "criterion.0.weight": "much"}).text
    )


def test_changing_a_published_rubric_makes_a_new_one_and_says_which_drafts_keep_the_old(
    site: Site, clock: SetClock
) -> None:
    teaching = make_teaching(site)
    address = urls.edit_rubric(teaching.assignment_id)
    old = task_of(site, teaching.assignment_id).required_rubric_id
    teaching.instructor.get(address)
    page = teaching.instructor.submit(address, do="save")
    assert "Nothing was changed in the rubric." in page.text
    assert task_of(site, teaching.assignment_id).rubric_id == old
    clock.moment += timedelta(hours=1)
    teaching.instructor.get(address)
    page = teaching.instructor.submit(address, None, do="save", **{"criterion.0.name": "Claim"})
    new = task_of(site, teaching.assignment_id).required_rubric_id
    assert new != old
    assert site.wiring.database.read_now(rubric_by_id, old).criteria[0].name == "Thesis"
    assert "drafts handed in before then keep the rubric they came in with" in page.text
    assert "Mon 16 November 2026, 14:00 CET" in page.text


def test_a_stale_rubric_is_refused_kindly_with_everything_kept(site: Site) -> None:
    teaching = make_teaching(site)
    address = urls.edit_rubric(teaching.assignment_id)
    mine = teaching.instructor.get(address).form(address).fields
    teaching.instructor.submit(address, None, do="save", **{"criterion.0.name": "Theirs"})
    page = teaching.instructor.post(address, {**mine, "criterion.0.name": "Mine", "do": "save"})
    assert teaching.instructor.status == 409
    assert page.form(address).fields["criterion.0.name"] == "Mine"


def test_readers_are_chosen_with_a_plain_word_on_where_the_text_goes(settings: Settings, clock: SetClock) -> None:
    providers = {
        "openai": {"kind": "openai", "api_key": "sk-test", "models": ["gpt-5"]},
        "desk": {"kind": "openai_compatible", "base_url": "http://127.0.0.1:11434/v1", "models": ["small"]},
    }
    wiring = Wiring(settings.model_copy(update={"providers": providers}), clock)
    with Site.open(wiring) as site:
        instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
        assignment_id = make_assignment(instructor, site, make_course(instructor))
        address = urls.edit_readers(assignment_id)
        page = instructor.get(address)
        assert "Students’ text stays inside your institution." in page.text
        chosen = {"reader.1.use": "yes", "reader.1.runs": "7", "reader.1.fallback": "desk/small", "min_readings": "2"}
        page = instructor.submit(address, None, **chosen)
        assert instructor.status == 422
        assert page.form(address).fields["reader.1.runs"] == "7"
        assert "Students’ text leaves your institution." in page.text
        page = instructor.submit(address, None, **{"reader.1.runs": "2", "merge_method": "median"})
        assert "Students’ text leaves your institution." in page.text
        kept = wiring.database.read_now(reader_settings, assignment_id)
        assert [(each.reader, each.runs, each.fallback_reader) for each in kept] == [
            ("built-in", 1, None), ("openai/gpt-5", 2, "desk/small"),
        ]  # fmt: skip
        assert task_of(site, assignment_id).merge_method == "median"


def test_a_changed_reader_keeps_the_row_that_readings_before_it_name(site: Site) -> None:
    teaching = make_teaching(site)
    address = urls.edit_readers(teaching.assignment_id)
    teaching.instructor.get(address)
    teaching.instructor.submit(address, None, **{"reader.0.weight": "2"})
    rows = site.wiring.database.read_now(
        lambda connection: connection.execute(
            select(ModelSetting.weight, ModelSetting.removed_at).order_by(ModelSetting.id)
        ).all()
    )
    assert [(row.weight, row.removed_at is None) for row in rows] == [(1.0, False), (2.0, True)]


def test_a_vanished_reader_stands_in_the_checklist_and_in_the_form(site: Site) -> None:
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    assignment_id = make_assignment(instructor, site, make_course(instructor))
    site.wiring.database.write_now(
        lambda connection: connection.execute(update(ModelSetting).values(reader="old/model"))
    )
    assert "old/model: no longer set up here" in instructor.get(urls.assignment(assignment_id)).text
    page = instructor.get(urls.edit_readers(assignment_id))
    assert "model (old)" in page.text
