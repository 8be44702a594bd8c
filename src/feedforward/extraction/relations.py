"""What the parts of an Office file point to."""

import posixpath
from collections.abc import Iterator

from feedforward.extraction.archives import Package
from feedforward.extraction.docx_styles import attribute


def target(package: Package, part: str, kind: str) -> str | None:
    """The part that `part` (the package itself: "") points to by a relationship of this kind."""
    return next((name for _, found, name in relations(package, part) if found == kind), None)


def relations(package: Package, part: str) -> Iterator[tuple[str, str, str]]:
    """Id, kind (the last word of its address) and target of every relationship of `part` within the package."""
    folder, name = posixpath.split(part)
    written = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    for each in written if written is not None else ():
        if attribute(each, "TargetMode") != "External":
            address = attribute(each, "Target") or ""
            path = address[1:] if address.startswith("/") else posixpath.normpath(posixpath.join(folder, address))
            yield attribute(each, "Id") or "", (attribute(each, "Type") or "").rpartition("/")[2], path
