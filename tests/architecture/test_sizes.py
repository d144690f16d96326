"""Limits the sizes of files and functions; prints the medians."""

import ast
from pathlib import Path
from statistics import median

import pytest

LONGEST_FILE, LONGEST_FUNCTION = 400, 60
CODE = {".py", ".ts", ".tsx"}
GENERATED = ("services/gateway/web/src/api/gen/",)
MIGRATIONS = "/migrations/versions/"


@pytest.fixture(scope="module")
def files(committed, root) -> dict[str, Path]:
    """Returns handwritten files by name in the tree."""
    named = {str(path.relative_to(root)): path for path in committed if path.suffix in CODE}
    return {name: path for name, path in named.items() if not name.startswith(GENERATED) and MIGRATIONS not in name}


@pytest.fixture(scope="module")
def functions(files) -> dict[str, int]:
    """Returns lines by "file:line name" for every Python function, without decorators."""
    found = {}
    for name, path in files.items():
        if path.suffix != ".py":
            continue
        for node in ast.walk(ast.parse(path.read_text(), name)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found[f"{name}:{node.lineno} {node.name}"] = (node.end_lineno or node.lineno) - node.lineno + 1
    return found


def test_no_file_is_too_long(files, capsys):
    lines = {name: len(path.read_text().splitlines()) for name, path in files.items()}
    _report(capsys, "file", list(lines.values()))

    assert {name: count for name, count in lines.items() if count > LONGEST_FILE} == {}


def test_no_function_is_too_long(functions, capsys):
    _report(capsys, "function", list(functions.values()))

    assert {name: count for name, count in functions.items() if count > LONGEST_FUNCTION} == {}


def _report(capsys, what: str, sizes: list[int]) -> None:
    ordered = sorted(sizes)
    p90 = ordered[len(ordered) * 9 // 10]
    with capsys.disabled():
        print(f"\n{len(sizes)} {what}s: median {median(sizes):.0f} lines, p90 {p90}, longest {ordered[-1]}")
