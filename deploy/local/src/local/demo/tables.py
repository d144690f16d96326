"""Writes CSV for the API's imports."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any


def written(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Returns CSV with the columns of all rows; missing values are empty, lists and objects are JSON."""
    lines = list(rows)
    columns = list(dict.fromkeys(column for line in lines for column in line))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows({column: _cell(value) for column, value in line.items()} for line in lines)
    return text.getvalue().encode()


def _cell(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, (dict, list)) else value
