"""The terms as everybody reads them, accepting them, and editing them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedforward import urls
from feedforward.accounts.terms_queries import Edition
from feedforward.accounts.terms_rules import LONGEST_TERMS, PLACEHOLDERS
from feedforward.ui.buttons import ButtonKind, button
from feedforward.ui.choices import checkbox
from feedforward.ui.dates import day
from feedforward.ui.elements import Child, Code, P
from feedforward.ui.fields import text_area
from feedforward.ui.forms import form, hidden_field
from feedforward.ui.layout import card, disclosure, page_head, reading, section
from feedforward.ui.markdown import markdown
from feedforward.ui.tables import Column, data_table, definition_list


@dataclass(frozen=True, slots=True)
class Editing:
    """What stands in the form: `version` is the edition the administrator started from."""

    version: int
    terms: str
    privacy: str
    needs_acceptance: bool


def terms_body(*, version: int, terms: str) -> Child:
    """The terms in force; `terms` is Markdown whose placeholders are filled."""
    return reading(page_head(title="Terms of service"), markdown(terms, top=2), P(_edition(version), cls="quiet"))


def _edition(version: int) -> str:
    return f"Edition {version}." if version else "The edition that comes with FeedForward."


def accept_body(*, version: int, terms: str, privacy: str, back_to: str, errors: Mapping[str, str]) -> Child:
    """What has to be read and accepted before anything else."""
    return reading(
        page_head(
            title="The terms have changed",
            lead="Please read them and accept them. Nothing of yours is lost; you go on where you were.",
        ),
        section(title="Terms of service", body=markdown(terms)),
        section(title="Privacy policy", body=markdown(privacy)),
        form(
            action=urls.accept_terms(), submit="Go on", errors=errors,
            fields=(
                hidden_field(name="version", value=str(version)),
                hidden_field(name="next", value=back_to),
                checkbox(
                    name="accepted", label="I have read and accept the terms of service.", required=True,
                    error=errors.get("accepted"),
                ),
            ),
        ),
        P("You do not accept them? Sign out, and ask the people who run FeedForward here.", cls="quiet"),
    )  # fmt: skip


def edit_terms_body(
    *, editing: Editing, preview: tuple[str, str] | None, editions: Sequence[Edition], values: Mapping[str, str],
    errors: Mapping[str, str],
) -> Child:  # fmt: skip
    """Both texts, what their placeholders stand for now, and all editions. `preview`: both, filled."""
    return reading(
        page_head(
            title="Terms and privacy policy",
            lead="In Markdown. Words in braces are filled from the settings in force, so that the text stays true.",
        ),
        _preview(preview) if preview else None,
        form(
            action=urls.edit_terms(), submit=None, errors=errors, guard=True,
            fields=(
                hidden_field(name="version", value=str(editing.version)),
                text_area(
                    name="terms", label="Terms of service", value=editing.terms, rows=18, max_length=LONGEST_TERMS,
                    error=errors.get("terms"),
                ),
                text_area(
                    name="privacy", label="Privacy policy", value=editing.privacy, rows=14, max_length=LONGEST_TERMS,
                    hint="What always holds (who reads a text, when it is erased) stands below it on its page.",
                    error=errors.get("privacy"),
                ),
                checkbox(
                    name="needs_acceptance", label="Everybody has to accept this edition",
                    checked=editing.needs_acceptance,
                    hint="They are asked on the next page they open, also you. Leave it out for small corrections.",
                ),
            ),
            more=(
                button("Show how it looks", kind=ButtonKind.QUIET, name="do", value="preview"),
                button("Publish", name="do", value="publish"),
            ),
        ),
        disclosure(
            summary="Words in braces",
            body=definition_list(items=_placeholders(values), wide=True),
        ),
        section(title="Editions", body=_editions(editions)),
    )  # fmt: skip


def _preview(texts: tuple[str, str]) -> Child:
    terms, privacy = texts
    return section(
        title="How it looks",
        lead="Nothing is published yet.",
        body=(
            card(title="Terms of service", body=markdown(terms, top=4)),
            card(title="Privacy policy", body=markdown(privacy, top=4)),
        ),
    )


def _placeholders(values: Mapping[str, str]) -> list[tuple[str, Child]]:
    return [
        (f"{{{name}}}", (f"{meaning}. Now: ", Code(values[name])))
        for name, meaning in PLACEHOLDERS.items()
    ]  # fmt: skip


def _editions(editions: Sequence[Edition]) -> Child:
    if not editions:
        return P("None was published here: what comes with FeedForward is in force.", cls="quiet")
    return data_table(
        caption="Editions",
        head=["Edition", "Published", "By", "Acceptance", Column("Accepted by", number=True)],
        rows=[
            [
                f"Edition {each.version}",
                _published(each.published_at),
                each.published_by,
                "needed" if each.needs_acceptance else "not asked",
                f"{each.accepted:,}",
            ]
            for each in editions
        ],
    )


def _published(at: datetime) -> Child:
    return day(at, "UTC")
