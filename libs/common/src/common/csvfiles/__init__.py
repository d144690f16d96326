"""Tables as CSV files: `read` takes what spreadsheets write, `write` gives what they cannot mistake for formulas."""

from common.csvfiles.reading import Row, read
from common.csvfiles.writing import write

__all__ = ["Row", "read", "write"]
