"""Counts the pages of a PDF."""

from pathlib import Path
from tempfile import TemporaryDirectory

import typst

_SOURCE = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("document.pdf", page: int(sys.inputs.page))'


def pages_of(pdf: bytes, most: int) -> int | None:
    """Returns the number of pages, `most + 1` for any larger number, or None if the PDF cannot be read."""
    with TemporaryDirectory(prefix="evergreen-pdf-") as folder:
        (Path(folder) / "document.pdf").write_bytes(pdf)
        compiler = typst.Compiler(root=folder, ignore_system_fonts=True)
        if not _has(compiler, 1):
            return None
        first, last = 1, 2
        while last <= most and _has(compiler, last):
            first, last = last, last * 2
        last = min(last, most + 1)
        while last - first > 1:
            middle = (first + last) // 2
            first, last = (middle, last) if _has(compiler, middle) else (first, middle)
        return last if last == most + 1 and _has(compiler, last) else first


def _has(compiler: typst.Compiler, page: int) -> bool:
    try:
        compiler.compile(_SOURCE, format="pdf", sys_inputs={"page": str(page)})
    except typst.TypstError:
        return False
    return True
