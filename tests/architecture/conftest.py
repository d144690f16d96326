"""The sources, read once: every Python file with its syntax tree."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("agreements", "billing", "catalog", "clients", "gateway", "notifications")
SOURCES = {"common": ROOT / "libs/common/src", "local": ROOT / "deploy/local/src"} | {
    name: ROOT / "services" / name / "src" for name in SERVICES
}


@dataclass(frozen=True)
class Module:
    """A module with its `name` as imported: "billing.invoice.numbering"."""

    name: str
    path: Path

    @property
    def package(self) -> str:
        return self.name.split(".", 1)[0]

    @property
    def feature(self) -> str | None:
        """Returns the folder inside the service, such as "invoice", or None for a module outside features."""
        parts = self.name.split(".")
        return parts[1] if len(parts) > 2 else None

    @property
    def where(self) -> str:
        return str(self.path.relative_to(ROOT))

    @cached_property
    def tree(self) -> ast.Module:
        source = self.path.read_text()
        try:
            return ast.parse(source, str(self.path))
        except SystemError:  # Python 3.11 miscounts its depth when another thread parses, as tracebacks do
            return ast.parse(source, str(self.path))

    @cached_property
    def imports(self) -> set[str]:
        """Returns full names: "from a.b import c" is both `a.b` and `a.b.c`, whether c is a module or not."""
        return {name for node in ast.walk(self.tree) for name in _imported(node)}


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def modules() -> dict[str, Module]:
    """Returns all modules of all packages by name."""
    found = {}
    for package, source in SOURCES.items():
        for path in sorted((source / package).rglob("*.py")):
            name = ".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__")
            found[name] = Module(name, path)
    return found


@pytest.fixture(scope="session")
def committed() -> list[Path]:
    """Returns every file under version control."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    paths = (ROOT / name.decode() for name in listed.stdout.split(b"\0") if name)
    return [path for path in paths if path.is_file() and not path.is_symlink()]
