"""A draft's way through a real worker and a model provider over the wire, when all goes well and when it does not."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from feedforward.assignments.rules import MergeMethod, ReaderSetting
from feedforward.drafts.tables import Draft
from feedforward.feedback.tables import Comment, Feedback, FeedbackCriterion
from feedforward.wiring import Wiring
from tests.factories.installation import on_postgresql, on_sqlite, words_in_tables
from tests.factories.pipeline import CANARY, Pipeline, make_pipeline, model_answer, reader
from tests.factories.worker import WorkerProcess, mock_provider, running_worker
from tests.llm.model_server import ModelServer, model_server

__all__ = ["model_server"]

PATIENCE = 90.0
pytestmark = pytest.mark.slow


@dataclass
class AtWork:
    """An installation whose worker runs, and the provider its models come from."""

    wiring: Wiring
    worker: WorkerProcess
    server: ModelServer

    def course(self, *readers: ReaderSetting, **more: Any) -> Pipeline:
        """An assignment; the answers of these models fit its rubric from now on."""
        pipe = make_pipeline(self.wiring, *readers, **more)
        names = {each.reader for each in readers} | {each.fallback_reader for each in readers if each.fallback_reader}
        for name in names - {"built-in"}:
            self.behave(name, {"type": "reply", "text": model_answer(pipe.criteria), "times": None})
        return pipe

    def behave(self, reader_name: str, *behaviours: dict[str, Any]) -> None:
        """How this model answers; what was said first about a model holds."""
        model = reader_name.partition("/")[2]
        matched = [{**each, "match": {"model": model}} for each in behaviours]
        self.server.post("/_llmock/scenario", {"behaviors": matched})

    def requests(self, model: str) -> int:
        return sum(1 for each in self.server.requests() if each["model"] == model)


MODELS = ("good", "limited", "broken", "spare", "slow", "garbage", "half", "shared")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def at_work(
    request: pytest.FixtureRequest, model_server: ModelServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[AtWork]:
    folder = tmp_path_factory.mktemp("installation")
    providers = {
        "mock": mock_provider(model_server, *MODELS),
        "hasty": mock_provider(model_server, "slow", timeout_seconds=1),
        "locked": mock_provider(model_server, "locked"),
        "gone": mock_provider(model_server, "any", base_url="http://127.0.0.1:9/v1"),
    }
    model_server.behave()
    name = "migrated_file" if request.param == "sqlite" else "postgres_address"
    opened = on_sqlite if request.param == "sqlite" else on_postgresql
    with (
        opened(folder, request.getfixturevalue(name), providers, reading_tries=2) as wiring,
        running_worker(wiring) as worker,
    ):
        yield AtWork(wiring, worker, model_server)


def feedback_of(pipe: Pipeline, draft_id: int) -> Any:
    return pipe.rows(*Feedback.__table__.columns, where=[Feedback.draft_id == draft_id])[0]


def scores_of(pipe: Pipeline, draft_id: int) -> list[float | None]:
    columns = (FeedbackCriterion.criterion_id, FeedbackCriterion.score)
    feedback_id = feedback_of(pipe, draft_id).id
    return [row.score for row in pipe.rows(*columns, where=[FeedbackCriterion.feedback_id == feedback_id])]


def test_three_readings_become_one_feedback_that_awaits_review(at_work: AtWork) -> None:
    pipe = at_work.course(reader("mock/good", runs=2), reader("built-in"), method=MergeMethod.MEDIAN)
    draft_id = pipe.hand_in()
    pipe.wait(draft_id, seconds=PATIENCE)
    assert pipe.status(draft_id) == "awaiting_review"
    readings = pipe.readings(draft_id)
    assert [(each.reader, each.run, each.status) for each in readings] == [
        ("mock/good", 1, "done"), ("mock/good", 2, "done"), ("built-in", 1, "done"),
    ]  # fmt: skip
    assert [each.outcome for each in pipe.calls(draft_id)] == ["done"] * 3
    assert at_work.requests("good") == 2
    assert all(each.tokens_in > 0 for each in readings if each.reader == "mock/good")
    feedback = feedback_of(pipe, draft_id)
    assert (feedback.readers, feedback.by_models, feedback.status) == (2, True, "awaiting_review")
    assert len(scores_of(pipe, draft_id)) == 2
    comments = pipe.rows(Comment.id, Comment.text, Comment.of, where=[Comment.feedback_id == feedback.id])
    assert [each.of for each in comments if each.text == "Say where you know this from."][:1] == [2]


def test_no_word_of_the_essay_stands_readable_in_any_table_or_log(at_work: AtWork) -> None:
    pipe = at_work.course(reader("mock/shared"))
    at_work.server.post(
        "/_llmock/scenario",
        {"behaviors": [{"type": "reply", "match": {"model": "shared"}, "times": 1,
                        "text": model_answer(pipe.criteria, quote=CANARY, summary=f"You write: {CANARY}.")}]},
    )  # fmt: skip
    draft_id = pipe.hand_in()
    pipe.wait(draft_id, seconds=PATIENCE)
    assert pipe.status(draft_id) == "awaiting_review"
    assert words_in_tables(at_work.wiring, CANARY[:30].encode()) == []
    assert CANARY[:30] not in at_work.worker.log.read_text()
    assert "sk-test-canary" not in at_work.worker.log.read_text()


def test_a_provider_that_asks_for_a_pause_gets_it_and_then_answers(at_work: AtWork) -> None:
    at_work.behave("mock/limited", {"type": "fail", "status": 429, "retry_after": 3, "times": 1})
    pipe = at_work.course(reader("mock/limited"))
    draft_id = pipe.hand_in()
    pipe.wait(draft_id, seconds=PATIENCE)
    calls = pipe.calls(draft_id)
    assert [each.outcome for each in calls] == ["rate_limited", "done"]
    assert all((later.claimed_at - sooner.finished_at).total_seconds() >= 3 for sooner, later in pairwise(calls))
    (reading,) = pipe.readings(draft_id)
    assert (reading.status, reading.error, pipe.status(draft_id)) == ("done", None, "awaiting_review")


def test_a_provider_that_stays_broken_is_replaced_by_the_fallback(at_work: AtWork) -> None:
    at_work.behave("mock/broken", {"type": "fail", "status": 500, "times": None})
    pipe = at_work.course(reader("mock/broken", fallback="mock/spare"))
    draft_id = pipe.hand_in()
    pipe.wait(draft_id, seconds=PATIENCE)
    failed, fallback = pipe.readings(draft_id)
    assert (failed.status, failed.error, at_work.requests("broken")) == ("failed", "server_error", 2)
    assert (fallback.reader, fallback.status, fallback.fallback_for) == ("mock/spare", "done", failed.id)
    assert pipe.status(draft_id) == "awaiting_review"
    assert feedback_of(pipe, draft_id).reasons == ""


@pytest.mark.parametrize(
    ("name", "behaviour", "code", "calls"),
    [
        ("hasty/slow", {"type": "delay", "seconds": 4, "times": None}, "timeout", 2),
        ("mock/garbage", {"type": "reply", "text": "I would give it a 7.", "times": None}, "malformed", 2),
        ("mock/half", {"type": "reply", "text": '{"criteria": {"1": {"score": 3', "times": None}, "malformed", 2),
        ("locked/locked", {"type": "fail", "status": 401, "times": None}, "bad_key", 1),
        ("gone/any", None, "unreachable", 2),
    ],
)
def test_a_draft_nobody_could_read_goes_to_the_instructor_with_the_reason_and_without_a_score(
    at_work: AtWork, name: str, behaviour: dict[str, Any] | None, code: str, calls: int
) -> None:
    if behaviour is not None:
        at_work.behave(name, behaviour)
    pipe = at_work.course(reader(name))
    draft_id = pipe.hand_in()
    pipe.wait(draft_id, seconds=PATIENCE)
    assert pipe.status(draft_id) == "needs_manual_feedback"
    assert [each.outcome for each in pipe.calls(draft_id)] == [code] * calls
    assert pipe.value(select(Draft.trouble).where(Draft.id == draft_id)) == code
    feedback = feedback_of(pipe, draft_id)
    assert feedback.reasons.split() == ["too_few_readings", "reader_failed"]
    assert scores_of(pipe, draft_id) == [None, None]
    assert pipe.rows(Comment.id, where=[Comment.feedback_id == feedback.id]) == []
    (reading,) = pipe.readings(draft_id)
    paid = code == "malformed"
    assert (reading.answer is None, reading.tokens_out > 0) == (True, paid)


def test_a_worker_ends_when_it_is_asked_to_and_says_so_in_one_line(at_work: AtWork, tmp_path: Path) -> None:
    with running_worker(at_work.wiring) as other:
        other.wait_until_ready()
        assert other.stop() == 0
        lines = other.log.read_text().splitlines()
    assert [line.split(" ", 1)[1] for line in lines] == [
        "INFO feedforward.worker worker slot 1 takes work", "INFO feedforward.worker worker slot 1 ended",
    ]  # fmt: skip
