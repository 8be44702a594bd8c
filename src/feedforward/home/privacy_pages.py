"""What happens with a student's text, said from the settings in force: nothing here is promised that is not so."""

from collections.abc import Sequence

from feedforward.ui.elements import Child, Li, P, Ul
from feedforward.ui.layout import page_head, reading, section
from feedforward.ui.markdown import markdown


def privacy_body(
    *, policy: str, models: Sequence[str], retention_days: int, unreleased_days: int, unreviewed_allowed: bool
) -> Child:
    """The institution's policy (Markdown whose placeholders are filled), and what always holds: who reads a text, where
    it lies, when it is gone and what stays."""
    return reading(
        page_head(title="What happens with your text", lead="In plain words, for this installation."),
        section(title="Privacy policy", body=markdown(policy)),
        section(title="Who reads it", body=_readers(models, unreviewed_allowed)),
        section(title="Where it lies", body=_storage()),
        section(title="When it is gone", body=_erasure(retention_days, unreleased_days)),
        section(
            title="In your browser",
            body=P(
                "Pages load nothing from other sites, and nobody counts your clicks. What you type in a long field is "
                "kept in this browser until you send it."
            ),
        ),
    )


def _readers(models: Sequence[str], unreviewed_allowed: bool) -> Child:
    outside: Child = P(
        "No language model is connected here: only the built-in reader measures your text, on this machine."
    )
    if models:
        outside = (
            P("Besides the built-in reader, an assignment may use these language models:"),
            Ul(*(Li(each) for each in models)),
            P("Each assignment says which of them read your draft, and where they run, before you hand anything in."),
        )
    return (
        P("Your instructors and tutors in the course. Other students never see it."),
        outside,
        P(
            "Nothing a reader says reaches you before a person has looked at it and released it, unless an assignment "
            "says otherwise before you hand anything in: then the feedback says that nobody reviewed it."
            if unreviewed_allowed
            else "Nothing a reader says reaches you before a person has looked at it and released it."
        ),
    )


def _storage() -> Child:
    return P(
        "Your file and its text are encrypted on this installation's disk, each draft under a key of its own. "
        "Logs and statistics hold no words of yours."
    )


def _erasure(retention_days: int, unreleased_days: int) -> Child:
    after = "at release" if retention_days == 0 else f"{retention_days} days after your feedback was released"
    return (
        P(
            f"File, text and every passage quoted from it are erased {after}, unless the assignment names another "
            f"time; drafts whose feedback was never released, {unreleased_days} days after the due date. An instructor "
            "can keep one draft longer and must give a reason."
        ),
        P("The feedback itself, levels and dates stay, so that you can look back on how you grew."),
    )
