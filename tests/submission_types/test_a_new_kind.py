"""A new kind of work is a folder of two files and its name in one list: everything else follows from it."""

from dataclasses import replace
from pathlib import Path

import pytest

import feedforward.submission_types
from feedforward import urls
from feedforward.assessment.assignment_brief import Brief
from feedforward.assessment.built_in.reader import read
from feedforward.assessment.prompt import build_prompt
from feedforward.extraction.reading import document_from_text
from feedforward.submission_types.registry import FOLDERS, SUBMISSION_TYPES, kind_in
from feedforward.web.access import Role
from tests.assessment.made import RUBRIC
from tests.factories.site import Site
from tests.factories.studying import preview_file
from tests.factories.teaching import make_teaching

POEM = '''
"""The poem: lines that are meant to be heard."""

from feedforward.extraction.sniffing import FileType
from feedforward.submission_types.kind import PromptSection, SubmissionType
from feedforward.submission_types.topics import Topic

KIND = SubmissionType(
    name="poem",
    label="Poem",
    description="Lines that are meant to be heard.",
    file_types=(FileType.TEXT, FileType.EPUB),
    endings=("txt", "epub"),
    prompt_sections=(PromptSection("What a poem is here", "Hear it before you judge it."),),
    signals=(Topic.LENGTH, Topic.VOCABULARY),
    only_if_asked=frozenset({Topic.VOCABULARY}),
)
'''
VERSES = "The the harbour sleeps, the lamps goes out,\nand i alone am counting boats. " * 20


def add_kind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a person does: two files in a folder, and one name in the list."""
    (folder / "poem").mkdir()
    (folder / "poem" / "__init__.py").write_text("")
    (folder / "poem" / "poem.py").write_text(POEM)
    monkeypatch.setattr(feedforward.submission_types, "__path__", [*feedforward.submission_types.__path__, str(folder)])
    monkeypatch.setitem(SUBMISSION_TYPES, "poem", kind_in("poem"))


def test_every_folder_is_in_the_list() -> None:
    here = Path(feedforward.submission_types.__path__[0])
    assert sorted(FOLDERS) == sorted(each.parent.name for each in here.glob("*/__init__.py"))


def test_a_folder_whose_kind_has_another_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedforward.submission_types, "__path__", [str(tmp_path)])
    (tmp_path / "song").mkdir()
    (tmp_path / "song" / "song.py").write_text(POEM)
    with pytest.raises(ValueError, match="calls itself poem"):
        kind_in("song")


def test_a_new_kind_is_offered_taken_in_and_read_as_it_says(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_kind(tmp_path, monkeypatch)
    student, instructor = site.person("Ada Author"), site.person("Iris Instructor", Role.INSTRUCTOR)
    teaching = make_teaching(site, students=["ada@example.edu"], instructor=instructor, kind="poem")
    page = instructor.get(urls.edit_assignment(teaching.assignment_id))
    assert "Lines that are meant to be heard. Files: TXT or EPUB." in page.text
    looked_at = instructor.get(urls.assignment_signals(teaching.assignment_id)).html
    assert 'value="range of words"' in looked_at
    assert 'value="sources"' not in looked_at
    student.get(urls.task(teaching.assignment_id))
    student.submit(urls.hand_in(teaching.assignment_id), files={"file": ("verses.docx", b"PK\x03\x04")})
    assert "This assignment takes TXT or EPUB." in student.page.text
    preview_file(student, teaching.assignment_id, "verses.txt", VERSES.encode())

    brief = Brief("Harbour", "Write a poem.", RUBRIC, kind="poem")
    document = document_from_text(VERSES)
    assert "What a poem is here\nHear it before you judge it." in build_prompt(brief, document, "", "a1b2c3d4").system
    said = {
        kind: {comment.criterion_key for comment in read(document, replace(brief, kind=kind)).comments}
        for kind in ("poem", "essay")
    }
    assert "language" in said["essay"]
    assert "language" not in said["poem"]
