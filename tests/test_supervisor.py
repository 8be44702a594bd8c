"""Several page processes share one address, and nobody else may have it."""

import multiprocessing.reduction
import pickle
import socket
import sys

import pytest

from feedforward.errors import RuleBroken
from feedforward.supervisor import shared_address

HOST = "127.0.0.1"
linux_alone = pytest.mark.skipif(sys.platform != "linux", reason="only Linux deals connections out between sockets")


def handed_over(given: socket.socket) -> socket.socket:
    """The socket as a page process gets it."""
    received: socket.socket = pickle.loads(multiprocessing.reduction.ForkingPickler.dumps(given))  # noqa: S301 ours
    return received


def test_an_address_somebody_serves_is_refused() -> None:
    with shared_address(HOST, 0) as taken:
        port = taken.getsockname()[1]
        taken.listen()
        with pytest.raises(RuleBroken, match=f"port {port}"):
            shared_address(HOST, port)


@linux_alone
def test_each_process_gets_its_share_of_those_who_arrive_together() -> None:
    with shared_address(HOST, 0) as address, handed_over(address) as one, handed_over(address) as other:
        assert one.getsockname() == other.getsockname() == address.getsockname()
        for each in (one, other):
            each.listen(128)
            each.setblocking(False)
        visitors = [socket.create_connection(address.getsockname()) for _ in range(64)]
        shares = []
        for each in (one, other):
            taken = 0
            while True:
                try:
                    each.accept()[0].close()
                except BlockingIOError:
                    break
                taken += 1
            shares.append(taken)
        for visitor in visitors:
            visitor.close()
    assert sum(shares) == 64
    # One in ten thousand draws of 64 is further from even than this.
    assert min(shares) >= 16
