"""Which observation becomes a comment on which criterion: the most useful few, each said once."""

from collections.abc import Sequence

from feedforward.assessment.answer import ReaderComment
from feedforward.assessment.assignment_brief import Brief
from feedforward.assessment.built_in.observation import Observation, quote_at
from feedforward.assessment.built_in.topics import Topic
from feedforward.assignments.choices import Detail
from feedforward.facts.fact import Place
from feedforward.facts.gather import Facts
from feedforward.feedback.rules import CommentKind
from feedforward.rubrics.rules import Criterion

MOST_FOR_ONE = {Detail.BRIEF: 1, Detail.STANDARD: 3, Detail.THOROUGH: 5}
MOST_GENERAL = {Detail.BRIEF: 1, Detail.STANDARD: 2, Detail.THOROUGH: 4}
MOST_TO_WORK_ON = {Detail.BRIEF: 6, Detail.STANDARD: 9, Detail.THOROUGH: 16}
"""In all: a writer who is told of thirteen things works on none. A criterion keeps its weightiest."""
_WORTH_A_GENERAL_NOTE = 2.4


def comments_for(
    facts: Facts,
    brief: Brief,
    topics: dict[str, tuple[Topic, ...]],
    observations: list[Observation],
    *,
    small: Sequence[Observation] = (),
    unwanted: frozenset[Topic] = frozenset(),
) -> tuple[tuple[ReaderComment, ...], str | None]:
    """At most MOST_FOR_ONE comments for each criterion, at most one of them a strength, in the order of the rubric.

    A point that no criterion asks for is said as a general note only when it weighs much, and a strength only when the
    answer would have none; then one of the `small` strengths counts too. Points about nothing but `unwanted` topics are
    not said at all. With them comes the key of the criterion that holds the weightiest improvement.
    """
    given: dict[str, list[Observation]] = {criterion.key: [] for criterion in brief.rubric.criteria}
    quoted: list[Place] = []
    observations = [seen for seen in observations if not unwanted.issuperset(seen.topics)]
    left: list[Observation] = []
    for seen in sorted(observations, key=lambda each: -each.weight):
        key = _home(seen, brief, topics, given)
        if key is not None and given[key] and _said_there(facts, seen, quoted):
            continue
        if key is None:
            left.append(seen)
            continue
        given[key].append(seen)
        if seen.place is not None:
            quoted.append(seen.place)
    if not any(seen.kind is CommentKind.STRENGTH for mine in given.values() for seen in mine):
        for seen in (each for each in small if not unwanted.issuperset(each.topics)):
            if (key := _home(seen, brief, topics, given)) is not None:
                given[key].append(seen)
                break
        else:
            left += small[:1]
    _keep_the_strongest(given, MOST_TO_WORK_ON[brief.detail])
    improvements = [
        (seen.weight, key) for key, mine in given.items() for seen in mine if seen.kind is CommentKind.IMPROVEMENT
    ]
    first_key = max(improvements, key=lambda pair: pair[0])[1] if improvements else None
    comments = [
        made
        for criterion in brief.rubric.criteria
        for seen in _in_order(given[criterion.key])
        if (made := _comment(facts, criterion, seen))
    ]
    homeless = [seen for seen in left if not _asked_somewhere(seen, topics)]
    general = [
        seen for seen in homeless if seen.kind is CommentKind.IMPROVEMENT and seen.weight >= _WORTH_A_GENERAL_NOTE
    ]
    if not any(comment.kind is CommentKind.STRENGTH for comment in comments):
        general = [seen for seen in left if seen.kind is CommentKind.STRENGTH][:1] + general
    comments += [made for seen in general[: MOST_GENERAL[brief.detail]] if (made := _comment(facts, None, seen))]
    return tuple(comments), first_key


def _keep_the_strongest(given: dict[str, list[Observation]], most: int) -> None:
    """Takes the lightest improvements away until there are `most`; none that is its criterion's only one."""
    while True:
        by_criterion = [
            sorted((each for each in mine if each.kind is CommentKind.IMPROVEMENT), key=lambda each: each.weight)
            for mine in given.values()
        ]
        spare = [mine[0] for mine in by_criterion if len(mine) > 1]
        if not spare or sum(map(len, by_criterion)) <= most:
            return
        lightest = min(spare, key=lambda each: each.weight)
        for mine in given.values():
            mine[:] = [each for each in mine if each is not lightest]


def _said_there(facts: Facts, seen: Observation, quoted: Sequence[Place]) -> bool:
    """Whether another comment quotes the same sentence: ten things about one place help nobody."""
    if seen.place is None or seen.kind is not CommentKind.IMPROVEMENT:
        return False
    sentence = facts.prose.sentence_at(seen.place)
    return sentence is not None and any(facts.prose.sentence_at(place) == sentence for place in quoted)


def _home(
    seen: Observation,
    brief: Brief,
    topics: dict[str, tuple[Topic, ...]],
    given: dict[str, list[Observation]],
) -> str | None:
    """The criterion that asks for the point most clearly and still has room; None when there is none."""
    best: tuple[int, int, str] | None = None
    for criterion in brief.rubric.criteria:
        mine = topics[criterion.key]
        shared = [(at, mine.index(topic)) for at, topic in enumerate(seen.topics) if topic in mine]
        if not shared or len(given[criterion.key]) >= MOST_FOR_ONE[brief.detail]:
            continue
        if seen.kind is CommentKind.STRENGTH and any(
            each.kind is CommentKind.STRENGTH for each in given[criterion.key]
        ):
            continue
        at, place = min(shared)
        rank = (at, place, criterion.key)
        if best is None or rank[:2] < best[:2]:
            best = rank
    return best[2] if best else None


def _asked_somewhere(seen: Observation, topics: dict[str, tuple[Topic, ...]]) -> bool:
    return any(topic in mine for mine in topics.values() for topic in seen.topics)


def _in_order(chosen: list[Observation]) -> list[Observation]:
    return sorted(chosen, key=lambda seen: (seen.kind is not CommentKind.IMPROVEMENT, -seen.weight))


def _comment(facts: Facts, criterion: Criterion | None, seen: Observation) -> ReaderComment | None:
    quote = quote_at(facts, seen.place) if seen.place else None
    if seen.place and quote is None:
        return None
    kind = seen.kind if criterion or seen.kind is CommentKind.STRENGTH else CommentKind.GENERAL
    key = criterion.key if criterion else None
    return ReaderComment(
        key, kind, f"{seen.what} {seen.why}", quote, seen.next_step, True, seen.looked_in if quote is None else ""
    )
