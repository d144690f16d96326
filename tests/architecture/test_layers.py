"""Features import downwards only: `lint-imports` checks the layers, these tests that the layers are complete."""

import ast
import re
import tomllib
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from typing import Any

import pytest

SERVICES = ("agreements", "billing", "catalog", "clients", "gateway", "notifications")


@pytest.fixture(scope="module")
def layers(root) -> dict[str, list[str]]:
    """Returns the modules and folders in the layers of each service."""
    contracts = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return {
        contract["id"].removesuffix("-layers"): [name for layer in contract["layers"] for name in _names(layer)]
        for contract in contracts
        if contract["type"] == "layers"
    }


def _names(layer: str) -> list[str]:
    return [name for name in re.split(r"\s*[|:]\s*", layer) if name]


@pytest.mark.parametrize("service", SERVICES)
def test_every_module_is_in_a_layer(service, modules, layers):
    placed = tuple(layers[service])
    missing = [
        module.name
        for module in modules.values()
        if module.package == service
        and module.path.name != "__init__.py"
        and not any(module.name == name or module.name.startswith(f"{name}.") for name in placed)
    ]

    assert missing == [], "add them to the layers in pyproject.toml"


def test_no_files_import_each_other_in_a_circle(modules):
    files = {name: module for name, module in modules.items() if module.path.name != "__init__.py"}
    graph = {
        module.name: {name for name in _imported(module.tree) if name in files and name != module.name}
        for module in files.values()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def _imported(node: ast.AST) -> Iterator[str]:
    """Yields the imported names, except those for type checkers only."""
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)
    for child in ast.iter_child_nodes(node):
        yield from _imported(child)


def test_the_layers_are_read(layers: dict[str, Any]):
    assert set(layers) == set(SERVICES)
    assert {"billing.settling", "billing.invoice.models"} <= set(layers["billing"])
