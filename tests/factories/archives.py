"""Archives of submissions as Canvas and Moodle pack them, and what brings them in."""

import asyncio
import io
import zipfile

from feedforward.drafts.lms_worker import ArchiveDesk, bring_in_next
from tests.factories.site import Site
from tests.factories.studying import ESSAY


def archive(*entries: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP file with these names and bytes, in order."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", how) as made:
        for name, data in entries:
            made.writestr(name, data)
    return held.getvalue()


def archive_of_one(name: str) -> bytes:
    """A ZIP file with one essay in it."""
    return archive((name, ESSAY.encode()))


def desk_of(site: Site) -> ArchiveDesk:
    """The worker's desk for this site, with whatever stands in for the engine."""
    wiring = site.wiring
    return ArchiveDesk(
        wiring.database, wiring.content, wiring.settings, wiring.clock, wiring.services.start_feedback
    )  # fmt: skip


def bring_in(site: Site, desk: ArchiveDesk | None = None) -> bool:
    """What the worker does with the next archive that waits; whether there was one."""
    return asyncio.run(bring_in_next(desk or desk_of(site)))
