"""Program code: source files, notebooks, or a pasted program, read line by line."""

from feedforward.extraction.sniffing import FileType
from feedforward.submission_types.kind import SOURCE_ENDINGS, PromptSection, SubmissionType
from feedforward.submission_types.topics import OF_CODE

KIND = SubmissionType(
    name="code",
    label="Code",
    description="A program or notebook. Its lines are numbered, and comments name the line they are about.",
    file_types=(FileType.NOTEBOOK, FileType.MARKDOWN, FileType.SOURCE),
    endings=("ipynb", "rmd", "qmd", "md", *SOURCE_ENDINGS),
    prompt_sections=(
        PromptSection(
            "What code is here",
            "The draft is program code. You read it and cannot run it: say what stands there and what follows from it, "
            "and where only a run could tell, name the input to try. Comment on what a reader of the code meets: what "
            "it does and for which cases, how it is divided, what names and comments say, what is repeated. Go by the "
            "habits of its language. Code that is plain and works needs no cleverer form.",
        ),
        PromptSection(
            "Lines",
            "Each line begins with its number and a bar. Number and bar are ours, not the writer’s: leave them out of "
            "quotes. Quote from one line, at most three, spaces and signs as they are, and give the number of the line "
            "the quote begins on in “line”. Where something is missing, “looked_in” names the lines. A next step says "
            "what to change and why, never the finished code.",
        ),
    ),
    signals=OF_CODE,
)
