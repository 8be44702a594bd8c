"""What there is to say about citations, the reference list and quotations; holds in any language."""

from collections.abc import Iterator

from feedforward.assessment.built_in.observation import Observation, capital, improvement, number, strength
from feedforward.assessment.built_in.topics import Topic
from feedforward.facts.gather import Facts

_HERE = (Topic.SOURCES, Topic.EVIDENCE)


def _style_points(facts: Facts) -> Iterator[Observation]:
    """Quotations that nothing leads up to; citations and entries of another kind than most."""
    alone, mixed, odd = facts["quotations_unintroduced"], facts["mixed_citations"], facts["mixed_references"]
    if alone.places:
        count = len(alone.places)
        more = f"; {number(count - 1)} more {'does' if count == 2 else 'do'} the same" if count > 1 else ""
        yield improvement(
            _HERE,
            1.6,
            f"This quotation stands as a sentence by itself, with no words of yours around it{more}.",
            "A reader meets a strange voice without knowing who speaks, or what you take from it.",
            "Lead into it with the name of whoever says it, and follow it with what it shows, in your own words.",
            place=alone.places[0],
        )
    if mixed.places:
        here, most = mixed.notes[0].split(", most are ")
        yield improvement(
            (Topic.SOURCES,),
            1.4,
            f"Most sources are cited by {most}; this one by {here}"
            + (f", and {number(len(mixed.places) - 1)} more like it." if len(mixed.places) > 1 else "."),
            "With two systems side by side, a reader cannot tell how to find the entry in the list.",
            f"Bring {'it' if len(mixed.places) == 1 else 'them'} into the form of the others.",
            place=mixed.places[0],
        )
    if odd.places:
        here, most = odd.notes[0].split(", most are ")
        count = len(odd.places)
        yield improvement(
            (Topic.SOURCES,),
            1.3,
            f"This entry of the list looks like {here}, most of the others like {most}"
            + (f"; {number(count - 1)} more differ{'s' if count == 2 else ''} too." if count > 1 else "."),
            "One form lets a reader run down the list and find author, year and title in the same place each time.",
            f"Set it beside an entry of the usual form and bring its parts into the same order; if your course asks "
            f"for another style than {most}, follow that throughout.",
            place=odd.places[0],
        )


def source_points(facts: Facts, *, asked_for: bool) -> Iterator[Observation]:
    """`asked_for`: the task or the rubric speaks of sources, so that having none is worth a word."""
    citations, references = facts["citations"], facts["references"]
    lost, uncited = facts["citations_without_reference"], facts["references_without_citation"]
    if lost.places:
        names = list(dict.fromkeys(lost.notes))
        shown = "; ".join(names[:3]) + (f" and {number(len(names) - 3)} more" if len(names) > 3 else "")
        yield improvement(
            _HERE,
            2.6,
            f"{capital(number(len(names)))} of the sources cited in the text {'has' if len(names) == 1 else 'have'} "
            f"no entry in "
            f"the reference list that I can match: {shown}.",
            "A reader who wants to check the point cannot find where it comes from.",
            "Add the entry, or correct name and year so that text and list agree.",
            place=lost.places[0],
        )
    if uncited.places:
        yield improvement(
            (Topic.SOURCES,),
            2.4,
            f"{capital(number(len(uncited.places)))} {'entry' if len(uncited.places) == 1 else 'entries'} of the "
            "reference list I could not find cited in the text"
            + ("." if len(uncited.places) == 1 else "; this is the first."),
            "The list is meant to hold what the text rests on.",
            "Cite it where you used it, or take it off the list.",
            place=uncited.places[0],
        )
    if citations.places and not references.places:
        yield improvement(
            (Topic.SOURCES,),
            2.0,
            f"The text cites sources ({number(len(citations.places))} citations), and I found no reference list.",
            "The citations cannot be followed without it.",
            "Add a list headed “References” with one entry for each source.",
            looked_in="the whole draft, its end above all",
        )
    bare = facts["quotations_without_citation"]
    if bare.places:
        count = len(bare.places)
        seen = (
            "A longer quotation has no source beside it that I can recognise."
            if count == 1
            else f"{capital(number(count))} longer quotations have no source beside them that I can recognise; this "
            f"is the first."
        )
        yield improvement(
            _HERE,
            1.5,
            seen,
            "A reader should be able to tell whose words these are, and where they stand.",
            "Name who says it and where, right before or after the quotation.",
            place=bare.places[0],
        )
    if asked_for and not citations.places and not facts["quotations"].places and len(facts.prose.words) >= 150:
        yield improvement(
            (Topic.SOURCES,),
            1.9,
            "I found no citation, quotation or reference list.",
            "This criterion looks at how sources are used, and a reader cannot see yet which points come from one.",
            "Mark the two points that rest on something you read, and name the source there.",
            looked_in="the whole draft",
        )
    yield from _style_points(facts)
    if len(citations.places) >= 3 and references.places and not lost.places and not uncited.places:
        yield strength(
            _HERE,
            1.3,
            f"All {len(citations.places)} citations have their entry in the reference list, and all "
            f"{len(references.places)} "
            "entries are cited.",
            "Anyone can follow you back to each source.",
            "Check once more that each citation stands beside the very sentence it supports.",
            place=citations.places[0],
        )
