"""Rubrics of Moodle's advanced grading (`grading.xml`), and its marking guides."""

import re
from typing import TYPE_CHECKING

from feedforward.errors import RuleBroken
from feedforward.rubrics.formats.imported import (
    Exported,
    Imported,
    finished,
    number_in,
    one_line,
    shortened,
    weighted_by_points,
    weights_not_in_points,
)
from feedforward.rubrics.formats.xml_text import child, children, escaped, name_of, text_in, words_of_html
from feedforward.rubrics.rules import Criterion, Level, Rubric, number_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_RUBRIC, _GUIDE = "plugin_gradingform_rubric_definition", "plugin_gradingform_guide_definition"
_HTML = "1"
# A level's label is a few words; a longer start before a colon is a sentence.
_LONGEST_LABEL = 60
_LEVEL = re.compile(rf"((?:[^\n:]|:(?! )){{1,{_LONGEST_LABEL}}}?)(?:: (.*))?", re.DOTALL)


def looks_like(root: "Element") -> bool:
    """Whether this is the root of such a file, or of its part."""
    return name_of(root) in ("areas", "area", "definitions", "definition", _RUBRIC, _GUIDE)


def read(root: "Element") -> tuple[Imported, ...]:
    """The rubrics and marking guides in it, in their order; RuleBroken where there is none."""
    found = []
    for definition in root.iter():
        plugin = definition if definition is root and name_of(root) in (_RUBRIC, _GUIDE) else None
        plugin = plugin if plugin is not None else child(definition, _RUBRIC, _GUIDE)
        if plugin is not None:
            as_rubric = name_of(plugin) == _RUBRIC
            found.append((_rubric if as_rubric else _guide)(text_in(definition, "name"), plugin))
    if not found:
        raise RuleBroken("It is Moodle's grading XML without a rubric or a marking guide in it.")
    return tuple(found)


def _rubric(name: str, plugin: "Element") -> Imported:
    notes: list[str] = []
    criteria = []
    rows = children(child(plugin, "criteria"), "criterion")
    for row in sorted(rows, key=lambda each: number_in(text_in(each, "sortorder")) or 0.0):
        title, _, description = _words(row, "description", notes).partition(" - ")
        shown = shortened(one_line(title), 60)
        levels = [_level(each, shown, notes) for each in children(child(row, "levels"), "level")]
        criteria.append(Criterion("", title, 1.0, description, tuple(levels)))
    weighted = weighted_by_points(criteria)
    if len({each.weight for each in weighted}) > 1:
        notes.append("Moodle adds points up, so each criterion got its highest points as its weight.")
    return finished(name, weighted, notes)


def _level(level: "Element", shown: str, notes: list[str]) -> Level:
    points = number_in(text_in(level, "score"))
    if points is None:
        notes.append(f"“{shown}”: a level has no points we can read and got 0.")
    label, words = _label_and_words(_words(level, "definition", notes))
    return Level(label, points or 0.0, words)


def _label_and_words(text: str) -> tuple[str, str]:
    """`Good: Reasons are given.` taken apart; the label is "" where the text is a sentence only."""
    found = _LEVEL.fullmatch(text)
    return (found[1], found[2] or "") if found else ("", text)


def _words(element: "Element", name: str, notes: list[str]) -> str:
    text = text_in(element, name)
    if text_in(element, f"{name}format") == _HTML and re.search(r"[<&]", text):
        notes.append("Formatting (bold, lists, links) was left out; the words are kept.")
        return words_of_html(text)
    return text


def _guide(name: str, plugin: "Element") -> Imported:
    notes = ["It is a marking guide, which has no levels: add levels that say what a draft looks like at each."]
    criteria = []
    for row in children(child(plugin, "guidecriteria"), "guidecriterion"):
        title = text_in(row, "shortname")
        weight = number_in(text_in(row, "maxscore"))
        if weight is None or weight < 0:
            notes.append(f"“{shortened(title, 60)}”: no highest mark we can read; it weighs 1.")
            weight = 1.0
        words = (_words(row, "description", notes), _words(row, "descriptionmarkers", notes))
        criteria.append(Criterion("", title, weight, "\n\n".join(filter(None, words)), ()))
    if child(plugin, "guidecomments") is not None and len(children(child(plugin, "guidecomments"), "guidecomment")):
        notes.append("The marking guide's frequently used comments were left out.")
    return finished(name, criteria, notes)


def write(rubric: Rubric) -> Exported:
    """The rubric as Moodle's `grading.xml`; name and description of a criterion, label and words of a level in one."""
    notes = list(weights_not_in_points(rubric, "Moodle"))
    rows = []
    level_id = 0
    for number, criterion in enumerate(rubric.criteria, start=1):
        title = f"{criterion.name} - {criterion.description}" if criterion.description else criterion.name
        if title.partition(" - ")[::2] != (criterion.name, criterion.description):
            notes.append(f"“{criterion.name}”: a name with “ - ” in it is cut there when the file is read again.")
        levels = []
        for level in criterion.levels:
            level_id += 1
            words = f"{level.label}: {level.description}" if level.description else level.label
            if _label_and_words(words) != (level.label, level.description):
                notes.append(f"“{criterion.name}”: the label “{level.label}” comes back in another form.")
            levels.append(
                f'            <level id="{level_id}"><score>{number_text(level.points)}</score>'
                f"<definition>{escaped(words)}</definition><definitionformat>0</definitionformat></level>\n"
            )
        rows.append(
            f'        <criterion id="{number}"><sortorder>{number}</sortorder>'
            f"<description>{escaped(title)}</description><descriptionformat>0</descriptionformat><levels>\n"
            f"{''.join(levels)}          </levels></criterion>\n"
        )
    whole = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<areas><area id="1"><areaname>submissions</areaname>'
        '<activemethod>rubric</activemethod><definitions><definition id="1"><method>rubric</method>'
        f"<name>{escaped(rubric.name)}</name><status>20</status><{_RUBRIC}><criteria>\n{''.join(rows)}"
        f"      </criteria></{_RUBRIC}></definition></definitions></area></areas>\n"
    )
    return Exported(whole.encode(), tuple(notes))
