"""The merged feedback of a draft, its comments, and what the student did with them."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, Float, ForeignKey, Index, LargeBinary, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from feedforward.database import Base, BigId, UtcDateTime

STATUSES = ("awaiting_review", "saved", "scheduled", "released", "withheld", "recalled")


class Feedback(Base):
    """One per draft. `edit` rises with every change a person makes: a form that names an older one is refused.

    Texts are templates: passages of the draft stand in `passages`, sealed under the draft's key.
    """

    __tablename__ = "feedback"
    __table_args__ = (
        CheckConstraint("status in ({})".format(", ".join(f"'{each}'" for each in STATUSES)), name="status"),
        Index("ix_feedback_draft", "draft_id", unique=True),
        Index("ix_feedback_queue", "status", "attention", "created_at"),
        Index("ix_feedback_release_at", "status", "release_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    draft_id: Mapped[int] = mapped_column(BigId, ForeignKey("drafts.id"))
    status: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    # Of the assignment's settings it was made with; None: made before there were any.
    settings_version: Mapped[int | None]
    # Set to go out, or gone out, by itself: no person has reviewed it.
    unreviewed: Mapped[bool] = mapped_column(Boolean, server_default=false())
    edit: Mapped[int]
    summary: Mapped[str] = mapped_column(Text)
    summary_passages: Mapped[bytes | None] = mapped_column(LargeBinary)
    summary_edited: Mapped[bool] = mapped_column(Boolean)
    note: Mapped[str] = mapped_column(Text)
    # How much it needs a person, 0 and up: the queue shows the highest first.
    attention: Mapped[float] = mapped_column(Float)
    # Codes such as "disagreement", "unsupported_quotes", "hidden_text", "reader_failed", one per line.
    reasons: Mapped[str] = mapped_column(Text)
    readers: Mapped[int]
    by_models: Mapped[bool] = mapped_column(Boolean)
    withheld_reason: Mapped[str] = mapped_column(Text)
    release_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    released_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"))
    reviewed_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"))
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FeedbackCriterion(Base):
    """The result for one criterion: what the readings gave, and what stands after review. None: nobody scored it."""

    __tablename__ = "feedback_criteria"

    feedback_id: Mapped[int] = mapped_column(BigId, ForeignKey("feedback.id"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(BigId, ForeignKey("rubric_criteria.id"), primary_key=True)
    merged_score: Mapped[float | None] = mapped_column(Float)
    merged_level: Mapped[int | None]
    disagreement: Mapped[float | None] = mapped_column(Float)
    scores: Mapped[int]
    score: Mapped[float | None] = mapped_column(Float)
    level: Mapped[int | None]
    edited_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"))


class Comment(Base):
    """One comment. `supported` False: its quote was not found, so it is kept from the student unless `kept` is set."""

    __tablename__ = "comments"
    __table_args__ = (
        CheckConstraint("kind in ('strength', 'improvement', 'general')", name="kind"),
        CheckConstraint("origin in ('readers', 'person')", name="origin"),
        Index("ix_comments_feedback", "feedback_id", "position"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    feedback_id: Mapped[int] = mapped_column(BigId, ForeignKey("feedback.id"))
    criterion_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("rubric_criteria.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    next_step: Mapped[str] = mapped_column(Text)
    looked_in: Mapped[str] = mapped_column(Text)
    # {"quote": {"text", "start", "end"} | null, "passages": […], "step_passages": […]} as JSON, sealed.
    passages: Mapped[bytes | None] = mapped_column(LargeBinary)
    has_quote: Mapped[bool] = mapped_column(Boolean)
    supported: Mapped[bool] = mapped_column(Boolean)
    kept: Mapped[bool] = mapped_column(Boolean)
    dropped: Mapped[bool] = mapped_column(Boolean)
    priority: Mapped[bool] = mapped_column(Boolean)
    support: Mapped[int]
    of: Mapped[int]
    readers: Mapped[str] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(String(20))
    edited_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"))


class CommentUptake(Base):
    """What the student says about a comment: done, not doing it (why), or a question."""

    __tablename__ = "comment_uptake"
    __table_args__ = (CheckConstraint("state in ('done', 'not_doing', 'asked')", name="state"),)

    comment_id: Mapped[int] = mapped_column(BigId, ForeignKey("comments.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    marked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AddressedComment(Base):
    """What became of a released comment in a later draft: addressed, partly, or not, and where its passage stands.

    Written anew with every merging; what people say about it stands in `addressed_corrections`.
    """

    __tablename__ = "addressed_comments"
    __table_args__ = (CheckConstraint("addressed in ('yes', 'partly', 'no')", name="addressed"),)

    draft_id: Mapped[int] = mapped_column(BigId, ForeignKey("drafts.id"), primary_key=True)
    comment_id: Mapped[int] = mapped_column(BigId, ForeignKey("comments.id"), primary_key=True)
    addressed: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(Text)
    note_passages: Mapped[bytes | None] = mapped_column(LargeBinary)
    # Readers that judged so, one per line; None in rows older than this column, as below.
    judged_by: Mapped[str | None] = mapped_column(Text)
    standing: Mapped[str | None] = mapped_column(String(20))
    # Characters of the later draft's text where the passage stands now; None where it is gone.
    place_start: Mapped[int | None]
    place_end: Mapped[int | None]


class AddressedCorrection(Base):
    """What a person says instead: one word of the student, one of the staff; no later reading touches it.

    `note` is a template; its runs of either draft's words stand sealed in `note_passages`, under the later draft's key.
    """

    __tablename__ = "addressed_corrections"
    __table_args__ = (
        CheckConstraint("side in ('student', 'staff')", name="side"),
        CheckConstraint("addressed in ('yes', 'partly', 'no')", name="addressed"),
    )

    draft_id: Mapped[int] = mapped_column(BigId, ForeignKey("drafts.id"), primary_key=True)
    comment_id: Mapped[int] = mapped_column(BigId, ForeignKey("comments.id"), primary_key=True)
    side: Mapped[str] = mapped_column(String(10), primary_key=True)
    addressed: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(Text)
    note_passages: Mapped[bytes | None] = mapped_column(LargeBinary)
    edited_by: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    corrected_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FeedbackVersion(Base):
    """The feedback as it stood at one release, for appeals: {"summary", "criteria", "comments", "note"}, sealed."""

    __tablename__ = "feedback_versions"

    feedback_id: Mapped[int] = mapped_column(BigId, ForeignKey("feedback.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    released_at: Mapped[datetime] = mapped_column(UtcDateTime)
    released_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"))
    recalled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    document: Mapped[bytes | None] = mapped_column(LargeBinary)
