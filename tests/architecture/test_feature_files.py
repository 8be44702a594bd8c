"""Inside a feature each file keeps to its role: rules decide, pages show, actions write, and the edge commits."""

import ast
from collections.abc import Iterator

from tests.architecture.house import SOURCE, SourceFile, feature_files, source_files

FRAMEWORKS = ("sqlalchemy", "starlette", "fasthtml", "dbos", "litellm", "httpx")
PAGES = ("pages.py", "*_pages.py", "*_parts.py")
ENGINE_VERBS = {"enqueue_in_transaction", "destroy"}
DATABASE_EDGE = {"feedforward.database", "feedforward.group_commit", "feedforward.schema"}


def calls_in(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Every call with the last part of what is called: `connection.commit()` is "commit"."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            target = node.func
            yield node, target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")


def test_rules_know_no_framework() -> None:
    broken = [
        f"{file.where}:{each.line} imports {each.module}"
        for file in feature_files("rules.py", "*_rules.py")
        for each in file.imports
        if each.module.split(".")[0] in FRAMEWORKS
    ]
    assert not broken


def test_rules_take_neither_queries_nor_actions() -> None:
    broken = [
        f"{file.where}:{each.line} imports {each.module}"
        for file in feature_files("rules.py", "*_rules.py")
        for each in file.imports
        if each.module.startswith("feedforward.")
        and not each.module.startswith("feedforward.ui")
        and each.module.endswith(("queries", "actions", "tables", "pages", "routes"))
    ]
    assert not broken


def test_pages_take_the_shapes_of_queries_and_never_ask_them() -> None:
    broken = [
        f"{file.where}:{each.line} imports {each.name} from {each.module}"
        for file in feature_files(*PAGES)
        for each in file.imports
        if each.module.startswith("feedforward.") and each.module.endswith("queries") and not each.name[:1].isupper()
    ]
    assert not broken


def test_pages_know_neither_the_request_nor_the_database() -> None:
    broken = [
        f"{file.where}:{each.line} imports {each.name or each.module}"
        for file in feature_files(*PAGES)
        for each in file.imports
        if each.module.split(".")[0] in ("sqlalchemy", "starlette")
        or each.module in ("feedforward.database", "feedforward.web.context", "feedforward.web.services")
        or each.name in ("Request", "Connection", "Web", "Services")
    ]
    assert not broken


def test_what_pages_show_is_handed_in_by_keyword() -> None:
    """A single thing to show may stand without its name; two could be swapped unseen."""
    broken = [
        f"{file.where}:{node.lineno} {node.name}({', '.join(each.arg for each in node.args.args)})"
        for file in feature_files(*PAGES)
        for node in file.tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        and ast.unparse(node.returns or ast.Name("")) in ("FT", "Child", "Node", "list[Child]", "tuple[Child, ...]")
        and len(node.args.args + node.args.posonlyargs) > 1
    ]  # fmt: skip
    assert not broken


def test_only_the_edge_commits() -> None:
    broken = [
        f"{file.where}:{node.lineno} calls {name}"
        for file in source_files()
        if module_of(file) not in DATABASE_EDGE
        for node, name in calls_in(file.tree)
        if name in ("commit", "rollback", "begin", "begin_nested")
        and isinstance(node.func, ast.Attribute)
        and "desk" not in ast.unparse(node.func.value)
    ]
    assert not broken


def test_actions_and_queries_are_plain_functions_with_a_connection() -> None:
    """Anything async inside `write` would hold the one writer while it waits for something else."""
    broken = [
        f"{file.where}:{node.lineno}"
        for file in feature_files("actions.py", "*_actions.py", "queries.py", "*_queries.py")
        for node in ast.walk(file.tree)
        if isinstance(node, ast.AsyncFunctionDef | ast.Await)
    ]
    assert not broken


def test_queries_never_write() -> None:
    broken = [
        f"{file.where}:{each.line} imports {each.name}"
        for file in feature_files("queries.py", "*_queries.py")
        for each in file.imports
        if each.module.startswith("sqlalchemy") and each.name in ("insert", "update", "delete")
    ]
    assert not broken


def test_actions_speak_neither_html_nor_http() -> None:
    broken = [
        f"{file.where}:{each.line} imports {each.name or each.module}"
        for file in feature_files("actions.py", "*_actions.py")
        for each in file.imports
        if each.module.startswith(("starlette", "fasthtml", "feedforward.ui", "feedforward.urls"))
    ]
    assert not broken


def test_routes_hold_no_sql() -> None:
    broken = [
        f"{file.where}:{each.line} imports {each.name or each.module}"
        for file in feature_files("routes.py", "*_routes.py")
        for each in file.imports
        if (each.module.startswith("sqlalchemy") and each.name != "Connection")
        or (each.module.endswith(".tables") and not each.module.startswith("feedforward.ui"))
    ]
    assert not broken


def test_inside_a_transaction_the_engine_is_only_enqueued_to() -> None:
    """Any other verb of the engine retries the lock that our own transaction holds, for ever."""
    engine = SourceFile(SOURCE / "assessment" / "engine.py")
    verbs = {
        node.func.attr
        for node, _ in calls_in(engine.tree)
        if isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "self._client"
    }
    assert "enqueue_in_transaction" in verbs
    assert verbs <= ENGINE_VERBS


def test_workflows_are_registered_by_explicit_names() -> None:
    workflow = SourceFile(SOURCE / "assessment" / "workflow.py")
    decorated = [
        decorator
        for node in ast.walk(workflow.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for decorator in node.decorator_list
        if ast.unparse(decorator).startswith("DBOS.")
    ]
    assert decorated
    assert all(isinstance(each, ast.Call) and any(word.arg == "name" for word in each.keywords) for each in decorated)


def test_workflow_arguments_are_ids() -> None:
    workflow = SourceFile(SOURCE / "assessment" / "workflow.py")
    ids = {"draft_id: int", "reading_id: str", "dispatch: int"}
    given = {
        ast.unparse(parameter)
        for node in ast.walk(workflow.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.decorator_list
        for parameter in node.args.args
    }
    assert given
    assert given <= ids


def module_of(file: SourceFile) -> str:
    return ".".join(("feedforward", *file.path.relative_to(SOURCE).with_suffix("").parts))
