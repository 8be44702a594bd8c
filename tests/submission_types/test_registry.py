"""The kinds of work: each complete, each accepting only files that can be read."""

import pytest

from feedforward.errors import RuleBroken
from feedforward.extraction.sniffing import FileType, type_of_ending
from feedforward.submission_types.registry import SUBMISSION_TYPES, submission_type


def test_every_kind_is_found_by_its_name_and_says_what_it_accepts_and_what_readers_are_told() -> None:
    for name, kind in SUBMISSION_TYPES.items():
        assert submission_type(name) is kind
        assert kind.label
        assert kind.prompt_sections
        assert {type_of_ending(each) for each in kind.endings} == set(kind.file_types)
        assert len(set(kind.endings)) == len(kind.endings)
        assert kind.signals
        assert set(kind.only_if_asked) <= set(kind.signals)
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
