"""Trying a rubric through its pages: costs first, every reader asked, nothing near students, erased in time."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from feedforward import urls
from feedforward.assessment.lanes import lanes_of
from feedforward.assessment.tables import Reading
from feedforward.assessment.trial_actions import content_of_trials, erase_due_trials, take_calls
from feedforward.assessment.trial_rules import KEPT_FOR, TRIES
from feedforward.assessment.trial_tables import RubricTrial, RubricTrialCall
from feedforward.assignments.text_travel import providers_of
from feedforward.audit.tables import AuditEvent
from feedforward.calibration.tables import CalibrationRow
from feedforward.drafts.tables import Draft
from feedforward.llm.gateways.model_gateway import ModelGateway
from feedforward.llm.tables import ProviderLease
from feedforward.retention.actions import ORPHAN_AFTER, sweep_orphans
from feedforward.rubrics.files import rubric_to_data
from feedforward.rubrics.templates import ready_made
from feedforward.settings import Settings
from feedforward.web.access import Role
from tests.assessment.trial_work import POOR, RICH, trial_desk, work_off
from tests.factories.pipeline import model_answer
from tests.factories.site import Site, Visitor
from tests.factories.teaching import Teaching, last_id, make_teaching
from tests.llm.model_server import ModelServer, model_server

__all__ = ["model_server"]


@pytest.fixture
def settings(database_address: str, tmp_path: Path, model_server: ModelServer) -> Settings:
    model_server.behave()
    provider = {"kind": "openai_compatible", "base_url": model_server.openai_url, "models": ["small"],
                "timeout_seconds": 2.5}  # fmt: skip
    return Settings(
        data_folder=tmp_path / "data", database_url=database_address, providers={"mock": provider},
        allow_private_models=True,
    )  # fmt: skip


def value(site: Site, statement: Any) -> Any:
    return site.wiring.database.read_now(lambda connection: connection.execute(statement).scalar_one())


def carry_out(site: Site) -> int:
    return work_off(trial_desk(site.wiring, ModelGateway(), providers_of(site.wiring.settings)))


def asked(who: Visitor, teaching: Teaching, kind: str) -> int:
    """Ask a model on the page, after its cost was shown; the trial."""
    place, ask = urls.rubric_trials(teaching.assignment_id), urls.ask_about_rubric(teaching.assignment_id)
    who.get(place)
    page = who.post(ask, {"kind": kind, "reader": "mock/small"})
    assert "Nothing is sent yet." in page.text
    form = next(each for each in page.forms if each.action == ask and each.fields["kind"] == kind)
    who.post(ask, form.fields)
    return last_id(who.path)


def test_a_dry_run_shows_its_cost_first_asks_every_reader_and_touches_nothing_else(
    site: Site, model_server: ModelServer
) -> None:
    teaching = make_teaching(site)
    iris, place = teaching.instructor, urls.rubric_trials(teaching.assignment_id)
    assert place in iris.get(urls.edit_rubric(teaching.assignment_id)).links.values()
    page = iris.get(place)
    form = page.form(place)
    readers = {"reader.0": "built-in", "reader.1": "mock/small"}
    page = iris.post(place, {"text.1": "Too short.", "text.2": "", "do": "run"})
    assert iris.status == 422
    assert "Paste a text of at least 20 words." in page.text
    assert "Choose at least one reader." in page.text
    keys = sorted({name.split(".")[2] for name in form.fields if name.startswith("expected.1.")}, key=int)
    typed = {"text.1": POOR, "text.2": RICH, **readers}
    page = iris.post(place, {**typed, "do": "run", "agreed": "never shown"})
    assert "Nothing is sent yet." in page.text
    assert "no price is known" in page.text
    assert value(site, select(func.count(RubricTrial.id))) == 0
    # What was agreed to is what was shown: another text is shown again.
    agreed = page.form(place).fields["agreed"]
    iris.post(place, {**typed, "text.1": f"{POOR} more", "do": "run", "agreed": agreed})
    assert value(site, select(func.count(RubricTrial.id))) == 0
    model_server.answer(model_answer([f"c{at}" for at in range(1, len(keys) + 1)], score=1.0, quote="people who walk"))
    iris.post(place, {**typed, "do": "run", "agreed": agreed})
    trial_id = last_id(iris.path)
    assert "Under way: 0 of 4 done." in iris.page.text
    assert carry_out(site) == 4
    page = iris.get(urls.rubric_trial(trial_id))
    assert "Under way" not in page.text
    assert "The built-in reader tells the two texts apart on" in page.text
    assert "Same level for both" in page.text
    assert "It quotes words that are not in the text" in page.text
    assert "4 readings" in page.text
    for table in (Draft, Reading, CalibrationRow):
        assert value(site, select(func.count()).select_from(table)) == 0
    detail = value(site, select(AuditEvent.detail).where(AuditEvent.action == "rubric.try"))
    assert "cars" not in json.dumps(detail)
    sealed = value(site, select(RubricTrial.asked))
    assert b"Ghent" not in sealed
    other = site.person("Otto Other", Role.INSTRUCTOR)
    for address in (place, urls.rubric_trial(trial_id)):
        other.get(address)
        assert other.status == 404
    content_id = value(site, select(RubricTrial.content_id))
    later = site.wiring.clock.now() + ORPHAN_AFTER + timedelta(hours=1)
    sweep_orphans(site.wiring.database, site.wiring.content, later)
    assert not site.wiring.content.is_erased(content_id)
    iris.get(urls.rubric_trial(trial_id))
    page = iris.submit(urls.delete_rubric_trial(trial_id))
    assert site.wiring.content.is_erased(content_id)
    assert "Texts and answers are erased." in iris.page.text
    assert value(site, select(func.count(RubricTrialCall.answer))) == 0
    assert iris.get(urls.rubric_trial(trial_id)).text.count("Ghent") == 0


def test_with_the_built_in_reader_alone_it_begins_at_once_and_compares_with_what_was_expected(site: Site) -> None:
    teaching = make_teaching(site)
    iris, place = teaching.instructor, urls.rubric_trials(teaching.assignment_id)
    fields = iris.get(place).form(place).fields
    key = min((name.split(".")[2] for name in fields if name.startswith("expected.1.")), key=int)
    meant = {f"expected.1.{key}": "Beginning", f"expected.2.{key}": "Advanced"}
    iris.post(place, {"text.1": RICH, "text.2": POOR, **meant, "reader.0": "built-in", "do": "cost"})
    trial_id = last_id(iris.path)
    carry_out(site)
    text = iris.get(urls.rubric_trial(trial_id)).text
    assert "The built-in reader tells the two texts apart on" in text
    # Its time is over: the key goes, then the rows.
    now = site.wiring.clock.now()
    assert erase_due_trials(site.wiring.database, site.wiring.content, now + KEPT_FOR - timedelta(minutes=1)) == 0
    assert erase_due_trials(site.wiring.database, site.wiring.content, now + KEPT_FOR) == 1
    assert erase_due_trials(site.wiring.database, site.wiring.content, now + KEPT_FOR) == 0
    assert "are erased" in iris.get(urls.rubric_trial(trial_id)).text
    content_id = value(site, select(RubricTrial.content_id))
    assert site.wiring.database.read_now(content_of_trials, [content_id]) == set()


def test_a_proposal_is_opened_in_the_builder_and_saved_by_nobody_else(site: Site, model_server: ModelServer) -> None:
    teaching = make_teaching(site)
    iris, builder = teaching.instructor, urls.edit_rubric(teaching.assignment_id)
    before = iris.get(builder).form(builder).fields["name"]
    essay = ready_made()["essay"].rubric
    said = json.dumps({**rubric_to_data(essay), "name": "Proposed by a machine"})
    model_server.answer(f"Here you are:\n```json\n{said}\n```")
    trial_id = asked(iris, teaching, "proposal")
    assert carry_out(site) == 1
    page = iris.get(urls.rubric_trial(trial_id))
    assert "Proposed by small (mock)." in page.text
    assert iris.get(builder).form(builder).fields["name"] == before
    iris.get(urls.rubric_trial(trial_id))
    page = iris.submit(builder)
    assert "not saved yet" in page.text
    assert page.form(builder).fields["name"] == "Proposed by a machine"
    fields = page.form(builder).fields
    assert iris.post(builder, {**fields, "do": "undo"}).form(builder).fields["name"] == before
    iris.post(builder, {**fields, "do": "save"})
    assert iris.path == urls.assignment(teaching.assignment_id)
    assert iris.get(builder).form(builder).fields["name"] == "Proposed by a machine"


def test_a_second_opinion_is_labelled_and_its_failure_leaves_what_rules_found(
    site: Site, model_server: ModelServer
) -> None:
    teaching = make_teaching(site)
    iris = teaching.instructor
    found = {"criterion": "c1", "severity": "should", "reason": "Nobody says how long.", "mend": "Say how long."}
    model_server.answer(json.dumps({"findings": [found, {**found, "criterion": "of another rubric"}]}))
    trial_id = asked(iris, teaching, "opinion")
    carry_out(site)
    page = iris.get(urls.rubric_trial(trial_id))
    assert "Second opinion of small (mock)" in page.text
    assert page.text.count("Nobody says how long.") == 1
    faults: list[tuple[dict[str, Any], str]] = [
        ({"type": "reply", "text": "I would rather talk about the weather.", "times": None}, "could not be understood"),
        ({"type": "fail", "status": 500, "times": None}, "had an error of its own"),
        ({"type": "delay", "seconds": 4, "times": None}, "did not answer in time"),
    ]
    for behaviour, words in faults:
        model_server.behave(behaviour)
        trial_id = asked(iris, teaching, "opinion")
        carry_out(site)
        page = iris.get(urls.rubric_trial(trial_id))
        assert words in page.text
        assert "Found by rules" in page.text
        assert "Second opinion of" not in page.text
    assert value(site, select(func.count(ProviderLease.holder))) == 0
    iris.post(urls.ask_about_rubric(teaching.assignment_id), {"kind": "opinion", "reader": "mock/unknown"})
    assert iris.status == 422 or "not set up here" in iris.page.text


def test_what_a_worker_left_is_taken_up_once_and_then_has_failed(site: Site) -> None:
    teaching = make_teaching(site)
    iris, place = teaching.instructor, urls.rubric_trials(teaching.assignment_id)
    iris.post(place, {"text.1": RICH, "reader.0": "built-in", "do": "cost"})
    trial_id = last_id(iris.path)
    lanes, now = lanes_of(()), site.wiring.clock.now()
    for attempt in range(1, TRIES + 1):
        (call,) = site.wiring.database.write_now(take_calls, lanes, now)
        assert call.attempt == attempt
        assert site.wiring.database.write_now(take_calls, lanes, now) == []
        now += timedelta(minutes=5)
    assert site.wiring.database.write_now(take_calls, lanes, now) == []
    assert "The worker that read it ended twice." in iris.get(urls.rubric_trial(trial_id)).text
    # Too many at once are refused, with everything typed kept.
    for _ in range(3):
        iris.post(place, {"text.1": RICH, "reader.0": "built-in", "do": "cost"})
    iris.post(place, {"text.1": RICH, "reader.0": "built-in", "do": "cost"})
    assert iris.status == 422
    assert "still under way" in iris.page.text
    assert "Ghent" in iris.page.form(place).fields["text.1"]
    gone = update(RubricTrialCall).values(provider="gone")
    site.wiring.database.write_now(lambda connection: connection.execute(gone))
    assert site.wiring.database.write_now(take_calls, lanes, now) == []
    assert value(site, select(func.count()).where(RubricTrialCall.status != "failed")) == 0
