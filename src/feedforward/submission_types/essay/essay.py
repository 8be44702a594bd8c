"""The essay: continuous prose that argues, explains or tells."""

from feedforward.extraction.sniffing import FileType
from feedforward.submission_types.kind import PromptSection, SubmissionType

KIND = SubmissionType(
    name="essay",
    label="Essay",
    description="Continuous prose that argues, explains or tells.",
    file_types=(FileType.DOCX, FileType.PDF, FileType.ODT, FileType.RTF, FileType.TEXT, FileType.MARKDOWN),
    endings=("docx", "pdf", "odt", "rtf", "txt", "md"),
    prompt_sections=(
        PromptSection(
            "What an essay is here",
            "The draft is an essay: continuous prose with a line of thought of its own. Read it as a whole before you "
            "judge a part of it. Follow the thought from paragraph to paragraph: what is claimed, what supports it, "
            "what follows from it, and where a reader would get lost.",
        ),
        PromptSection(
            "What counts as evidence here",
            "An example, a source, an observation or a reason counts as evidence only where the draft says what it "
            "shows. A reference list, a title and headings are not part of the argument.",
        ),
    ),
)
