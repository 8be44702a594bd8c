"""From draft to draft: what changed, what became of each comment, and people who see it differently."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from feedforward import urls
from feedforward.assessment.answer import Addressed, Uptake
from feedforward.audit.tables import AuditEvent
from feedforward.drafts.queries import draft_for_work
from feedforward.feedback.tables import AddressedComment, AddressedCorrection, Comment, Feedback
from feedforward.retention.actions import finish_erasure
from feedforward.wiring import Wiring
from tests.factories.feedback_rows import merge, release
from tests.factories.site import Site, Visitor
from tests.factories.studying import ESSAY, StartedFeedback, hand_in_text, wiring_with
from tests.factories.teaching import Teaching, make_teaching

OPENING = ESSAY.split(".")[0]
SECOND = ESSAY.replace(OPENING, OPENING.replace("should", "must")) + " A market needs room, because people stop in it."


@dataclass
class Scene:
    """Ada with two drafts: the first released, the second read and judged beside it."""

    site: Site
    ada: Visitor
    teaching: Teaching
    first: int
    second: int

    def comment(self, text: str) -> int:
        found: int = self.site.wiring.database.read_now(
            lambda connection: connection.execute(
                select(Comment.id)
                .join(Feedback, Feedback.id == Comment.feedback_id)
                .where(Comment.text == text, Feedback.draft_id == self.first)
            ).scalar_one()
        )
        return found

    def rows(self, table: type[AddressedComment] | type[AddressedCorrection]) -> list[dict[str, object]]:
        return self.site.wiring.database.read_now(
            lambda connection: [dict(each._mapping) for each in connection.execute(select(table.__table__))]
        )

    def corrections(self) -> list[tuple[object, object, object]]:
        return [(each["comment_id"], each["side"], each["addressed"]) for each in self.rows(AddressedCorrection)]


@pytest.fixture
def site(wiring: Wiring) -> Iterator[Site]:
    with Site.open(wiring_with(wiring, StartedFeedback())) as opened:
        yield opened


@pytest.fixture
def scene(site: Site) -> Scene:
    ada = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    first = hand_in_text(ada, teaching.assignment_id)
    merge(site, first)
    release(site, first, by=2)
    second = hand_in_text(ada, teaching.assignment_id, SECOND)
    merge(site, second, judge=True)
    return Scene(site, ada, teaching, first, second)


def test_a_first_draft_has_nothing_beside_it_and_a_second_shows_what_changed(scene: Scene) -> None:
    assert "nothing to compare it with" in scene.ada.get(urls.draft_changes(scene.first)).text
    assert urls.draft_changes(scene.second) in scene.ada.get(urls.draft(scene.second)).html
    page = scene.ada.get(urls.draft_changes(scene.second))
    assert "1 sentence reworded, 1 added" in page.text
    assert "<del>should</del>" in page.html
    assert "<ins>must</ins>" in page.html
    assert "A market needs room" in page.text
    kept = ESSAY.rstrip(".").rsplit(". ", 1)[-1]
    assert kept in page.text
    short = scene.ada.get(urls.draft_changes(scene.second, only_changed=True))
    assert kept not in short.text
    assert "A market needs room" in short.text
    assert "1 sentence reworded, 1 added" in scene.teaching.instructor.get(urls.review_changes(scene.second)).text


def test_once_a_draft_is_erased_the_page_says_so(scene: Scene) -> None:
    content_id = scene.site.wiring.database.read_now(draft_for_work, scene.first).content_id
    scene.site.wiring.content.erase(content_id)
    page = scene.ada.get(urls.draft_changes(scene.second))
    assert "The text of draft 1 was erased" in page.text
    assert "must" not in page.text


def test_every_comment_the_student_saw_is_judged_with_its_reason_and_who_judged(scene: Scene) -> None:
    judged = {each["comment_id"]: each for each in scene.rows(AddressedComment)}
    assert set(judged) == {
        scene.comment(text)
        for text in ("The ending takes a clear stand.", "The claim stands alone.", "No source is named.")
    }
    claim = judged[scene.comment("The claim stands alone.")]
    assert (claim["addressed"], claim["standing"], claim["judged_by"]) == ("partly", "reworded", "built-in")
    assert judged[scene.comment("No source is named.")]["addressed"] == "no"
    text = scene.teaching.instructor.get(urls.review(scene.second)).text
    assert "Judged by the built-in reader, from the two texts: The sentence it pointed at was reworded" in text
    assert "Its passage now reads:" in text
    assert OPENING.replace("should", "must") in text


def test_what_a_model_said_stands_before_the_built_in_judgement(scene: Scene) -> None:
    claim = scene.comment("The claim stands alone.")
    merge(scene.site, scene.second, judge=True, uptake=(Uptake(str(claim), Addressed.YES, "There is a reason now."),))
    (row,) = (each for each in scene.rows(AddressedComment) if each["comment_id"] == claim)
    assert (row["addressed"], row["judged_by"], row["standing"]) == ("yes", "local/model-a", "reworded")


def test_a_student_cannot_correct_before_the_release_nor_somebody_elses(scene: Scene) -> None:
    claim = scene.comment("The claim stands alone.")
    said = {f"addressed.{claim}": "yes", f"correction.{claim}": ""}
    scene.ada.post(urls.correct_addressed(scene.second, claim), said)
    assert scene.ada.status == 404
    release(scene.site, scene.second, by=2)
    bea = scene.site.person("Bea Student")
    bea.post(urls.correct_addressed(scene.second, claim), said)
    assert bea.status == 404
    scene.ada.post(urls.correct_addressed(scene.second, claim + 999), {f"addressed.{claim + 999}": "yes"})
    assert scene.ada.status == 404
    assert scene.corrections() == []


def test_a_correction_without_a_choice_or_too_long_is_refused_with_what_was_typed(scene: Scene) -> None:
    release(scene.site, scene.second, by=2)
    claim = scene.comment("The claim stands alone.")
    for who, address in (
        (scene.ada, urls.correct_addressed(scene.second, claim)),
        (scene.teaching.instructor, urls.review_addressed(scene.second, claim)),
    ):
        page = who.post(address, {f"addressed.{claim}": "burn", f"correction.{claim}": "It is done. " * 50})
        assert who.status == 422
        assert "Choose whether the comment was addressed" in page.text
        assert "Shorten this to 500 characters" in page.text
        assert "It is done. It is done." in page.html
    assert scene.corrections() == []


def test_student_and_instructor_say_it_better_and_no_later_reading_writes_over_it(scene: Scene) -> None:
    release(scene.site, scene.second, by=2)
    claim = scene.comment("The claim stands alone.")
    address = urls.correct_addressed(scene.second, claim)
    scene.ada.post(address, {f"addressed.{claim}": "no", f"correction.{claim}": "I only began."})
    scene.ada.post(address, {f"addressed.{claim}": "yes", f"correction.{claim}": "I gave a reason."})
    assert scene.corrections() == [(claim, "student", "yes")]
    assert (
        "Ada Student says: addressed in this draft. I gave a reason." in scene.ada.get(urls.feedback(scene.second)).text
    )
    instructor = scene.teaching.instructor
    instructor.post(
        urls.review_addressed(scene.second, claim), {f"addressed.{claim}": "no", f"correction.{claim}": "Not yet."}
    )
    merge(scene.site, scene.second, judge=True)
    release(scene.site, scene.second, by=2)
    text = scene.ada.get(urls.feedback(scene.second)).text
    assert "says: not addressed yet. Not yet." in text
    assert "Ada Student says: addressed in this draft. I gave a reason." in text
    assert "Judged by the built-in reader, from the two texts: partly addressed." in text
    scene.ada.post(address, {"withdraw": "yes"})
    assert scene.corrections() == [(claim, "staff", "no")]
    events = scene.site.wiring.database.read_now(
        lambda connection: dict(
            connection.execute(
                select(AuditEvent.action, func.count())
                .where(AuditEvent.action.like("comment.%correct%"))
                .group_by(AuditEvent.action)
            ).all()
        )
    )
    assert events == {"comment.addressed_corrected": 3, "comment.correction_withdrawn": 1}


@pytest.mark.parametrize("which", ["first", "second"])
def test_a_correction_keeps_no_words_of_a_draft_once_that_is_erased(scene: Scene, which: str) -> None:
    release(scene.site, scene.second, by=2)
    claim = scene.comment("The claim stands alone.")
    wording = OPENING if which == "first" else OPENING.replace("should", "must")
    assert len(wording.split()) >= 8
    note = f"I wrote: {wording}"
    scene.ada.post(
        urls.correct_addressed(scene.second, claim), {f"addressed.{claim}": "yes", f"correction.{claim}": note}
    )
    assert note in scene.ada.get(urls.feedback(scene.second)).text
    (row,) = scene.rows(AddressedCorrection)
    assert wording not in str(row["note"])
    database, draft_id = scene.site.wiring.database, getattr(scene, which)
    scene.site.wiring.content.erase(database.read_now(draft_for_work, draft_id).content_id)
    database.write_now(finish_erasure, draft_id, now=scene.site.wiring.clock.now())
    (row,) = scene.rows(AddressedCorrection)
    assert row["note_passages"] is None
    assert wording not in scene.ada.get(urls.feedback(scene.second)).text
