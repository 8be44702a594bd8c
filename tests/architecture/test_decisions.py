"""The decisions are numbered and of one form, and the map from the specification's names to ours is true."""

import re
from pathlib import Path

import pytest

from feedforward.schema import metadata
from tests.architecture.house import ROOT, SOURCE

DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
HEADINGS = ["Context", "Designs weighed", "Decision", "Consequences"]
MOST_LINES = 60
NAMES = ROOT / "docs" / "adr" / "0011-names-of-the-specification.md"
TOPICS = (
    "ai-model-ownership", "data-lifecycle", "authentication", "database-choice", "ui-framework", "student-enrolment",
    "educational-workflow", "submission-privacy", "api-key-management", "model-configuration",
)  # fmt: skip
# Every name the specification gives to something: its tables, services, folders, decorators, indexes, tasks, streams.
NAMES_OF_THE_SPECIFICATION = """
users instructors courses assignments drafts feedback_results ai_providers ai_models assignment_model_runs
model_feedback_results rubric_templates rubric_criteria course_students invitations audit_logs
AuthService FeedbackGenerator EmailService FileHandler PrivacyService AnalyticsService
app/models/ app/templates/ app/routes/ app/services/ app/ data/feedforward.db data/uploads/ logs/ backups/ venv/
User Course Assignment Draft AIModel FeedbackResult
@admin_required @instructor_required @student_required @background_task process_draft_submission generate_feedback
get_assignment_settings build_prompt call_llm aggregate_results aggregation_method num_runs save_feedback
notify_instructor update_draft_status schedule_content_removal call_ai_with_fallback queue_for_manual_review log_error
idx_drafts_assignment_student idx_feedback_draft idx_courses_instructor
/logs/app.log /logs/access.log /logs/ai_calls.log SECRET_KEY PBKDF2HMAC Fernet
FastHTML FastLite HTMX Tailwind LiteLLM SMTP nginx Uvicorn VACUUM ANALYZE Redis Prometheus
"""
SPECIFIED_WORDS = (
    "Privacy Cleanup", "Database Optimization", "Usage Reports", "Backup", "Application Cache", "Database Query Cache",
    "Frontend Cache", "Audit Logs", "Custom SQL scripts", "draft → active → inactive → archived → deleted",
    "Provider Level", "Model Level", "Instance Level", "Microservices", "WebSockets", "Multi-tenant", "Kubernetes",
    "S3",
)  # fmt: skip


def rows() -> list[list[str]]:
    """The map's rows: what the specification says, what it is here, why."""
    lines = [line for line in NAMES.read_text("utf-8").splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def exists(token: str) -> bool:
    """Whether a name in the map's second column is a file, table, index, column or setting of ours."""
    tables = metadata().tables
    indexes = {str(index.name) for table in tables.values() for index in table.indexes}
    table, _, column = token.partition(".")
    return (
        token in tables
        or token in indexes
        or (table in tables and column in tables[table].columns)
        or (SOURCE / token).exists()
        or (ROOT / token).exists()
    )


def test_the_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_topics_of_the_specification_keep_their_numbers() -> None:
    assert [path.stem[5:] for path in DECISIONS[: len(TOPICS)]] == list(TOPICS)


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_the_four_headings_and_stays_short(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.match(rf"# {path.name[:4]} · \S", text)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS
    assert text.count("\n") <= MOST_LINES
    weighed = text.split("## Designs weighed")[1].split("## Decision")[0]
    assert len(re.findall(r"^(?:- |\| )", weighed, re.MULTILINE)) >= 2, "weigh at least two designs"


def test_every_name_of_the_specification_is_in_the_map() -> None:
    said = " ".join(row[0] for row in rows())
    tokens = set(re.findall(r"`([^`]+)`", said))
    assert [name for name in NAMES_OF_THE_SPECIFICATION.split() if name not in tokens] == []
    assert [words for words in SPECIFIED_WORDS if words not in said] == []


def test_every_file_and_table_the_map_names_exists_or_is_marked_as_later() -> None:
    wrong = [
        (row[0], token)
        for row in rows()
        for token in re.findall(r"`([^`]+)`", row[1].partition("later: issue")[0])
        if not exists(token)
    ]
    assert not wrong


def test_every_row_of_the_map_says_where_or_when_and_why() -> None:
    assert [row for row in rows() if len(row) != 3 or not all(row)] == []
    nowhere = [
        row[0] for row in rows() if "`" not in row[1] and "later: issue" not in row[1] and "not built" not in row[1]
    ]
    assert not nowhere


def test_a_wrong_name_in_the_map_would_be_found() -> None:
    assert not exists("no_such_table")
    assert not exists("assessment/no_such_file.py")
    assert exists("drafts")
    assert exists("drafts.erase_after")
    assert exists("assessment/planning.py")
