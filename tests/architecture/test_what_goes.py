"""What goes: every table whose rows are removed stands in the guide, and whatever keeps its row has a moment for it."""

import ast
import re
from collections.abc import Iterator

from sqlalchemy import CheckConstraint

from feedforward.database import Base
from feedforward.schema import metadata
from tests.architecture.house import ROOT, source_files

# Words of a status that say that somebody took it away → the column that says when, the first that the table has.
GONE = {
    "deleted": ("deleted_at",),
    "removed": ("deleted_at",),
    "discarded": ("erased_at",),
    "revoked": ("settled_at",),
    "rejected": ("settled_at",),
    "dropped": ("settled_at",),
    "undone": ("settled_at",),
    "thrown_away": ("finished_at",),
}
TABLE_OF = {mapper.class_.__name__: str(mapper.class_.__tablename__) for mapper in Base.registry.mappers}


def statuses() -> Iterator[tuple[str, str]]:
    """Table and word, of every status its database would take."""
    for table in metadata().sorted_tables:
        for check in (each for each in table.constraints if isinstance(each, CheckConstraint)):
            if listed := re.fullmatch(r"status in \((.*)\)", str(check.sqltext)):
                yield from ((table.name, word) for word in re.findall(r"'(\w+)'", listed[1]))


def removed_by_code() -> set[str]:
    """Every table of which some statement removes rows; one in a loop stands for all the loop goes over."""
    found = set()
    for file in source_files():
        for function in (each for each in ast.walk(file.tree) if isinstance(each, ast.FunctionDef)):
            for node in ast.walk(function):
                match node:
                    case ast.Call(func=ast.Name("delete"), args=[ast.Name(name)]) if name in TABLE_OF:
                        found.add(TABLE_OF[name])
                    case ast.Call(func=ast.Name("delete"), args=[ast.Name()]):
                        looped = {each.id for each in ast.walk(function) if isinstance(each, ast.Name)}
                        tuples = [each for each in ast.walk(function) if isinstance(each, ast.Tuple)]
                        inside = {each.id for one in tuples for each in one.elts if isinstance(each, ast.Name)}
                        found |= {TABLE_OF[each] for each in looped & inside if each in TABLE_OF}
    return found


def test_every_status_is_one_of_a_list_the_database_knows() -> None:
    free = [table.name for table in metadata().sorted_tables if "status" in table.c]
    assert sorted({table for table, _ in statuses()}) == sorted(free)


def test_whatever_is_taken_away_and_keeps_its_row_has_the_moment_beside_it() -> None:
    tables = metadata().tables
    gone = [(table, GONE[word]) for table, word in statuses() if word in GONE]
    assert {table for table, _ in gone} >= {"users", "courses", "assignments", "rubric_templates", "enrolments"}
    assert [table for table, columns in gone if not any(each in tables[table].c for each in columns)] == []


def test_the_guide_lists_exactly_the_tables_whose_rows_are_removed() -> None:
    guide = (ROOT / "docs" / "guides" / "retention.md").read_text("utf-8")
    section = guide.partition("## What is purged")[2]
    listed = {each for line in section.splitlines() if line.startswith("|") for each in re.findall(r"`(\w+)`", line)}
    assert listed <= set(metadata().tables)
    assert removed_by_code() == listed
