"""The rows of a report as a PDF: the same figures as its CSV file."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from common.errors import Conflict
from common.pdf.letterhead import logo_of, noon, seller_of
from common.pdf.rendering import render
from common.pdf.wrapping import breakable
from common.uow import UnitOfWork

TEMPLATE = Path(__file__).with_name("report.typ")
MOST_ROWS = 2000
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def made_of(
    work: UnitOfWork, title: str, headings: Mapping[str, str], rows: Iterable[Mapping[str, str]]
) -> Iterator[bytes]:
    """Yields the PDF. `headings` names the columns and gives their order. Raises Conflict for too many rows."""
    shown = [[row[name] for name in headings] for row in islice(rows, MOST_ROWS + 1)]
    if len(shown) > MOST_ROWS:
        raise Conflict(f"The report has more than {MOST_ROWS:,} rows. Choose fewer with the filters, or export CSV.")
    columns = [
        {"name": heading, "is_figure": any(row[at] for row in shown) and all(_is_figure(row[at]) for row in shown)}
        for at, heading in enumerate(headings.values())
    ]
    data = {"title": title, "made_on": work.today.isoformat(), "columns": columns, "rows": shown} | seller_of(work)
    yield render(TEMPLATE, breakable(data) | logo_of(work), noon(work.today), work.settings.font_folders)


def _is_figure(text: str) -> bool:
    return not text or NUMBER.fullmatch(text) is not None
