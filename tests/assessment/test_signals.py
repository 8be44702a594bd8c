"""Which facts speak to a criterion: told from its words, shown with them, changed by its staff, kept with readings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from feedforward import urls
from feedforward.assessment.built_in.topics import JUDGED, Topic, Where, signals_of, signs_of, topics_of
from feedforward.assessment.desk import ReadingDesk
from feedforward.assessment.signals import field_of, level_in_words, looks_of
from feedforward.assessment.tables import CriterionSignals, ReadingSignals
from feedforward.assignments.queries import task_for_work
from feedforward.feedback.tables import Comment
from feedforward.rubrics.queries import rubric_by_id
from feedforward.rubrics.rules import Criterion, Level, Rubric
from feedforward.submission_types.topics import OF_PROSE
from feedforward.wiring import Wiring
from tests.assessment.desk_work import Scripted, desk, gateway, produced
from tests.factories.pipeline import Pipeline, make_pipeline, reader
from tests.factories.site import Site
from tests.factories.studying import StartedFeedback, hand_in_text, wiring_with
from tests.factories.teaching import Teaching, make_teaching

__all__ = ["desk", "gateway"]

LEVELS = (Level("Low", 1), Level("High", 2))


def criterion(name: str, description: str = "", levels: tuple[Level, ...] = LEVELS) -> Criterion:
    return Criterion("c1", name, 1, description, levels)


def test_each_topic_comes_with_the_words_that_name_it() -> None:
    found = signs_of(criterion("Evidence and Citations", "Claims are supported by sources."))
    assert {each.topic: (each.words, each.where) for each in found} == {
        Topic.SOURCES: (("citations",), Where.NAME),
        Topic.EVIDENCE: (("evidence",), Where.NAME),
        Topic.THESIS: (("claims",), Where.DESCRIPTION),
    }
    assert found[-1].topic is Topic.THESIS


def test_level_texts_decide_only_where_nothing_else_does() -> None:
    levels = (Level("Low", 1, "Many spelling errors."), Level("High", 2, "Hardly any."))
    assert signs_of(criterion("Polish", levels=levels))[0].where is Where.LEVELS
    assert topics_of(criterion("Vocabulary", levels=levels)) == (Topic.VOCABULARY,)


@given(st.text(max_size=60), st.text(max_size=200), st.lists(st.sampled_from(list(Topic)), unique=True))
def test_what_a_person_chose_is_what_is_looked_at(name: str, said: str, chosen: list[Topic]) -> None:
    each = criterion(name, said)
    signals = signals_of(each, tuple(chosen))
    assert signals.topics == tuple(chosen)
    assert not signals.judged or set(chosen) & JUDGED
    by_words = signals_of(each, None)
    assert by_words.topics == topics_of(each) == tuple(sign.topic for sign in signs_of(each))
    assert all(sign.words for sign in signs_of(each))


def test_a_criterion_that_needs_meaning_is_left_alone_and_says_which_word() -> None:
    looks = looks_of(Rubric("R", (criterion("Insight", "Original ideas."),)), {}, among=OF_PROSE)
    assert looks[0].signals.topics == ()
    assert "“insight” and “original”" in level_in_words(looks[0])


def test_a_choice_of_judged_topics_gives_no_level_to_a_name_that_needs_meaning() -> None:
    assert not signals_of(criterion("Creativity"), (Topic.CONVENTIONS,)).judged
    assert signals_of(criterion("Polish"), (Topic.CONVENTIONS,)).judged


def rubric_of(site: Site, teaching: Teaching) -> Rubric:
    def read(connection):  # type: ignore[no-untyped-def]
        return rubric_by_id(connection, task_for_work(connection, teaching.assignment_id).required_rubric_id)

    return site.wiring.database.read_now(read)


def stored(site: Site) -> dict[str, str]:
    rows = site.wiring.database.read_now(lambda connection: connection.execute(select(CriterionSignals)).all())
    return {row.criterion: row.topics for row in rows}


def test_an_instructor_chooses_what_is_looked_at_and_goes_back_to_the_words(site: Site) -> None:
    teaching = make_teaching(site)
    address = urls.assignment_signals(teaching.assignment_id)
    teaching.instructor.get(urls.assignment(teaching.assignment_id))
    assert address in teaching.instructor.page.html
    first = rubric_of(site, teaching).criteria[0]
    page = teaching.instructor.get(address)
    assert first.name in page.text
    assert "in the name" in page.text
    by, topics = field_of(first, "by"), field_of(first, "topics")
    teaching.instructor.submit(address, **{by: "choice", topics: ["spelling, punctuation and capitals", "invented"]})
    assert "is saved" in teaching.instructor.page.text
    assert stored(site) == {first.name.casefold(): str(Topic.CONVENTIONS)}
    assert "Chosen by the staff." in teaching.instructor.page.text
    teaching.instructor.submit(address, **{by: "words"})
    assert stored(site) == {}
    assert "Chosen by the staff." not in teaching.instructor.page.text


def test_of_two_editors_the_second_is_told_and_overwrites_nothing(site: Site) -> None:
    teaching = make_teaching(site)
    address = urls.assignment_signals(teaching.assignment_id)
    first, second = rubric_of(site, teaching).criteria[:2]
    teaching.instructor.get(address)
    other = site.visitor().sign_in(teaching.instructor.email or "iris@example.edu")
    other.get(address)
    other.submit(address, **{field_of(first, "by"): "choice"})
    teaching.instructor.submit(address, **{field_of(second, "by"): "choice"})
    assert teaching.instructor.status == 409
    assert "Somebody else has changed this assignment" in teaching.instructor.page.text
    assert list(stored(site)) == [first.name.casefold()]
    teaching.instructor.submit(address)
    assert list(stored(site)) == [second.name.casefold()]


def test_after_drafts_the_page_says_that_a_change_applies_to_later_readings(wiring: Wiring) -> None:
    with Site.open(wiring_with(wiring, StartedFeedback())) as site:
        site.make_person("Ada Author")
        teaching = make_teaching(site, students=["ada@example.edu"])
        address = urls.assignment_signals(teaching.assignment_id)
        assert "applies to readings made from now on" not in teaching.instructor.get(address).text
        hand_in_text(site.visitor().sign_in("ada@example.edu"), teaching.assignment_id)
        assert "applies to readings made from now on" in teaching.instructor.get(address).text


def choose(pipe: Pipeline, **chosen: tuple[Topic, ...]) -> None:
    from feedforward.assessment.signal_actions import choose_signals

    def act(connection):  # type: ignore[no-untyped-def]
        version = task_for_work(connection, pipe.assignment_id).version
        choose_signals(
            connection, staff_id=pipe.staff_id, assignment_id=pipe.assignment_id,
            chosen={name.replace("_", " "): topics for name, topics in chosen.items()},
            version=version, now=pipe.wiring.clock.now(),
        )  # fmt: skip

    pipe.wiring.database.write_now(act)


def looked_at(pipe: Pipeline, draft_id: int) -> dict[int, tuple[str, bool]]:
    rows = pipe.rows(
        ReadingSignals.criterion_id, ReadingSignals.topics, ReadingSignals.chosen,
        where=[ReadingSignals.reading_id.startswith(f"{draft_id}-", autoescape=True)],
    )  # fmt: skip
    return {row.criterion_id: (row.topics, row.chosen) for row in rows}


def test_a_reading_keeps_what_was_looked_at_when_it_was_made(
    wiring: Wiring, desk: ReadingDesk, gateway: Scripted
) -> None:
    pipe = make_pipeline(wiring, reader("built-in"))
    before = produced(desk, pipe)
    choose(pipe, organisation=(), thesis_and_argument=(Topic.CONVENTIONS,))
    after = produced(desk, pipe)
    thesis, organisation = pipe.criteria
    assert looked_at(pipe, before)[organisation] == (str(Topic.ORGANISATION), False)
    assert looked_at(pipe, after) == {thesis: (str(Topic.CONVENTIONS), True), organisation: ("", True)}


def test_on_a_criterion_that_is_to_be_left_alone_nothing_is_said(
    wiring: Wiring, desk: ReadingDesk, gateway: Scripted
) -> None:
    pipe = make_pipeline(wiring, reader("built-in"))
    choose(pipe, organisation=())
    draft_id = produced(desk, pipe)
    said = pipe.rows(Comment.criterion_id, where=[Comment.origin == "readers"])
    assert pipe.criteria[1] not in {row.criterion_id for row in said}
    assert pipe.status(draft_id) == "awaiting_review"


@pytest.mark.parametrize("topics", ["", "no such topic"])
def test_a_topic_that_is_not_known_is_no_topic(site: Site, topics: str) -> None:
    teaching = make_teaching(site)
    address = urls.assignment_signals(teaching.assignment_id)
    first = rubric_of(site, teaching).criteria[0]
    teaching.instructor.get(address)
    teaching.instructor.submit(address, **{field_of(first, "by"): "choice", field_of(first, "topics"): [topics]})
    assert stored(site) == {first.name.casefold(): ""}
    assert "stays silent here, because nothing is ticked" in teaching.instructor.page.text
