"""A load client in a process of its own: keep-alive sockets and one epoll loop, because anything richer would show.

Reads a plan as JSON from standard input and prints what it saw: `python -m benchmarks.client < plan.json`. The plan:
{"host", "port", "connections", "seconds", "rate": requests per second or null, "reads": [request…],
"writes": [request…], "write_every": n or 0}; with "until_stopped" a SIGTERM ends it early. Without a rate every
connection asks again as soon as it is answered; with one, requests are due at fixed moments and their latency counts
from then, so that a slow server cannot hide behind a waiting client.
"""

import collections
import json
import re
import resource
import select
import signal
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

END_OF_HEAD = b"\r\n\r\n"
LENGTH = re.compile(rb"content-length: (\d+)\r", re.IGNORECASE)
LONGEST_ANSWER = 10.0


@dataclass(slots=True)
class Exchange:
    """One connection and the request under way on it."""

    sock: socket.socket
    asked: bool = False
    due: float = 0.0
    write: bool = False
    got: bytes = b""
    whole: int = 0


@dataclass(slots=True)
class Seen:
    """Latencies in seconds of reads and writes, and how often each status came."""

    reads: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    statuses: collections.Counter[str] = field(default_factory=collections.Counter)
    received: int = 0


def run(plan: dict[str, Any]) -> dict[str, Any]:
    """Load the server as planned; percentiles in milliseconds."""
    line = Line((plan["host"], plan["port"]), plan["connections"])
    seen = Seen()
    if plan.get("until_stopped"):
        signal.signal(signal.SIGTERM, lambda *_: plan.update(seconds=0))
    began, cpu = time.monotonic(), time.process_time()
    _exchange(plan, line, seen, began)
    lasted = time.monotonic() - began
    line.close()
    count = len(seen.reads) + len(seen.writes)
    return {
        "requests": count, "seconds": lasted, "rate": count / lasted, "statuses": dict(seen.statuses),
        "received": seen.received, "reads": _percentiles(seen.reads), "writes": _percentiles(seen.writes),
        "all": _percentiles(seen.reads + seen.writes), "client_cpu_seconds": time.process_time() - cpu,
        "client_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip


class Line:
    """The connections to one server; one that the server closed while nothing was asked on it is opened anew."""

    def __init__(self, address: tuple[str, int], connections: int) -> None:
        self._address = address
        self.poll = select.epoll()
        self.by_number: dict[int, Exchange] = {}
        self.idle = collections.deque(self._open() for _ in range(connections))

    def _open(self) -> Exchange:
        sock = socket.create_connection(self._address)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setblocking(False)
        self.poll.register(sock, select.EPOLLIN)
        opened = self.by_number[sock.fileno()] = Exchange(sock)
        return opened

    def replace(self, closed: Exchange) -> None:
        del self.by_number[closed.sock.fileno()]
        closed.sock.close()
        self.idle.remove(closed)
        self.idle.append(self._open())

    def close(self) -> None:
        for each in self.by_number.values():
            each.sock.close()


def _exchange(plan: dict[str, Any], line: Line, seen: Seen, began: float) -> None:
    requests = _requests(plan)
    rate = plan["rate"]
    sent = answered = 0
    now = began
    while True:
        end = began + plan["seconds"]
        while line.idle and now < end:
            due = began + sent / rate if rate else now
            if due > now:
                break
            each = line.idle.popleft()
            each.write, request = next(requests)
            each.due, each.got, each.whole, each.asked = due, b"", 0, True
            each.sock.send(request)
            sent += 1
        if now >= end and (answered == sent or now > end + LONGEST_ANSWER):
            seen.statuses["no answer"] += sent - answered
            return
        pause = 0.5 if not rate or not line.idle else max(0.0, began + sent / rate - now)
        for number, _ in line.poll.poll(min(pause, 0.5)):
            each = line.by_number[number]
            if not each.asked:
                line.replace(each)
            elif _is_answered(each, seen):
                answered += 1
                each.asked = False
                (seen.writes if each.write else seen.reads).append(time.monotonic() - each.due)
                line.idle.append(each)
        now = time.monotonic()


def _is_answered(each: Exchange, seen: Seen) -> bool:
    data = each.sock.recv(262_144)
    if not data:
        raise ConnectionError("the server closed a connection in the middle of an answer")
    seen.received += len(data)
    each.got += data
    if not each.whole:
        head = each.got.find(END_OF_HEAD)
        if head < 0:
            return False
        length = LENGTH.search(each.got, 0, head + 2)
        each.whole = head + 4 + (int(length[1]) if length else 0)
    if len(each.got) < each.whole:
        return False
    seen.statuses[each.got[9:12].decode()] += 1
    return True


def _requests(plan: dict[str, Any]) -> Iterator[tuple[bool, bytes]]:
    """Reads in turn, and every so many requests a write."""
    reads = [each.encode() for each in plan["reads"]]
    writes = [each.encode() for each in plan["writes"]]
    every = plan["write_every"] if writes else 0
    count = 0
    while True:
        count += 1
        if every and count % every == 0:
            yield True, writes[count // every % len(writes)]
        else:
            yield False, reads[count % len(reads)]


def _percentiles(latencies: list[float]) -> dict[str, float] | None:
    if not latencies:
        return None
    ordered = sorted(latencies)

    def at(share: float) -> float:
        return round(1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))], 2)

    return {"p50": at(0.5), "p99": at(0.99), "max": at(1.0)}


if __name__ == "__main__":
    json.dump(run(json.load(sys.stdin)), sys.stdout)
