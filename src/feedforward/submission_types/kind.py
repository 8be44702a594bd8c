"""What a kind of work is: the files it accepts, its signals, and what it adds to a reader's instructions."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedforward.extraction.sniffing import FileType, type_of_ending
from feedforward.extraction.source_code import LANGUAGES
from feedforward.submission_types.topics import OF_CODE, OF_PROSE, Topic

_OFTEN = ("py", "r", "java", "js")
SOURCE_ENDINGS = (*_OFTEN, *(each for each in LANGUAGES if each not in _OFTEN))
"""The endings of source code, those met most often first."""


@dataclass(frozen=True, slots=True)
class PromptSection:
    """A part of a reader's instructions: its heading and its text."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class SubmissionType:
    """A kind of work. `name` is what is stored; `file_types` what a student may upload besides pasting text.

    `signals` are the topics the built-in reader looks at; those of prose count for a draft in prose, those of code for
    program code. What is in `only_if_asked` it raises only where a criterion is about it.
    """

    name: str
    label: str
    description: str
    file_types: tuple[FileType, ...]
    endings: tuple[str, ...]
    prompt_sections: tuple[PromptSection, ...]
    signals: tuple[Topic, ...] = OF_PROSE
    only_if_asked: frozenset[Topic] = frozenset()

    @property
    def is_code(self) -> bool:
        """Whether every draft is program code: its layout is kept, pasted too, and readers get its lines numbered."""
        return all(topic in OF_CODE for topic in self.signals)

    def signals_for(self, *, code: bool) -> tuple[Topic, ...]:
        """What to look at in a draft that is program code or is not; all where this kind makes no difference."""
        return tuple(topic for topic in self.signals if (topic in OF_CODE) == code) or self.signals

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
        return endings_in_words(self.endings)


def endings_in_words(endings: Sequence[str]) -> str:
    """Endings as a person reads them; of the many of source code only the first few: `IPYNB or source code (PY, R …)`.

    At least one ending is needed.
    """
    names = [each.upper() for each in endings if type_of_ending(each) is not FileType.SOURCE]
    code = [each.upper() for each in endings if type_of_ending(each) is FileType.SOURCE]
    if code:
        shown = ", ".join(code[: len(_OFTEN)])
        names.append(f"source code ({shown}{' and others' if len(code) > len(_OFTEN) else ''})")
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]
