"""What a student reads whose file cannot be read: what happened, what is safe, what to do."""

from pathlib import Path

import pytest

from feedforward import urls
from tests.drafts.test_handing_in import DOCUMENTS
from tests.extraction.made_files import notebook
from tests.factories.site import Site
from tests.factories.studying import draft_states
from tests.factories.teaching import make_teaching

SAFE = "Nothing was handed in, and no attempt was used."
OF_THE_EVALUATION = [
    ("d11_scanned_image_only.pdf", "its pages are pictures", "export it again as a PDF with text"),
    ("d08_password.docx", "protected by a password", "Save a copy without the password"),
    ("d16_3000_pages.pdf", "This PDF has 3000 pages; up to 300 are read", "only the pages that are your own work"),
    ("d05_billion_laughs.docx", "not safe to open", "Save your work as a new DOCX or PDF"),
]


def refused(site: Site, name: str, data: bytes) -> str:
    student = site.person("Ada Student")
    teaching = make_teaching(site, students=["ada@example.edu"])
    student.get(urls.task(teaching.assignment_id))
    page = student.submit(urls.hand_in(teaching.assignment_id), files={"file": (name, data)})
    assert student.status == 422
    assert SAFE in page.text
    assert "3 of 3 left" in page.text
    assert draft_states(site) == []
    return page.text


@pytest.mark.parametrize(("name", "happened", "to_do"), OF_THE_EVALUATION)
def test_a_file_that_cannot_be_read_says_what_happened_what_is_safe_and_what_to_do(
    site: Site, name: str, happened: str, to_do: str
) -> None:
    if not Path(DOCUMENTS / name).exists():
        pytest.skip(f"the shared evaluation is not on this machine ({DOCUMENTS})")
    text = refused(site, name, (DOCUMENTS / name).read_bytes())
    assert happened in text
    assert to_do in text


@pytest.mark.parametrize(
    ("name", "to_do"),
    [
        ("work.ipynb", "This is a notebook: choose “Save and export notebook as” in its File menu, pick PDF"),
        ("essay.doc", "pick Word document (DOCX)"),
        ("essay.pages", "pick Word or PDF"),
        ("talk.key", "save them as PDF"),
        ("page.HEIC", "A picture of a page cannot be read"),
        ("essay.xyz", "Save your draft as one of them, or paste your text."),
    ],
)
def test_a_kind_of_file_that_is_not_taken_says_how_to_make_one_that_is(site: Site, name: str, to_do: str) -> None:
    text = refused(site, name, notebook(("markdown", "My words.")))
    assert "This assignment takes DOCX" in text
    assert to_do in text
