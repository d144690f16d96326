"""Renders PDFs with Typst, one at a time in a process."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

import orjson
import typst

from common.config import FONT_FOLDERS

PDF = "application/pdf"

_compiler: Any = None
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
    global _compiler  # noqa: PLW0603 - loading fonts takes a second, compiling milliseconds
    with _one_at_a_time:
        if _compiler is None:
            folders = [Path(folder) for folder in font_folders if Path(folder).is_dir()]
            fonts = typst.Fonts(include_system_fonts=False, font_paths=folders)
            _compiler = typst.Compiler(font_paths=fonts, ignore_system_fonts=True)
        made = _compiler.compile(
            template.read_bytes(),
            format="pdf",
            sys_inputs={"data": orjson.dumps(data).decode()},
            timestamp=int(made_at.timestamp()),
        )
    assert isinstance(made, bytes)
    return made
