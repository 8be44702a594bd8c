"""The log's set-up reaches every page process."""

import pickle

from feedforward.logs import logging_config


def test_the_set_up_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(logging_config("INFO"))) == logging_config("INFO")  # noqa: S301 made on this line
