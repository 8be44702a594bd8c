"""What a kind of work is: the files it accepts, and what it adds to a reader's instructions."""

from dataclasses import dataclass

from feedforward.extraction.sniffing import FileType


@dataclass(frozen=True, slots=True)
class PromptSection:
    """A part of a reader's instructions: its heading and its text."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class SubmissionType:
    """A kind of work. `name` is what is stored; `file_types` what a student may upload besides pasting text."""

    name: str
    label: str
    description: str
    file_types: tuple[FileType, ...]
    endings: tuple[str, ...]
    prompt_sections: tuple[PromptSection, ...]

    @property
    def accept(self) -> str:
        """The file types as a file field wants them: `.docx,.pdf`."""
        return ",".join(f".{ending}" for ending in self.endings)

    def takes(self, file_name: str) -> bool:
        """Whether a file of this name may be uploaded; what is really in it is judged when it is read."""
        return file_name.lower().rpartition(".")[2] in self.endings

    @property
    def accepted_in_words(self) -> str:
        """The file types as a person reads them: `DOCX, PDF, TXT or MD`."""
        names = [ending.upper() for ending in self.endings]
        return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]
