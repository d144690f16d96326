"""The importer's files: every row is read or refused with its line; ambiguous numbers are refused."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.api import Api
from local.importer.session import Session
from local.importer.sheets import COLUMNS, Row, RowError, SheetError, read

NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).map(lambda name: f"n{name}")


@given(names=st.lists(NAMES, min_size=1, max_size=20), short=st.integers(0, 3))
def test_every_row_of_a_file_is_there_with_its_number(tmp_path_factory, names, short):
    folder = tmp_path_factory.mktemp("rows")
    with (folder / "services.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS["services.csv"])
        writer.writerows([name, "", "10.00", ""][: 4 - short] for name in names)

    rows = read(folder)["services.csv"]

    assert [row.line for row in rows] == list(range(2, len(names) + 2))
    assert [bool(row.errors) for row in rows] == [short > 1] * len(names), "only the rate may not be left out"


def one(folder: Path, **cells: str) -> Row:
    name = "services.csv"
    (folder / name).write_text(f"sep=;\n{';'.join(COLUMNS[name])}\n{';'.join(cells.get(c, '') for c in COLUMNS[name])}")
    return read(folder)[name][0]


def test_a_row_without_a_needed_cell_says_which(tmp_path):
    (tmp_path / "services.csv").write_text(f"{','.join(COLUMNS['services.csv'])}\nMonitoring,\n")
    with pytest.raises(RowError, match='"default_rate" is missing'):
        read(tmp_path)["services.csv"][0].check()


def test_a_file_without_a_column_is_refused(tmp_path):
    (tmp_path / "services.csv").write_text("name,default_rate\nMonitoring,10\n")
    with pytest.raises(SheetError, match="description, category is missing"):
        read(tmp_path)


@pytest.mark.parametrize("text", ["12,5", "1,250", "1_0", "1e3", "NaN", "１２"])
def test_a_number_that_could_be_another_is_refused(tmp_path, text):
    row = one(tmp_path, name="Monitoring", default_rate=text)
    with pytest.raises(RowError, match=r"default_rate: .* (has a comma|is not a number)"):
        row.number("default_rate")
    with pytest.raises(RowError, match="is not a whole number"):
        row.whole_number("default_rate")


def test_thousands_are_read(tmp_path):
    assert one(tmp_path, name="Monitoring", default_rate="1,250.00").number("default_rate") == "1250.00"


def test_a_bad_row_is_counted_and_the_next_one_follows():
    session = Session(Api("http://nowhere.example"), quiet=True)
    bad = Row("services.csv", 3, {}, {"_row": ["Has 1 cells."]})

    session.each("services", [bad, Row("services.csv", 4, {"name": "A"})], lambda _, row: "created")

    assert session.counts["services"] == {"errors": 1, "created": 1}
    assert session.errors == ["services.csv:3: row: Has 1 cells."]
