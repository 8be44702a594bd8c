"""Which kept content belongs to archives of submissions, so that what ends drafts does not end it."""

from sqlalchemy import Connection, bindparam, select

from feedforward.drafts.lms_tables import LmsArchive

_FILE_KEPT = select(LmsArchive.content_id).where(
    LmsArchive.content_id.in_(bindparam("content_ids", expanding=True)), LmsArchive.status.in_(("checked", "waiting"))
)
_NAMES_KEPT = select(LmsArchive.names_id).where(
    LmsArchive.names_id.in_(bindparam("content_ids", expanding=True)), LmsArchive.names.is_not(None)
)


def content_of_archives(connection: Connection, content_ids: list[str]) -> set[str]:
    """Which of these ids an archive still needs, for its file or its names."""
    asked = {"content_ids": content_ids}
    return {*connection.execute(_FILE_KEPT, asked).scalars(), *connection.execute(_NAMES_KEPT, asked).scalars()}
