"""Use cases name their parameters, so that mypy and a reader see them."""

import ast
from collections.abc import Iterator

import pytest

CONVERTED = {"agreements", "billing", "notifications"}


def test_no_use_case_takes_anything_by_name(modules):
    found = [
        f"{module.where}:{line}: {name}"
        for module in modules.values()
        if module.package in CONVERTED and module.path.name != "schemas.py"
        for name, line in _open_ended(module.tree)
    ]

    assert found == [], "take a command of the feature (common.commands) or its fields by name"


def _open_ended(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yields the functions with a parameter such as `**values: Any`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.args.kwarg is not None:
            yield node.name, node.lineno


@pytest.mark.parametrize(
    ("source", "expected"),
    [("def add(work, **values): pass", ["add"]), ("def add(work, *, name): pass", [])],
)
def test_the_search_finds_open_ended_functions(source, expected):
    assert [name for name, _ in _open_ended(ast.parse(source))] == expected
