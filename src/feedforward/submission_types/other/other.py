"""Any other work that can be read as text: slides, a book of one's own, a plan, a mix of prose and code."""

from feedforward.extraction.sniffing import FileType
from feedforward.submission_types.kind import SOURCE_ENDINGS, PromptSection, SubmissionType
from feedforward.submission_types.topics import OF_CODE, OF_PROSE, Topic

KIND = SubmissionType(
    name="other",
    label="Other",
    description="Slides, a plan, a project of prose and code: every file that can be read, judged by your task alone.",
    file_types=(
        FileType.DOCX, FileType.PDF, FileType.PPTX, FileType.ODT, FileType.EPUB, FileType.RTF, FileType.TEXT,
        FileType.MARKDOWN, FileType.NOTEBOOK, FileType.SOURCE,
    ),
    endings=("docx", "pdf", "pptx", "odt", "epub", "rtf", "txt", "md", "rmd", "qmd", "ipynb", *SOURCE_ENDINGS),
    prompt_sections=(
        PromptSection(
            "What this work is",
            "Only the task and the rubric say what this work is and what belongs in it. Ask for no thesis, no "
            "paragraphs and no sources unless they do. Slides speak in few words: judge what they say, not that they "
            "are short. You see their text, not their pictures or layout.",
        ),
    ),
    signals=(*OF_PROSE, *OF_CODE),
    only_if_asked=frozenset({Topic.THESIS, Topic.OTHER_VIEWS, Topic.SOURCES}),
)  # fmt: skip
