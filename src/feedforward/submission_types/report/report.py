"""The report: what was asked, done, found and what it means, in named parts."""

from feedforward.extraction.sniffing import FileType
from feedforward.submission_types.kind import PromptSection, SubmissionType
from feedforward.submission_types.topics import Topic

KIND = SubmissionType(
    name="report",
    label="Report",
    description="What was asked, done and found, in named parts: lab report, research report, case study.",
    file_types=(
        FileType.DOCX, FileType.PDF, FileType.ODT, FileType.RTF, FileType.TEXT, FileType.MARKDOWN, FileType.NOTEBOOK,
    ),
    endings=("docx", "pdf", "odt", "rtf", "txt", "md", "rmd", "qmd", "ipynb"),
    prompt_sections=(
        PromptSection(
            "What a report is here",
            "The draft is a report: it says what was asked, what was done, what was found and what that means. Its "
            "parts may have other names, or be in another order, where the task says so. Judge each part by what it "
            "is for: whether the method could be repeated from its description, whether the results are told apart "
            "from what is made of them, and whether the conclusion answers the question of the beginning.",
        ),
        PromptSection(
            "Figures, tables and numbers",
            "You see captions and the cells of tables, not pictures. Say nothing about what a figure shows; say "
            "whether the text uses it. A number without its unit, source or condition is worth a comment. Code in "
            "the draft is a means: comment on it only where a criterion asks for it.",
        ),
    ),
    only_if_asked=frozenset({Topic.THESIS, Topic.OTHER_VIEWS}),
)  # fmt: skip
