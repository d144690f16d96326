"""Tells whether files changed since something was made from them."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

_SKIPPED = {"__pycache__", "node_modules", "dist", ".git"}


def of_files(roots: Iterable[Path]) -> str:
    """From names, sizes and times: cheap enough to ask at every start. Not the same on another machine."""
    digest = hashlib.sha256()
    for path in _files(roots):
        status = path.stat()
        digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def of_contents(roots: Iterable[Path]) -> str:
    """From what is in the files: survives a fresh clone and a `git checkout` back and forth."""
    digest = hashlib.sha256()
    for path in _files(roots):
        digest.update(f"{path}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _files(roots: Iterable[Path]) -> Iterator[Path]:
    for root in roots:
        if root.is_file():
            yield root
        for folder, subfolders, names in os.walk(root):
            subfolders[:] = sorted(set(subfolders) - _SKIPPED)
            yield from (Path(folder) / name for name in sorted(names) if not name.endswith(".pyc"))
