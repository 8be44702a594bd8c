"""Released feedback as its student reads it, answers it and compares it with the draft before."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import Connection, event, select

from feedforward import urls
from feedforward.assessment.answer import Addressed, Uptake
from feedforward.clock import SetClock
from feedforward.drafts.queries import draft_for_work
from feedforward.feedback.tables import Comment, CommentUptake, Feedback
from tests.factories.feedback_rows import merge, release
from tests.factories.site import Site, Visitor
from tests.factories.studying import ESSAY, hand_in_text
from tests.factories.teaching import Teaching, make_teaching


@dataclass
class Scene:
    """Ada with one draft that was read and waits for review."""

    site: Site
    ada: Visitor
    teaching: Teaching
    draft_id: int

    @property
    def instructor_id(self) -> int:
        return 2

    def comments(self) -> dict[str, int]:
        def read(connection: Connection) -> dict[str, int]:
            rows = connection.execute(
                select(Comment.text, Comment.id)
                .join(Feedback, Feedback.id == Comment.feedback_id)
                .where(Feedback.draft_id == self.draft_id)
            )
            return {row.text: row.id for row in rows}

        return self.site.wiring.database.read_now(read)

    def uptake(self) -> list[tuple[int, str, str]]:
        def read(connection: Connection) -> list[tuple[int, str, str]]:
            rows = connection.execute(select(CommentUptake.comment_id, CommentUptake.state, CommentUptake.note))
            return [(row.comment_id, row.state, row.note) for row in rows]

        return self.site.wiring.database.read_now(read)


@pytest.fixture
def scene(site: Site) -> Scene:
    ada = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    draft_id = hand_in_text(ada, teaching.assignment_id)
    merge(site, draft_id)
    return Scene(site, ada, teaching, draft_id)


def test_feedback_that_is_not_released_or_was_recalled_cannot_be_read(scene: Scene) -> None:
    scene.ada.get(urls.feedback(scene.draft_id))
    assert scene.ada.status == 404
    comment_id = scene.comments()["The claim stands alone."]
    scene.ada.post(urls.comment_uptake(comment_id), {"state": "done"})
    assert scene.ada.status == 404
    release(scene.site, scene.draft_id, by=scene.instructor_id)
    scene.site.wiring.database.write_now(
        lambda connection: connection.exec_driver_sql("update feedback set status = 'recalled'")
    )
    told = scene.ada.get(urls.feedback(scene.draft_id)).text
    assert "took this feedback back to amend it" in told
    assert "The claim stands alone." not in told


def test_the_page_says_who_read_who_released_and_shows_only_what_stands(scene: Scene) -> None:
    release(scene.site, scene.draft_id, by=scene.instructor_id, note="Come and see me about your sources.")
    page = scene.ada.get(urls.feedback(scene.draft_id))
    assert scene.ada.status == 200
    assert "AI-assisted; reviewed and released by Iris Instructor on 16 November 2026" in page.text
    assert "A clear stand with little evidence." in page.text
    assert "Come and see me about your sources." in page.text
    assert "The claim stands alone." in page.text
    assert "Give one reason right after it." in page.text
    assert "No source is named." in page.text
    assert "the whole draft" in page.text
    assert "An invented passage." not in page.text
    assert "points" not in page.text
    assert "Amended" not in page.text
    opened = scene.site.wiring.database.read_now(
        lambda connection: connection.execute(select(Feedback.opened_at)).scalar_one()
    )
    assert opened == scene.site.wiring.clock.now()


def test_the_built_in_reader_is_not_called_ai(scene: Scene) -> None:
    second = hand_in_text(scene.ada, scene.teaching.assignment_id)
    merge(scene.site, second, by_model=False)
    release(scene.site, second, by=scene.instructor_id)
    text = scene.ada.get(urls.feedback(second)).text
    assert "AI-assisted" not in text
    assert "built-in reader, without a language model; reviewed and released by Iris Instructor" in text


def test_a_released_again_version_says_that_it_was_amended(scene: Scene) -> None:
    for _ in range(2):
        release(scene.site, scene.draft_id, by=scene.instructor_id)
    assert "This is version 2." in scene.ada.get(urls.feedback(scene.draft_id)).text


def test_a_comment_the_instructor_kept_is_shown_and_one_that_was_dropped_is_not(scene: Scene) -> None:
    release(scene.site, scene.draft_id, by=scene.instructor_id)
    ids = scene.comments()

    def change(connection: Connection) -> None:
        connection.exec_driver_sql(f"update comments set kept = true where id = {ids['An invented passage.']}")
        connection.exec_driver_sql(f"update comments set dropped = true where id = {ids['No source is named.']}")

    scene.site.wiring.database.write_now(change)
    text = scene.ada.get(urls.feedback(scene.draft_id)).text
    assert "An invented passage." in text
    assert "No source is named." not in text
    scene.ada.post(urls.comment_uptake(ids["No source is named."]), {"state": "done"})
    assert scene.ada.status == 404


def test_not_doing_needs_a_reason_asking_needs_a_question_and_what_was_typed_stays(scene: Scene) -> None:
    release(scene.site, scene.draft_id, by=scene.instructor_id)
    comment_id = scene.comments()["The claim stands alone."]
    for state, message in (("not_doing", "Say in a few words why not"), ("asked", "Write your question")):
        page = scene.ada.post(urls.comment_uptake(comment_id), {"state": state, f"note.{state}.{comment_id}": "  "})
        assert scene.ada.status == 422
        assert message in page.text
    scene.ada.post(urls.comment_uptake(comment_id), {"state": "burn it"})
    assert scene.ada.status == 422
    too_long = "why " * 600
    page = scene.ada.post(urls.comment_uptake(comment_id), {"state": "asked", f"note.asked.{comment_id}": too_long})
    assert scene.ada.status == 422
    assert too_long in page.html
    assert scene.uptake() == []


def test_each_comment_can_be_marked_marked_otherwise_and_undone(scene: Scene) -> None:
    release(scene.site, scene.draft_id, by=scene.instructor_id)
    comment_id = scene.comments()["The claim stands alone."]
    page = scene.ada.post(urls.comment_uptake(comment_id), {"state": "done"})
    assert "Marked as done." in page.text
    assert scene.uptake() == [(comment_id, "done", "")]
    asked = {"state": "asked", f"note.asked.{comment_id}": "Which <b>reason</b>?"}
    page = scene.ada.post(urls.comment_uptake(comment_id), asked)
    assert "Asked your instructor: Which <b>reason</b>?" in page.text
    for _ in range(2):
        scene.ada.post(urls.comment_uptake(comment_id), {"state": ""})
        assert scene.ada.status == 200
    assert scene.uptake() == []


def test_another_student_can_neither_read_nor_mark(scene: Scene) -> None:
    release(scene.site, scene.draft_id, by=scene.instructor_id)
    otto = scene.site.person("Otto Other")
    otto.get(urls.feedback(scene.draft_id))
    assert otto.status == 404
    otto.post(urls.comment_uptake(scene.comments()["The claim stands alone."]), {"state": "done"})
    assert otto.status == 404
    assert scene.uptake() == []


def test_when_the_draft_was_erased_the_feedback_stays_and_says_what_is_gone(scene: Scene) -> None:
    release(scene.site, scene.draft_id, by=scene.instructor_id)
    draft = scene.site.wiring.database.read_now(draft_for_work, scene.draft_id)
    assert "The streets were built for people on foot" in scene.ada.get(urls.feedback(scene.draft_id)).text
    scene.site.wiring.content.erase(draft.content_id)
    page = scene.ada.get(urls.feedback(scene.draft_id))
    assert scene.ada.status == 200
    assert "The claim stands alone." in page.text
    assert "Your text was erased" in page.text
    assert "The streets were built" not in page.text
    assert "Cities should close their old centres" not in page.html


def test_the_second_draft_says_what_became_of_the_comments_and_shows_the_levels_side_by_side(scene: Scene) -> None:
    release(scene.site, scene.draft_id, by=scene.instructor_id)
    comment_id = scene.comments()["The claim stands alone."]
    second = hand_in_text(scene.ada, scene.teaching.assignment_id, ESSAY + " Here is one reason more.")
    merge(
        scene.site, second, level=2, uptake=(Uptake(str(comment_id), Addressed.PARTLY, "A reason stands at the end."),)
    )
    release(scene.site, second, by=scene.instructor_id)
    text = scene.ada.get(urls.feedback(second)).text
    assert "Since your last draft" in text
    assert "Partly addressed" in text
    assert "A reason stands at the end." in text
    assert "Your drafts compared" in text
    earlier = scene.site.wiring.database.read_now(draft_for_work, scene.draft_id)
    scene.site.wiring.content.erase(earlier.content_id)
    scene.site.wiring.database.write_now(
        lambda connection: connection.exec_driver_sql(
            f"update drafts set erased_at = changed_at, content = null where id = {scene.draft_id}"
        )
    )
    text = scene.ada.get(urls.feedback(second)).text
    assert "The text of draft 1 was erased" in text
    assert "cannot be compared" in text


def test_the_page_takes_few_statements_however_many_comments_there_are(scene: Scene, clock: SetClock) -> None:
    release(scene.site, scene.draft_id, by=scene.instructor_id)
    scene.ada.get(urls.feedback(scene.draft_id))
    clock.moment += timedelta(seconds=1)
    statements: list[str] = []
    engine = scene.site.wiring.database.engine
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    scene.ada.get(urls.feedback(scene.draft_id))
    asked = [each for each in statements if each.lower().startswith("select")]
    assert len(asked) <= 1 + 7, asked
