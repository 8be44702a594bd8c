"""Run as a process of its own: a worker that delivers mail to the given port until somebody kills it."""

import sys
from pathlib import Path

from feedforward.settings import read_settings
from feedforward.wiring import Wiring
from tests.mail.post_office import carrier_to, delivery_to
from tests.mail.posting import LETTERS


def main(folder: str, address: str, port: str) -> None:
    wiring = Wiring(read_settings(data_folder=Path(folder), database_url=address))
    delivery_to(wiring, carrier_to(int(port), wait_seconds=60), LETTERS).deliver_due()


if __name__ == "__main__":
    main(*sys.argv[1:])
