"""The facts of a draft for its assignment."""

from feedforward.assessment.assignment_brief import Brief
from feedforward.extraction.document import Document
from feedforward.facts.gather import Facts, facts_of


def facts_for(document: Document, brief: Brief) -> Facts:
    """Facts of the document against the brief's title, instructions and limits."""
    return facts_of(
        document.text,
        document.blocks,
        task=f"{brief.title}\n{brief.task_text}",
        word_min=brief.word_min,
        word_max=brief.word_max,
        media_type=document.media_type,
    )
