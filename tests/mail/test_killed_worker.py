"""A worker that is killed while it hands over a letter loses nothing, and nobody gets it twice."""

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest

from feedforward.clock import SetClock
from tests.architecture.house import ROOT
from tests.factories.site import Site
from tests.mail.post_office import carrier_to, delivery_to, post_office
from tests.mail.posting import LETTERS, RESET, send, state


@pytest.mark.slow
def test_a_worker_killed_while_it_sends_loses_nothing(site: Site, clock: SetClock) -> None:
    clock.moment = datetime.now(UTC)
    people = [site.make_person(f"Person{number} Name") for number in range(3)]
    messages = [send(site.wiring, RESET, person, reset_id=person) for person in people]
    arrived, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        arrived.set()
        go_on.wait(30)
        raise RuntimeError("the first worker is dead by now: nothing was taken")

    settings = site.wiring.settings
    with post_office() as office:
        office.before_taking = hold
        worker = subprocess.Popen(
            [sys.executable, "-m", "tests.mail.worker_to_kill", str(settings.data_folder), settings.database_address,
             str(office.port)],
            cwd=ROOT,
        )  # fmt: skip
        assert arrived.wait(60)
        worker.kill()
        worker.wait()
        go_on.set()
        office.before_taking = None
        assert {state(site.wiring, each)[0] for each in messages} == {"waiting"}
        delivery = delivery_to(site.wiring, carrier_to(office.port), LETTERS)
        assert delivery.deliver_due() == 2
        clock.moment += timedelta(minutes=4)
        assert delivery.deliver_due() == 1
        assert delivery.deliver_due() == 0
    assert {state(site.wiring, each) for each in messages} == {("sent", "")}
    assert sorted(each["To"].addresses[0].addr_spec for each in office.letters) == [
        f"person{number}@example.edu" for number in range(3)
    ]
