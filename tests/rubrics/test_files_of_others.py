"""Files as Canvas, Moodle, edX, spreadsheets and word processors write them, with their oddities."""

import json

import pytest

from feedforward.errors import RuleBroken
from feedforward.rubrics.formats.registry import Format, read_any, read_pasted
from feedforward.rubrics.rules import Rubric, problems_of


def only(data: str | bytes, kind: Format) -> tuple[Rubric, str]:
    reading = read_any(data.encode() if isinstance(data, str) else data, "it")
    assert reading.format is kind
    (imported,) = reading.rubrics
    return imported.rubric, " ".join(imported.notes)


def ladder(rubric: Rubric, at: int = 0) -> list[tuple[str, float, str]]:
    return [(level.label, level.points, level.description) for level in rubric.criteria[at].levels]


REPEATED = "Rubric Name,Criteria Name,Criteria Description,Criteria Enable Range"
RATING = ",Rating Name,Rating Description,Rating Points"


@pytest.mark.parametrize(
    "header",
    [
        REPEATED + RATING * 2,
        REPEATED
        + ",Rating Name 1,Rating Description 1,Rating Points 1,Rating Name 2,Rating Description 2,Rating Points 2",
        REPEATED
        + ",Rating 1 Name,Rating 1 Description,Rating 1 Points,Rating 2 Name,Rating 2 Description,Rating 2 Points",
        "\ufeff" + (REPEATED + RATING * 2).upper(),
        REPEATED + RATING,
    ],
)
def test_canvas_headers_may_be_repeated_numbered_marked_or_too_short(header: str) -> None:
    text = f"{header}\r\nEssay,Thesis,What is claimed,false,Good,Clear,4,Poor,Missing,0\r\n,Style,,true,Fine,,2\r\n"
    rubric, notes = only(text, Format.CANVAS)
    assert rubric.name == "Essay"
    assert ladder(rubric) == [("Poor", 0, "Missing"), ("Good", 4, "Clear")]
    assert ladder(rubric, 1) == [("Fine", 2, "")]
    assert [each.weight for each in rubric.criteria] == [4, 2]
    assert "range of points" in notes
    assert ("more levels than the header" in notes) == (header == REPEATED + RATING)


def test_a_canvas_file_may_hold_several_rubrics_and_semicolons_and_points_that_are_none() -> None:
    text = (REPEATED + RATING + ",Outcome").replace(",", ";")
    text += "\nOne;A;;false;Good;x;4,5;;\n;B;;false;Odd;y;many;x\n\nTwo;C;;false;Good;z;1 pts\n"
    reading = read_any(text.encode(), "it")
    assert [each.rubric.name for each in reading.rubrics] == ["One", "Two"]
    first, second = reading.rubrics
    assert [each.name for each in first.rubric.criteria] == ["A", "B"]
    assert ladder(first.rubric) == [("Good", 4.5, "x")]
    assert "“Odd” has no points" in " ".join(first.notes)
    assert "“Outcome” is not known here" in " ".join(second.notes)


MOODLE = """<?xml version="1.0" encoding="UTF-8"?><areas><area><definitions><definition><method>{method}</method>
<name>Lab</name>{body}</definition></definitions></area></areas>"""


def test_moodle_html_sentences_without_a_label_and_sort_order() -> None:
    body = """<plugin_gradingform_rubric_definition><criteria>
    <criterion><sortorder>2</sortorder>
    <description>&lt;p&gt;Method - &lt;b&gt;how&lt;/b&gt; &amp;amp; why&lt;/p&gt;</description>
    <descriptionformat>1</descriptionformat><levels><level><score>5.00000</score>
    <definition>Every step is described so that somebody else could repeat it without asking.</definition></level>
    <level><score>0</score><definition>$@NULL@$</definition></level></levels></criterion>
    <criterion><sortorder>1</sortorder><description>Result</description><levels>
    <level><score>10</score><definition>Full: all there</definition></level></levels></criterion>
    </criteria></plugin_gradingform_rubric_definition>"""
    rubric, notes = only(MOODLE.format(method="rubric", body=body), Format.MOODLE)
    assert [(each.name, each.description, each.weight) for each in rubric.criteria] == [
        ("Result", "", 10), ("Method", "how & why", 5),
    ]  # fmt: skip
    assert ladder(rubric) == [("Full", 10, "all there")]
    assert [(label, points) for label, points, _ in ladder(rubric, 1)] == [("0 points", 0), ("5 points", 5)]
    assert "Formatting" in notes
    assert "a level without a label is called “5 points”" in notes


def test_a_moodle_marking_guide_comes_without_levels_and_says_so() -> None:
    body = """<plugin_gradingform_guide_definition><guidecriteria><guidecriterion><shortname>Method</shortname>
    <description>For students</description><descriptionmarkers>For markers</descriptionmarkers><maxscore>15.0</maxscore>
    </guidecriterion></guidecriteria><guidecomments><guidecomment><description>Well done</description></guidecomment>
    </guidecomments></plugin_gradingform_guide_definition>"""
    rubric, notes = only(MOODLE.format(method="guide", body=body), Format.MOODLE)
    (method,) = rubric.criteria
    assert (method.name, method.description, method.weight) == ("Method", "For students\n\nFor markers", 15)
    assert "marking guide" in notes
    assert "comments were left out" in notes
    assert problems_of(rubric)


def test_an_edx_rubric_alone_with_names_only_and_a_comment_only_criterion() -> None:
    text = """<rubric><prompt>Read first.</prompt><criterion><name>Concise</name><prompt>Short?</prompt>
    <option points="10"><name>Yes</name><explanation>Short.</explanation></option>
    <option points="0"><name>No</name></option></criterion>
    <criterion feedback="required"><name>Remark</name><prompt>Anything?</prompt></criterion></rubric>"""
    rubric, notes = only(text, Format.ORA)
    assert ladder(rubric) == [("No", 0, ""), ("Yes", 10, "Short.")]
    assert "“Remark” has no levels" in notes
    assert "introduction was left out" in notes
    assert "no name of its own" in notes


def test_an_ffrubric_of_a_later_minor_version_is_read_and_of_a_later_major_one_refused() -> None:
    data = {
        "formatVersion": "1.7", "exportedBy": "x",
        "assignment": {"title": "Essay 1", "description": "Argue.", "dueDate": "2026-12-04", "maxDrafts": 3},
        "rubric": {"categories": [{"name": "Thesis", "weight": 60}, {"name": "Style", "weight": 140}]},
    }  # fmt: skip
    reading = read_any(json.dumps(data).encode(), "it")
    (imported,) = reading.rubrics
    assert imported.rubric.name == "Essay 1"
    assert imported.about is not None
    assert (imported.about.due, imported.about.max_drafts) == ("2026-12-04", 3)
    assert [each.weight for each in imported.rubric.criteria] == [60, 1]
    notes = " ".join(imported.notes)
    assert "Category 2: the weight" in notes
    assert "“exportedBy” is not known" in notes
    with pytest.raises(RuleBroken, match=r"versions 1\.x"):
        read_any(json.dumps({**data, "formatVersion": "2.0"}).encode(), "it")


def test_a_table_from_a_word_processor_with_several_lines_in_a_cell() -> None:
    text = (
        "Essay rubric\nCriterion\tExcellent (4)\tFair (2 points)\tPoor – 0\n"
        "Thesis (60%)\tA claim\nthat can be doubted\tA claim\tNone\nof its own\nStyle (40%)\tClear\tMostly\tNot\n"
    )
    imported = read_pasted(text).rubrics[0]
    assert imported.rubric.name == "Essay rubric"
    assert [(each.name, each.weight) for each in imported.rubric.criteria] == [("Thesis", 60), ("Style", 40)]
    assert ladder(imported.rubric) == [
        ("Poor", 0, "None\nof its own"), ("Fair", 2, "A claim"), ("Excellent", 4, "A claim\nthat can be doubted"),
    ]  # fmt: skip
    assert "several lines" in " ".join(imported.notes)


@pytest.mark.parametrize(
    ("heads", "labels", "points"),
    [
        ("Excellent\tGood\tPoor", ["Poor", "Good", "Excellent"], [1, 2, 3]),
        ("Weak\tFair\tExcellent", ["Weak", "Fair", "Excellent"], [1, 2, 3]),
        ("4\t3\t1", ["1", "3", "4"], [1, 3, 4]),
        ("5: Top\t1: Low\t0 – None", ["None", "Low", "Top"], [0, 1, 5]),
        ("Top (9–10)\tLow (5-8 pts)\tNone 0 pts", ["None", "Low", "Top"], [0, 8, 10]),
    ],
)
def test_level_headings_say_points_in_many_ways_or_not_at_all(
    heads: str, labels: list[str], points: list[float]
) -> None:
    imported = read_pasted(f"Criteria\t{heads}\tScore\nThesis\ta\tb\tc\t\n").rubrics[0]
    assert [level.label for level in imported.rubric.criteria[0].levels] == labels
    assert [level.points for level in imported.rubric.criteria[0].levels] == points
    assert "Columns for marks and comments were left out: Score." in imported.notes


def test_markdown_with_one_table_bold_cells_and_a_quotation_that_never_ends() -> None:
    text = '# Essay\n\nSome words.\n\n| | **Good** (2) | Bad (1) |\n|:--|---|---|\n| **Thesis** | a \\| b<br>c | "d |\n'
    rubric, _ = only(text, Format.MARKDOWN)
    assert rubric.name == "Essay"
    assert rubric.criteria[0].name == "Thesis"
    assert ladder(rubric) == [("Bad", 1, '"d'), ("**Good**", 2, "a | b\nc")]


def test_a_name_that_is_too_long_moves_into_the_description() -> None:
    long = "word " * 60
    rubric, notes = only(f"Criterion\tA (2)\tB (1)\n{long}\tx\ty\n", Format.TABLE)
    assert len(rubric.criteria[0].name) <= 200
    assert rubric.criteria[0].description == long.strip()
    assert "too long" in notes


def test_an_old_encoding_is_read_with_a_word_about_it() -> None:
    rubric, notes = only("Criterion\tFair\tGood\nThèse\ta\tb\n".encode("cp1252"), Format.TABLE)
    assert rubric.criteria[0].name == "Thèse"
    assert "Windows-1252" in notes
    rubric, _ = only("Criterion\tFair\tGood\nThèse\ta\tb\n".encode("utf-16"), Format.TABLE)
    assert rubric.criteria[0].name == "Thèse"
