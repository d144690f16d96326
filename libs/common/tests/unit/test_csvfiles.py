"""CSV: every spelling spreadsheets have, a clear sentence for everything else, and back what was written."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common import csvfiles
from common.errors import Invalid

COLUMNS = ("name", "default_rate", "notes")
HEADER = b"name,default_rate,notes\n"


def refused(data: bytes, **options: object) -> str:
    with pytest.raises(Invalid) as raised:
        csvfiles.read(data, COLUMNS, **options)  # type: ignore[arg-type]
    return " ".join(raised.value.errors["file"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_spreadsheets_write(encoding, delimiter, end):
    text = delimiter.join(["Default Rate", " NAME ", "notes"]) + end + delimiter.join(["1", "Zoë", "x"]) + end
    (row,) = csvfiles.read(text.encode(encoding), COLUMNS)
    assert (row.number, row.values, row.errors) == (2, {"name": "Zoë", "default_rate": "1", "notes": "x"}, {})


def test_rows_are_numbered_as_a_spreadsheet_does():
    data = HEADER + b'"two\nlines",1,\n\n,,\nlast,2,\n'
    assert [(row.number, row.values["name"]) for row in csvfiles.read(data, COLUMNS)] == [
        (2, "two\nlines"),
        (5, "last"),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \r\n\r\n", "empty"),
        (HEADER + b"ok,1,\nZo\xeb,1,\n", "byte 33 (0xEB), in line 3"),
        ("name\nx".encode("utf-16-le"), "NUL character"),
        (HEADER + b"a\x00b,1,\n", "Line 2 has a NUL"),
        (b"PK\x03\x04rest", "spreadsheet file"),
        (b"\xff\xfea", "UTF-16"),
        (b"name,colour\nx,y\n", 'Unknown column "colour"'),
        (b"name,Name\nx,y\n", 'Duplicate column "name"'),
        (b"notes\nx\n", 'Missing column "name"'),
        (b"notes\nx\n", "Expected columns: name, default_rate, notes"),
        (HEADER + b'"open,1,\n', "Line 2 is not valid CSV"),
        (HEADER + b'"a"b,1,\n', "Line 2 is not valid CSV"),
    ],
)
def test_what_is_no_such_table_is_said(data, said):
    assert said in refused(data, required=("name",))


def test_a_row_with_other_cells_than_the_header_is_that_rows_mistake():
    few, many, right = csvfiles.read(
        b"name,notes,default_rate\na,x\nb,x,1,y\nc,x,1\n", COLUMNS, required=["name", "default_rate"]
    )
    assert few.errors == {"_row": ['Has 2 cells, but the header has 3: "default_rate" is missing.']}
    assert many.errors == {"_row": ["Has 4 cells, but the header has 3. Quote cells that contain the separator."]}
    assert right.errors == {}


def test_optional_cells_may_be_missing_at_the_end_and_empty_ones_too_many():
    few, many = csvfiles.read(HEADER + b"a\nb,1,x,, \n", COLUMNS, required=["name"])
    assert (few.values, few.errors) == ({"name": "a", "default_rate": "", "notes": ""}, {})
    assert (many.values, many.errors) == ({"name": "b", "default_rate": "1", "notes": "x"}, {})


@pytest.mark.parametrize("separator", [";", ",", "\t", "|", ":"])
@pytest.mark.parametrize("quote", ["", '"'])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_first_line_may_name_the_separator(separator, quote, end, encoding):
    lines = [f"{quote}sep={separator}{quote}", separator.join(["name", "notes"]), separator.join(["Zoë", "x,y;z"])]
    lines[2] = separator.join(["Zoë", '"x,y;z"'])
    (row,) = csvfiles.read(end.join(lines).encode(encoding), COLUMNS)
    assert (row.number, row.values) == (2, {"name": "Zoë", "notes": "x,y;z"})


def test_a_line_that_is_no_csv_counts_the_line_that_names_the_separator():
    assert "Line 3 is not valid CSV" in refused(b'sep=,\nname\n"open\n')


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=20), st.sampled_from(",;\t|"))
def test_every_row_that_goes_in_comes_out(names, separator):
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=separator)
    writer.writerows([["name", "notes"], *([f"n{name}", "x"][: 1 + len(name) % 2] for name in names)])
    if "\x00" in buffer.getvalue():
        return
    rows = csvfiles.read(f"sep={separator}\r\n{buffer.getvalue()}".encode(), COLUMNS, required=["name"])
    assert [row.number for row in rows] == list(range(2, len(names) + 2))
    assert not any(row.errors for row in rows)


def test_columns_without_a_name_must_be_empty():
    empty, filled = csvfiles.read(b"name,\nx,\ny,z\n", COLUMNS)
    assert empty.errors == {}
    assert empty.values == {"name": "x"}
    assert filled.errors == {"_row": ["Has a value in a column without a name."]}


def test_further_columns_keep_their_spelling():
    (row,) = csvfiles.read(b"name,cf:SLA Level\nx,gold\n", COLUMNS, more=lambda name: name.startswith("cf:"))
    assert row.values == {"name": "x", "cf:SLA Level": "gold"}


def test_too_many_rows_are_refused():
    assert len(csvfiles.read(HEADER + b"a,1,\n" * 3, COLUMNS, most_rows=3)) == 3
    assert "more than 3 rows" in refused(HEADER + b"a,1,\n" * 4, most_rows=3)


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1-2", "-2+3", "@SUM(A1)", "|cmd", "\tx", "＝1", "=HYPERLINK(1)", "+1 345 949"]
)
def test_no_cell_is_a_formula(cell):
    written = b"".join(csvfiles.write(["name"], [{"name": cell}])).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(written, newline="")))[1] == [f"'{cell}"]


@pytest.mark.parametrize("cell", ["-5", "+5", "-1,234.50", "0.00", "text", "'tis", "a=b"])
def test_plain_numbers_and_texts_stay_as_they_are(cell):
    written = b"".join(csvfiles.write(["name"], [{"name": cell}])).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(written, newline="")))[1] == [cell]


def test_values_become_texts():
    row = {"name": None, "default_rate": Decimal("1E+2"), "notes": True}
    assert b"".join(csvfiles.write(COLUMNS, [row])).splitlines()[1] == b",100,yes"


texts = st.text(
    st.characters(exclude_characters="\x00", exclude_categories=["Cs"]) | st.sampled_from("'=+-@,;\t\"\r\n|%＝1"),
    max_size=12,
).filter(lambda text: text == text.strip())


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, texts)), max_size=8))
def test_read_gives_back_what_was_written(rows):
    rows = [row for row in rows if any(row.values())]
    written = b"".join(csvfiles.write(COLUMNS, rows))
    assert [row.values for row in csvfiles.read(written, COLUMNS)] == rows


def test_it_is_written_in_portions():
    rows = ({"name": "x" * 1000} for _ in range(500))
    pieces = list(csvfiles.write(["name"], rows))
    assert len(pieces) > 5
    assert max(map(len, pieces)) < 40_000
