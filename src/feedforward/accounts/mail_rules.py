"""Which notices concern whom, and what may be chosen for them."""

from collections.abc import Mapping

from feedforward.mail.rules import Frequency, Topic

OF_STUDENTS = (Topic.FEEDBACK_RELEASED, Topic.REMINDERS, Topic.ENROLMENTS)
OF_STAFF = (Topic.DRAFTS_WAITING, Topic.SOMETHING_FAILED)


def topics_for(*, studies: bool, teaches: bool) -> tuple[Topic, ...]:
    """The notices this person can get; a tutor who studies elsewhere gets both kinds."""
    return (OF_STUDENTS if studies else ()) + (OF_STAFF if teaches else ())


def parse_choices(
    topics: tuple[Topic, ...], typed: Mapping[Topic, str]
) -> tuple[dict[Topic, Frequency], dict[str, str]]:
    """What was chosen, and field → problem."""
    problems = {
        str(topic): "Choose how often you want this."
        for topic in topics
        if typed.get(topic) not in {str(each) for each in Frequency}
    }
    chosen = {topic: Frequency(typed[topic]) for topic in topics if str(topic) not in problems}
    return chosen, problems
