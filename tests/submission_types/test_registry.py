"""The kinds of work: each complete, each accepting only files that can be read."""

import pytest

from feedforward.errors import RuleBroken
from feedforward.extraction.sniffing import FileType
from feedforward.submission_types.registry import SUBMISSION_TYPES, submission_type


def test_every_kind_is_found_by_its_name_and_says_what_it_accepts_and_what_readers_are_told() -> None:
    for name, kind in SUBMISSION_TYPES.items():
        assert submission_type(name) is kind
        assert kind.label
        assert kind.prompt_sections
        assert len(kind.file_types) == len(kind.endings)
        assert all(section.heading and section.text for section in kind.prompt_sections)


def test_an_essay_is_handed_in_as_word_pdf_text_or_markdown() -> None:
    essay = submission_type("essay")
    assert essay.file_types == (
        FileType.DOCX, FileType.PDF, FileType.ODT, FileType.RTF, FileType.TEXT, FileType.MARKDOWN,
    )  # fmt: skip
    assert essay.takes("Essay.DOCX")
    assert not essay.takes("essay.py")
    assert essay.accept == ".docx,.pdf,.odt,.rtf,.txt,.md"
    assert essay.accepted_in_words == "DOCX, PDF, ODT, RTF, TXT or MD"


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(RuleBroken):
        submission_type("song")
