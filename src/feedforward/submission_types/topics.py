"""What measured facts can speak to: the topics a kind of work chooses its signals from."""

from enum import StrEnum


class Topic(StrEnum):
    """What facts can speak to."""

    LENGTH = "length and format"
    CONVENTIONS = "spelling, punctuation and capitals"
    GRAMMAR = "word forms"
    SENTENCES = "sentences"
    VOCABULARY = "range of words"
    WORDING = "precise wording"
    ORGANISATION = "paragraphs and order"
    COHESION = "links"
    OPENING = "opening"
    CLOSING = "ending"
    THESIS = "position"
    OTHER_VIEWS = "other views"
    REASONING = "reasons"
    EVIDENCE = "evidence"
    SOURCES = "sources"
    TASK = "task"
    CODE_COMMENTS = "comments in code"
    CODE_NAMES = "names in code"
    CODE_FUNCTIONS = "functions"
    CODE_REPEATS = "repetition and leftovers in code"


OF_CODE = (Topic.CODE_COMMENTS, Topic.CODE_NAMES, Topic.CODE_FUNCTIONS, Topic.CODE_REPEATS)
"""The topics of program code; every other one is of prose."""
OF_PROSE = tuple(topic for topic in Topic if topic not in OF_CODE)
