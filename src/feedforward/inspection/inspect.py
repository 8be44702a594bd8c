"""Everything a person should look at in a document: what is hidden, what speaks to a machine, openly or in disguise."""

from feedforward.extraction.document import Document, HiddenText
from feedforward.extraction.unseen import settle
from feedforward.inspection.disguises import Disguise, disguises
from feedforward.inspection.flags import Flag, FlagKind
from feedforward.inspection.folding import View, whole
from feedforward.inspection.instructions import ENOUGH, ENOUGH_WHEN_CONCEALED, Speech, speeches

# Beyond this the machine would be busy for long; instructions stand where readers read.
MOST_CHARACTERS = 400_000
_LONGEST_SHOWN = 600


def inspect_document(document: Document) -> tuple[Flag, ...]:
    """The flags of an extracted document: hidden text first, then by place."""
    return (*_hidden(document.hidden), *inspect_text(document.text))


def inspect_raw(text: str) -> tuple[Flag, ...]:
    """The flags of a text that nobody has extracted, as of a plain text file; places are in the settled text."""
    settled, hidden = settle(text)
    return (*_hidden(hidden), *inspect_text(settled))


def inspect_text(text: str) -> tuple[Flag, ...]:
    """The instructions in a settled text (`Document.text`), by place; what overlaps is one flag."""
    view = whole(text[:MOST_CHARACTERS])
    found = [(_instruction(text, speech), speech.strength) for speech in speeches(view)]
    for disguise in disguises(view):
        found += [(flag, strength + 10 * disguise.concealed) for flag, strength in _disguised(text, disguise)]
    kept: list[Flag] = []
    for flag, _ in sorted(found, key=lambda one: -one[1]):
        if all(flag.start >= other.end or flag.end <= other.start for other in kept):  # type: ignore[operator]
            kept.append(flag)
    return tuple(sorted(kept, key=lambda flag: flag.start or 0))


def _hidden(hidden: tuple[HiddenText, ...]) -> tuple[Flag, ...]:
    flags = []
    for each in hidden:
        why = f"A person who looks at the document cannot see this: {each.why}."
        if any(True for _ in speeches(whole(each.text), enough=ENOUGH_WHEN_CONCEALED)):
            why += " It speaks to a machine."
        flags.append(Flag(FlagKind.HIDDEN_TEXT, each.text[:_LONGEST_SHOWN], None, None, why))
    return tuple(flags)


def _instruction(text: str, speech: Speech) -> Flag:
    return Flag(
        FlagKind.INSTRUCTION, text[speech.start : speech.end][:_LONGEST_SHOWN], speech.start, speech.end, _why(speech)
    )  # fmt: skip


def _why(speech: Speech) -> str:
    told = [str(each) for each in speech.says]
    return f"This may be meant for a machine: it {_joined(told)}."


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _disguised(text: str, disguise: Disguise) -> list[tuple[Flag, float]]:
    enough = ENOUGH_WHEN_CONCEALED if disguise.concealed else ENOUGH
    kind = FlagKind.ENCODED if disguise.concealed else FlagKind.DISGUISED
    flags = []
    for speech in speeches(disguise.view, enough=enough):
        start, end = sorted(_ends(disguise.view, speech))
        why = f"Written {disguise.how}. {_why(speech)}"
        flags.append((Flag(kind, speech.reading[:_LONGEST_SHOWN], start, min(end, len(text)), why), speech.strength))
    return flags


def _ends(view: View, speech: Speech) -> tuple[int, int]:
    """A stretch that was decoded as a whole lies at one place; then it reaches to the end of the view."""
    if len(set(view.places[:-1])) == 1:
        return view.places[0], view.places[-1]
    return (speech.start, speech.end) if speech.start < speech.end else (max(0, speech.end - 1), speech.start + 1)
