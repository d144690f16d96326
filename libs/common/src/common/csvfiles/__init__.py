"""CSV files: `read` accepts files of spreadsheet programs, `write` escapes cells they would read as formulas."""

from common.csvfiles.reading import Row, read
from common.csvfiles.writing import write

__all__ = ["Row", "read", "write"]
