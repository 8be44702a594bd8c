"""Files becoming text, each in its child process: a usual essay, a long PDF, and fifty at once beside a page loop."""

import asyncio
import io
import json
import resource
import statistics
import subprocess
import time
import zipfile
from collections.abc import Iterator
from dataclasses import asdict

from benchmarks.report import Figure
from feedforward.extraction.extract import extract, sandbox_kind
from feedforward.extraction.limits import Limits
from feedforward.extraction.sandbox import child_command

TIMES = 7
AT_ONCE = 50
TICK_SECONDS = 0.005
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SENTENCE = "The river rises in the hills above the old town and runs west until it meets the sea at last"


def measure_files() -> Iterator[Figure]:
    """Wall time of whole extractions, the child's start included; for many at once, how long the loop stood still."""
    walls = f"median of {TIMES}, walls: {sandbox_kind()}; processor time"
    docx, pdf = essay(3000), report(100)
    yield Figure(
        "files",
        "DOCX of 3,000 words",
        _median(docx, "a.docx"),
        "ms",
        most=400,
        note=f"{walls} {_processor(docx):.0f} ms",
    )
    yield Figure(
        "files", "PDF of 100 pages", _median(pdf, "a.pdf"), "ms", most=1500, note=f"{walls} {_processor(pdf):.0f} ms"
    )
    stalls, seconds = asyncio.run(_at_once(docx))
    yield Figure(
        "files", f"{AT_ONCE} DOCX at once: longest stall of the page loop", 1000 * max(stalls), "ms", most=50,
        note=f"p99 {1000 * statistics.quantiles(stalls, n=100)[98]:.1f} ms; all read in {seconds:.1f} s",
    )  # fmt: skip


def _median(data: bytes, name: str) -> float:
    async def timed() -> float:
        started = time.perf_counter()
        await extract(data, file_name=name)
        return 1000 * (time.perf_counter() - started)

    return statistics.median(asyncio.run(timed()) for _ in range(TIMES))


def _processor(data: bytes) -> float:
    """Milliseconds of processor a child takes without bubblewrap, behind which nobody is told."""
    header = json.dumps({"file_name": "a", "limits": asdict(Limits())}).encode() + b"\n"
    taken = []
    for _ in range(TIMES):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(child_command(), input=header + data, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return 1000 * statistics.median(taken)


async def _at_once(data: bytes) -> tuple[list[float], float]:
    """How much longer than asked each short sleep beside the reading took, and the seconds until all were read."""
    stalls: list[float] = []
    started = time.perf_counter()
    reading = asyncio.gather(*(extract(data, file_name="a.docx") for _ in range(AT_ONCE)))
    while not reading.done():
        before = time.perf_counter()
        await asyncio.sleep(TICK_SECONDS)
        stalls.append(max(0.0, time.perf_counter() - before - TICK_SECONDS))
    await reading
    return stalls, time.perf_counter() - started


def essay(words: int) -> bytes:
    """A Word file of about so many words, in paragraphs of a hundred, with a run for every sentence."""
    sentence = f'<w:r><w:t xml:space="preserve">{_SENTENCE}. </w:t></w:r>'
    paragraph = f"<w:p>{sentence * 5}</w:p>"
    count = words // (5 * len(_SENTENCE.split()))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {_WORD}><w:body>{paragraph * count}</w:body></w:document>")
    return packed.getvalue()


def report(pages: int) -> bytes:
    """A PDF of so many pages with forty lines of text on each."""
    lines = "".join(f"BT /F1 11 Tf 72 {760 - 17 * n} Td ({_SENTENCE[: 80 - n % 9]}) Tj ET\n" for n in range(40))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for _ in range(pages):
        objects.append(f"<< /Length {len(lines)} >>\nstream\n{lines}\nendstream")
        font = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {len(objects)} 0 R {font} >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {pages} >>"
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    return written + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode("ascii")
