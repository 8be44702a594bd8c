"""The child process: one file comes in by standard input, one line of JSON goes out, and little else is possible here.

Run as `python -I -m feedforward.extraction.child`. The first line of the input is JSON: `{"file_name", "limits"}`; the
bytes of the file follow. With `--probe` it only says that it can start.
"""

import json
import os
import resource
import sys
from typing import Any

from feedforward.extraction.limits import Limits
from feedforward.extraction.reading import document_from_bytes
from feedforward.extraction.refusal import ExtractionRefused

READY = b"ready"


def confine(limits: Limits) -> None:
    """Take from this process what reading a file never needs: memory, time, files to write, priority."""
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # At the soft bound of time the process is told why it ends; at the hard one it would only be killed.
        grace = 1 if kind == resource.RLIMIT_CPU and bound != hard else 0
        resource.setrlimit(kind, (bound, bound + grace))
    os.nice(5)


def answer(request: bytes) -> dict[str, Any]:
    """`{"document": …}` or `{"refused": {"kind", "message"}}` for one request."""
    header, _, data = request.partition(b"\n")
    wanted = json.loads(header)
    try:
        document = document_from_bytes(data, file_name=wanted["file_name"], limits=Limits(**wanted["limits"]))
    except ExtractionRefused as refused:
        return {"refused": {"kind": refused.kind.value, "message": refused.message}}
    return {"document": document.to_json()}


def main() -> None:
    if "--probe" in sys.argv:
        sys.stdout.buffer.write(READY)
        return
    header = sys.stdin.buffer.readline(64 * 1024)
    confine(Limits(**json.loads(header)["limits"]))
    sys.stdout.buffer.write(json.dumps(answer(header + sys.stdin.buffer.read())).encode("ascii"))
    sys.stdout.buffer.flush()
    # Nothing is left to tidy up: the parsers' own closing would only cost time.
    os._exit(0)


if __name__ == "__main__":
    main()
