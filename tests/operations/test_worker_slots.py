"""Worker slots: one living worker each, free when it is gone; and requeueing only while nobody works."""

import pytest

from feedforward.errors import RuleBroken
from feedforward.operations.worker_slots import claim_worker_slot, every_worker_slot, optional_slot
from feedforward.wiring import Wiring


def test_workers_get_different_slots_and_a_freed_one_is_given_again(wiring: Wiring) -> None:
    folder = wiring.settings.data_folder
    first, second = (claim_worker_slot(wiring.database, folder, 2) for _ in range(2))
    assert (first.number, second.number) == (0, 1)
    assert first.still_ours()
    with pytest.raises(RuleBroken, match="All 2 worker slots are taken"):
        claim_worker_slot(wiring.database, folder, 2)
    first.let_go()
    again = claim_worker_slot(wiring.database, folder, 2)
    assert again.number == 0
    again.let_go()
    second.let_go()


def test_all_slots_together_are_only_had_while_no_worker_runs(wiring: Wiring) -> None:
    folder = wiring.settings.data_folder
    worker = optional_slot(wiring.database, folder, 1)
    assert worker is not None
    with pytest.raises(RuleBroken, match="A worker is running"), every_worker_slot(wiring.database, folder, 3):
        raise AssertionError("the slots were given out")
    worker.let_go()
    with every_worker_slot(wiring.database, folder, 3):
        assert optional_slot(wiring.database, folder, 0) is None
    free = optional_slot(wiring.database, folder, 0)
    assert free is not None
    free.let_go()
