"""What the documents name exists: commands, options, targets, settings, files; and their examples are accepted."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import typer.main
from pydantic import SecretStr

from feedforward.accounts.sso_rules import institutions_from_config
from feedforward.cli import cli
from feedforward.llm.faults import RETRYABLE, CallFault
from feedforward.llm.providers import providers_from_config
from feedforward.rubrics.files import rubric_from_text, rubric_schema
from feedforward.settings import Settings
from tests.architecture.house import ROOT, SOURCE, code_in, documents, source_files

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
COMMAND = re.compile(r"(?:^|[\s/])feedforward ([a-z][a-z-]*)([^|;&#]*)")
TARGET = re.compile(r"(?:^|[\s;&])make ([a-z]+)\b")


def names(path: Path) -> str:
    return str(path.relative_to(ROOT))


def commands() -> dict[str, set[str]]:
    """Every command of the command line with its options; a group of commands with those of all of them."""
    group: Any = typer.main.get_command(cli)
    return {name: {"--help"} | options_of(command) for name, command in group.commands.items()}


def options_of(command: Any) -> set[str]:
    own = {option for each in command.params for option in (*each.opts, *each.secondary_opts)}
    return own.union(*(options_of(each) for each in getattr(command, "commands", {}).values()))


def headings(path: Path) -> set[str]:
    """The anchors of a document, as the usual renderers make them of its headings."""
    titles = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", path.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("path", documents(), ids=names)
def test_every_command_a_document_names_exists_with_its_options(path: Path) -> None:
    known = commands()
    wrong = []
    for line in code_in(path.read_text("utf-8")):
        for command, rest in COMMAND.findall(line):
            options = re.findall(r"(?<!\S)--[a-z-]+", re.sub(r"\"[^\"]*\"", "", rest))
            if command not in known or not set(options) <= known[command]:
                wrong.append(line)
    assert not wrong


@pytest.mark.parametrize("path", documents(), ids=names)
def test_every_make_target_a_document_names_exists(path: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    wrong = [line for line in code_in(path.read_text("utf-8")) for each in TARGET.findall(line) if each not in targets]
    assert not wrong


@pytest.mark.parametrize("path", documents(), ids=names)
def test_every_setting_a_document_names_exists(path: Path) -> None:
    known = {f"FEEDFORWARD_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"\bFEEDFORWARD_[A-Z_]+\b", path.read_text("utf-8"))) <= known


@pytest.mark.parametrize("path", documents(), ids=names)
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    broken = []
    for link in LINK.findall(path.read_text("utf-8")):
        if "://" in link or link.startswith("mailto:"):
            continue
        target, _, anchor = link.partition("#")
        place = (path.parent / target).resolve() if target else path
        if not place.exists() or (anchor and anchor not in headings(place)):
            broken.append(link)
    assert not broken


@pytest.mark.parametrize("path", documents(), ids=names)
def test_every_source_file_a_document_names_exists(path: Path) -> None:
    named = {
        each
        for line in code_in(path.read_text("utf-8"))
        for each in re.findall(r"(?<![\w/.])(?:src|tests|docs|frontend|requirements|scripts)/[\w./-]+", line)
    }
    missing = [each for each in named if not list(ROOT.glob(each.rstrip("/.")))]
    assert not [each for each in missing if not each.startswith("src/feedforward/web/static")]


@pytest.mark.parametrize("path", documents(), ids=names)
def test_every_example_of_settings_and_rubrics_is_accepted(path: Path) -> None:
    for block in blocks(path, "json"):
        data = json.loads(block)
        if "$schema" in data:
            assert data == rubric_schema()
        elif "criteria" in data:
            assert rubric_from_text(block, names(path)).criteria
        elif all("issuer" in each for each in data.values()):
            assert institutions_from_config(data)
        else:
            assert providers_from_config(data)
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("FEEDFORWARD_PROVIDERS="):
            assert providers_from_config(json.loads(line.partition("=")[2].strip("'")))
    for block in blocks(path, "yaml"):
        assert rubric_from_text(block, names(path)).criteria


def shown(default: object) -> str:
    match default:
        case SecretStr():
            return "none"
        case bool():
            return f"`{str(default).lower()}`"
        case "" | {}:
            return "empty"
        case _:
            return f"`{default}`"


def test_the_settings_guide_names_every_setting_with_its_default_and_description() -> None:
    text = (ROOT / "docs" / "guides" / "settings.md").read_text("utf-8")
    rows = {line for line in text.splitlines() if line.startswith("| `FEEDFORWARD_")}
    defaults = {name: field.get_default(call_default_factory=True) for name, field in Settings.model_fields.items()}
    wanted = {
        f"| `FEEDFORWARD_{name.upper()}` | {shown(defaults[name])} | {field.description} |"
        for name, field in Settings.model_fields.items()
    }
    assert sorted(wanted - rows) == [], "add these lines to docs/guides/settings.md"
    assert sorted(rows - wanted) == [], "these lines of docs/guides/settings.md are stale"


def test_the_models_guide_names_every_fault_and_whether_it_is_tried_again() -> None:
    text = (ROOT / "docs" / "guides" / "models.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `([a-z_]+)` \|[^|]*\| (yes|no) \|$", text, re.MULTILINE))
    assert rows == {fault.value: "yes" if fault in RETRYABLE else "no" for fault in CallFault}


def test_every_command_has_an_example_in_its_help() -> None:
    group: Any = typer.main.get_command(cli)
    without = [
        name for name, command in group.commands.items() if f"Example: feedforward {name}" not in (command.help or "")
    ]
    assert not without


def test_every_command_stands_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in commands() if f"feedforward {name}" not in text] == []


def test_every_guide_and_decision_is_linked_from_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    linked = {(index.parent / link.partition("#")[0]).resolve() for link in LINK.findall(index.read_text("utf-8"))}
    wanted = {path for path in (ROOT / "docs").rglob("*.md") if path != index}
    assert sorted(names(path) for path in wanted - linked) == []


def test_every_document_the_code_points_to_exists() -> None:
    pointed = {
        (file.where, each)
        for file in source_files(SOURCE)
        for each in re.findall(r"(?<!/)\bdocs/[\w./-]*\w", file.text)
    }
    assert sorted((where, each) for where, each in pointed if not list(ROOT.glob(f"{each}*"))) == []
