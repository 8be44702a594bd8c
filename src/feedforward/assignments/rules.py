"""The rules of an assignment: its states, its deadline, how readings are merged."""

from enum import StrEnum


class MergeMethod(StrEnum):
    """How the scores of several readings become one."""

    MEAN = "mean"
    WEIGHTED_MEAN = "weighted_mean"
    MEDIAN = "median"
    TRIMMED_MEAN = "trimmed_mean"
    MAXIMUM = "maximum"
