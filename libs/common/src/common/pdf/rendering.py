"""Renders PDFs with Typst, one at a time in a process."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

import orjson
import typst

from common.config import FONT_FOLDERS

PDF = "application/pdf"

_one_at_a_time = Lock()


@dataclass(frozen=True)
class Rendered:
    """A PDF that is not kept."""

    name: str
    content: bytes
    media_type: str = PDF

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def render(
    template: Path, data: dict[str, Any], made_at: datetime, font_folders: Sequence[str] = FONT_FOLDERS
) -> bytes:
    """Returns PDF bytes. The same template, data, time and fonts return the same bytes."""
    with _one_at_a_time:
        return _compile(_compiler(tuple(font_folders)), template.read_bytes(), data, made_at)


def render_with_files(
    template: Path,
    data: dict[str, Any],
    made_at: datetime,
    files: Mapping[str, bytes],
    font_folders: Sequence[str] = FONT_FOLDERS,
) -> bytes:
    """Returns PDF bytes of a template that reads `files` by their names."""
    with TemporaryDirectory(prefix="evergreen-pdf-") as folder, _one_at_a_time:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        fonts = _fonts(tuple(font_folders))
        compiler = typst.Compiler(root=folder, font_paths=fonts, ignore_system_fonts=True)
        return _compile(compiler, template.read_bytes(), data, made_at)


@lru_cache(maxsize=1)
def _fonts(font_folders: tuple[str, ...]) -> Any:
    """Loads the fonts, which takes a second. Compiling takes milliseconds."""
    folders = [Path(folder) for folder in font_folders if Path(folder).is_dir()]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


@lru_cache(maxsize=1)
def _compiler(font_folders: tuple[str, ...]) -> Any:
    return typst.Compiler(font_paths=_fonts(font_folders), ignore_system_fonts=True)


def _compile(compiler: Any, source: bytes, data: dict[str, Any], made_at: datetime) -> bytes:
    made = compiler.compile(
        source,
        format="pdf",
        sys_inputs={"data": orjson.dumps(data).decode()},
        timestamp=int(made_at.timestamp()),
    )
    assert isinstance(made, bytes)
    return made
