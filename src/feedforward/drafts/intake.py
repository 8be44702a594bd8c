"""Taking in what a student hands over: a file or a pasted text becomes sealed content, before there is a row."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from feedforward.accounts.limits import keyed_hash
from feedforward.accounts.reauthentication import Refusal
from feedforward.assignments.rules import Task
from feedforward.drafts.actions import KeptUpload
from feedforward.drafts.content import seal_content
from feedforward.drafts.rules import DraftContent, endings, file_types, files_in_words
from feedforward.extraction.document import Document
from feedforward.extraction.extract import extract
from feedforward.extraction.limits import Limits
from feedforward.extraction.reading import document_from_code, document_from_text
from feedforward.extraction.refusal import ExtractionRefused, RefusalKind
from feedforward.extraction.sniffing import type_of_media
from feedforward.settings import Settings
from feedforward.storage.content import ContentStore
from feedforward.submission_types.registry import submission_type
from feedforward.web.forms import Upload

NOTHING = "Choose a file or paste your text."
BOTH = "You chose a file and pasted a text. Hand in one of them: empty this field, or leave the file out."
SAFE = "Nothing was handed in, and no attempt was used."
NO_WORDS = "There are no words in this text. Paste the text of your draft."

_PHOTOGRAPH = "A picture of a page cannot be read: choose the file you wrote it in"
_ADVICE = {
    "ipynb": "This is a notebook: choose “Save and export notebook as” in its File menu, pick PDF, hand in that file",
    "doc": "This is an old Word file: open it, choose “Save as”, pick Word document (DOCX), and hand in the new file",
    "pages": "This is a Pages document: choose “Export to” in its File menu, pick Word or PDF, and hand in that file",
    "pptx": "These are slides: save them as PDF, and hand in that file",
    "key": "These are slides: save them as PDF, and hand in that file",
    "zip": "This is an archive: unpack it, and hand in your draft itself",
    "gdoc": "This is only a link to a Google document: choose “Download” in its File menu, and hand in that file",
    "jpg": _PHOTOGRAPH, "jpeg": _PHOTOGRAPH, "png": _PHOTOGRAPH, "heic": _PHOTOGRAPH,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was kept; `problems` are field name → message, `pause` says that it is for too many uploads."""

    problems: Mapping[str, str]
    pause: Refusal | None = None

    @property
    def status(self) -> int:
        """The status of the page that says so."""
        return 422 if self.pause is None else self.pause.status

    def dressed(self, response: Response) -> Response:
        """The answer, with how long to wait where that is why."""
        return response if self.pause is None else self.pause.dressed(response)


async def read_hand_in(settings: Settings, *, task: Task, text: str, file: Upload | None) -> DraftContent | Refused:
    """The content of a file (read in a child process) or of a pasted text, or why there is none."""
    if file is not None and text.strip():
        return Refused({"text": BOTH})
    taken = files_in_words(task)
    if file is not None and file.file_name.lower().rpartition(".")[2] not in endings(task):
        return Refused({"file": f"{not_taken(taken, file.file_name)} {SAFE}"})
    try:
        if file is not None:
            limits = Limits(
                input_bytes=int(settings.upload_megabytes * 1024 * 1024), at_once=settings.extractions_at_once
            )
            document = await extract(file.data, file_name=file.file_name, limits=limits)
            # Its name said so, and its content may be something else.
            if type_of_media(document.media_type) not in file_types(task):
                return Refused({"file": f"{not_taken(taken, '')} {SAFE}"})
            return DraftContent.of(document, file.file_name)
        if not text.strip():
            return Refused({"file": NOTHING})
        pasted = document_from_code if submission_type(task.kind).is_code else document_from_text
        return DraftContent.of(await asyncio.to_thread(pasted, text), "")
    except ExtractionRefused as refused:
        if file is not None:
            return Refused({"file": f"{refused.message} {SAFE}"})
        return Refused({"text": NO_WORDS if refused.kind is RefusalKind.EMPTY else refused.message})


def not_taken(accepted: str, file_name: str) -> str:
    """Why a file of this name is not taken, and how to make one of it that is."""
    advice = _ADVICE.get(file_name.lower().rpartition(".")[2], "Save your draft as one of them")
    return f"This assignment takes {accepted}. {advice}, or paste your text."


async def keep_content(
    store: ContentStore, settings: Settings, *, content: DraftContent, file: Upload | None, once: str
) -> KeptUpload:
    """Key, file and sealed content on disk, in this order, before anything names them."""

    def keep() -> KeptUpload:
        content_id = store.new()
        if file is not None:
            store.put_file(content_id, file.data)
        return KeptUpload(
            once=once,
            content_id=content_id,
            content=seal_content(store, content_id, content),
            media_type=content.media_type,
            word_count=content.document.word_count,
            fingerprint=fingerprint(settings, content.document),
            has_file=file is not None,
        )

    return await asyncio.to_thread(keep)


def fingerprint(settings: Settings, document: Document) -> str:
    """A keyed hash of the text: the same text has the same one here, and nobody can test guesses without the secret."""
    return keyed_hash(settings, "draft text", document.text)
