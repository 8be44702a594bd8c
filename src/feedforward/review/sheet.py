"""What the page of one review is drawn from: the review, what stands in its fields, and what went wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from feedforward.feedback.addressed_parts import CorrectionAttempt
from feedforward.feedback.opened_page import ShownAddressed
from feedforward.review.form_values import fingerprint_of, new_comment_fields
from feedforward.review.neighbour_queries import Neighbours
from feedforward.review.rules import may_edit
from feedforward.review.views import Review
from feedforward.ui.elements import Child

REVIEW_FORM = "review"


@dataclass(frozen=True, slots=True)
class Sheet:
    """`values` stand in the fields; `clashes` are fields that somebody else changed too, with what they made of them;
    `notices` say what happened; `goes_at` is when the content will be erased; `typed` are smaller forms' fields;
    `addressed` is what became of the comments on the draft before, `correcting` a word on one that was refused."""

    review: Review
    neighbours: Neighbours
    within: int | None
    now: datetime
    values: Mapping[str, str]
    goes_at: datetime | None
    errors: Mapping[str, str] = field(default_factory=dict)
    clashes: Mapping[str, str] = field(default_factory=dict)
    notices: Sequence[Child] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    addressed: Sequence[ShownAddressed] = ()
    correcting: CorrectionAttempt | None = None

    @property
    def editing(self) -> bool:
        """Whether the fields can be changed now."""
        head = self.review.head
        return may_edit(head.status) and not head.is_being_read and not head.is_read_only

    @property
    def base(self) -> str:
        """What the form showed as it stood in the database, without its words."""
        return fingerprint_of(self.review.values() | new_comment_fields())

    def value(self, name: str) -> str:
        return self.values.get(name, "")

    def hint(self, name: str, otherwise: Child = None) -> Child:
        """What somebody else wrote here meanwhile, or else the usual hint."""
        if name not in self.clashes:
            return otherwise
        who = self.review.head.reviewer or "Somebody else"
        theirs = self.clashes[name] or "nothing (they emptied it)"
        return f"{who} changed this meanwhile to: {theirs}. Saving puts your version in its place."
