"""A draft's content and its sealed form."""

from typing import TYPE_CHECKING

from feedforward.drafts.rules import DraftContent
from feedforward.storage.content import ContentErased, ContentStore

if TYPE_CHECKING:
    from feedforward.drafts.queries import DraftView

PLACE = "draft content"


def seal_content(store: ContentStore, content_id: str, content: DraftContent) -> bytes:
    """The content for the column `drafts.content`, sealed under the draft's key."""
    return store.seal(content_id, content.to_json(), PLACE)


def read_content(store: ContentStore, draft: "DraftView") -> DraftContent | None:
    """What the student handed in; None where it was erased."""
    if draft.content is None:
        return None
    try:
        return DraftContent.from_json(store.unseal(draft.content_id, draft.content, PLACE))
    except ContentErased:
        return None
