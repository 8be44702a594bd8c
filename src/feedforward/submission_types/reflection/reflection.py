"""The reflection: what somebody lived through, and what they make of it."""

from feedforward.extraction.sniffing import FileType
from feedforward.submission_types.kind import PromptSection, SubmissionType
from feedforward.submission_types.topics import Topic

KIND = SubmissionType(
    name="reflection",
    label="Reflection",
    description="What was experienced and what follows from it: learning journal, portfolio, placement diary.",
    file_types=(
        FileType.DOCX, FileType.PDF, FileType.ODT, FileType.RTF, FileType.TEXT, FileType.MARKDOWN, FileType.PPTX,
        FileType.EPUB,
    ),
    endings=("docx", "pdf", "odt", "rtf", "txt", "md", "pptx", "epub"),
    prompt_sections=(
        PromptSection(
            "What a reflection is here",
            "The draft is a reflection: the writer looks back on something they lived through. Saying “I”, an open "
            "question and an unfinished thought are at home here. Look for the way from what happened to what the "
            "writer makes of it, and on to what they would do next time: telling alone is the beginning.",
        ),
        PromptSection(
            "What to leave alone",
            "Judge the thinking on the page, never the experience, the feelings or the person. Ask for nothing more "
            "private than what is told. If the draft speaks of harm to the writer or somebody else, comment on the "
            "writing as usual; the instructor reads it too.",
        ),
    ),
    only_if_asked=frozenset({Topic.THESIS, Topic.OTHER_VIEWS, Topic.SOURCES}),
)  # fmt: skip
