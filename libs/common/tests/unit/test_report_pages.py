"""Reports as PDFs: every row is printed, long names break, and too many rows are refused."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from common.config import FONT_FOLDERS
from common.errors import Conflict
from common.organisation.settings import Organisation
from common.pdf.counting import pages_of
from common.pdf.reports import MOST_ROWS, made_of

HEADINGS = {"name": "Name", "hours": "Hours"}


@pytest.fixture
def work() -> Any:
    settings = SimpleNamespace(font_folders=FONT_FOLDERS)
    return SimpleNamespace(organisation=Organisation(), settings=settings, today=date(2025, 11, 30))


def made(work: Any, count: int, name: str = "Acme") -> bytes:
    rows = ({"name": name, "hours": f"{number}.00"} for number in range(count))
    return b"".join(made_of(work, "Hours", HEADINGS, rows))


def test_a_report_without_rows_says_so_on_its_page(work):
    assert pages_of(made(work, 0), 5) == 1


def test_the_table_goes_on_over_pages_and_the_same_rows_have_the_same_bytes(work):
    pdf = made(work, 200)
    assert (pages_of(pdf, 20) or 0) > 3
    assert pdf == made(work, 200)


def test_a_name_of_300_characters_and_markup_stay_text(work):
    assert pages_of(made(work, 3, "W" * 290 + " #panic($_)"), 5) == 1


def test_too_many_rows_are_refused_with_the_number(work):
    with pytest.raises(Conflict, match="2,000 rows"):
        made(work, MOST_ROWS + 1)
