"""Detects changes to files since a build."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

_SKIPPED = {"__pycache__", "node_modules", "dist", ".git"}


def of_files(roots: Iterable[Path]) -> str:
    """Returns a fast fingerprint from names, sizes and times. Differs between machines."""
    digest = hashlib.sha256()
    for path in _files(roots):
        status = path.stat()
        digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def of_contents(roots: Iterable[Path]) -> str:
    """Returns a fingerprint from file contents, which a fresh clone or `git checkout` does not change."""
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
