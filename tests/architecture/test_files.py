"""Files stay small, named after what they hold, and free of what hides where names come from."""

import ast

from tests.architecture.house import ROOT, SourceFile, source_files

MOST_LINES = 250
# Each with its reason; a file that can be split by noun or audience does not belong here.
MAY_BE_LONGER: dict[str, str] = {}
FORBIDDEN_NAMES = {"utils", "util", "common", "helpers", "helper", "base", "misc", "models", "services_common"}


def all_files() -> list[SourceFile]:
    return source_files() + source_files(ROOT / "tests") + source_files(ROOT / "benchmarks")


def test_files_stay_below_250_lines() -> None:
    long = {
        file.where: lines
        for file in all_files()
        if (lines := file.text.count("\n")) > MOST_LINES
        and file.where not in MAY_BE_LONGER
        and "migrations/versions" not in file.where
    }
    assert not long, "split by noun or audience (CONTRIBUTING.md): " + str(long)


def test_the_list_of_longer_files_has_no_stale_entry() -> None:
    lengths = {file.where: file.text.count("\n") for file in all_files()}
    stale = [where for where in MAY_BE_LONGER if lengths.get(where, 0) <= MOST_LINES]
    assert not stale, f"take these out of the list: {stale}"


def test_no_file_or_folder_is_named_after_nothing() -> None:
    named_after_nothing = [
        file.where
        for file in all_files()
        if FORBIDDEN_NAMES & {file.path.stem, *file.path.relative_to(ROOT).parts[:-1]}
    ]
    assert not named_after_nothing


def test_nobody_imports_a_star() -> None:
    stars = [f"{file.where}:{each.line}" for file in all_files() for each in file.imports if each.name == "*"]
    assert not stars


def test_every_source_file_says_in_its_first_line_what_it_owns() -> None:
    silent = [
        file.where
        for file in source_files()
        if file.text.strip() and not ast.get_docstring(file.tree) and "migrations/versions" not in file.where
    ]
    assert not silent
