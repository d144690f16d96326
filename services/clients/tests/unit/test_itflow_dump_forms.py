"""Every row of a dump comes back in whatever form it was dumped, or the dump is refused with the line."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.importing.itflow import dump
from common.errors import Invalid

HEAD = "-- MariaDB dump\nCREATE TABLE `tags` (\n  `tag_id` int(11) NOT NULL,\n  `tag_name` varchar(200)\n);\n"
WANTED = frozenset({"tags"})
BACKSLASHED = {"\\": "\\\\", "'": "\\'", '"': '\\"', "\n": "\\n", "\r": "\\r", "\0": "\\0", "\x1a": "\\Z"}

GAPS = [" ", "\n", "\t ", " /* it's; (a) gap */ ", " -- don't;\n", "\r\n", " # 'x\n", " /*!40000 x */ "]
HEADS = [
    "INSERT{}INTO", "INSERT{}IGNORE{}INTO", "INSERT", "REPLACE{}INTO", "insert{}low_priority{}ignore{}into",
    "INSERT{}DELAYED{}INTO", "Replace{}Delayed{}Into", "INSERT{}HIGH_PRIORITY{}INTO", "INSERT  IGNORE  INTO",
]  # fmt: skip
TABLES = ["`tags`", "tags", '"tags"', "`itflow`.`tags`", "itflow.tags", "`it flow`{}.{}`tags`", "TAGS"]
LISTS = [
    "", "(`tag_id`,{}`tag_name`)", "({}tag_id{},tag_name{})", '("tag_id", "tag_name")', "(tags.tag_id,tag_name)",
]  # fmt: skip
ENDS = [
    "", "{}", "{}ON{}DUPLICATE{}KEY{}UPDATE `tag_name`=VALUES(`tag_name`)",
    " AS new ON DUPLICATE KEY UPDATE tag_name=';'",
]  # fmt: skip
BETWEEN = [
    "", "-- it's a comment\n", "ALTER TABLE x -- it's\n ADD y;\n", "UPDATE x SET y = 'a;b' /* ; ' */;",
    "/*!40000 z */;\n", "SET @a = 1;", "INSERT INTO logs VALUES (1,'; INSERT INTO tags VALUES (9,9);');",
    "DELIMITER ;;\nCREATE TRIGGER a BEGIN INSERT INTO tags VALUES (7,'it''s'); END;;\nDELIMITER ;\n",
]  # fmt: skip
FORMS = ["backslashed", "doubled", "double quotes", "0x", "x'", "_binary"]
TEXTS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def spelled(text: str | None, form: str) -> str:
    """A value in one of the forms that dump programs write."""
    if text is None:
        return "NULL"
    if form == "doubled":
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
    if form == "double quotes":
        return '"' + text.replace("\\", "\\\\").replace('"', '""') + '"'
    if form in ("0x", "x'"):
        digits = text.encode().hex()
        return f"0x{digits}" if form == "0x" else f"X'{digits}'"
    plain = "'" + "".join(BACKSLASHED.get(letter, letter) for letter in text) + "'"
    return f"_binary {plain}" if form == "_binary" else plain


@given(st.data(), st.lists(st.lists(TEXTS, min_size=1, max_size=4), max_size=5))
def test_every_row_comes_back(data, statements):
    def one(choices: list[str]) -> str:
        return re.sub(r"\{\}", lambda _: data.draw(st.sampled_from(GAPS)), data.draw(st.sampled_from(choices)))

    expected: list[tuple[str, str | None]] = []
    body = ""
    for texts in statements:
        numbered = [(str(len(expected) + at), text) for at, text in enumerate(texts)]
        expected += numbered
        cells = [(number, spelled(text, one(FORMS))) for number, text in numbered]
        body += one(BETWEEN)
        if data.draw(st.booleans()):
            rows = one([",{}"]).join(
                f"({one(['{}'])}{number}{one(['{}'])},{one(['{}'])}{cell})" for number, cell in cells
            )
            body += one(HEADS) + one(["{}"]) + one(TABLES) + one(["{}"]) + one(LISTS) + " "
            body += one(["VALUES", "VALUE", "values"]) + one(["{}"]) + rows + one(ENDS) + ";"
        else:
            for number, cell in cells:
                body += one(HEADS) + one(["{}"]) + one(TABLES) + one(["{}SET{}"])
                body += f"tag_id{one(['{}'])}={number}{one([',{}'])}`tag_name`= {cell}{one(ENDS)};"
        body += one(["", "\n", " \r\n"])
    encoded = (HEAD + body).encode(one(["utf-8", "utf-8-sig", "utf-16"]))

    rows = dump.read(encoded, WANTED)["tags"].rows

    assert [(row["tag_id"], row["tag_name"]) for row in rows] == expected


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO tags SELECT * FROM x;",
        "INSERT INTO tags TABLE x;",
        "INSERT INTO tags (tag_id) SELECT 1;",
        "INSERT INTO tags PARTITION (p0) VALUES (1,'x');",
        "INSERT INTO tags VALUES (1,NOW());",
        "INSERT INTO tags VALUES (1,CONCAT('a','b'));",
        "INSERT INTO tags VALUES (1,'a' 'b');",
        "INSERT INTO tags VALUES (1,DEFAULT);",
        "INSERT INTO tags VALUES (1,@name);",
        "INSERT INTO tags VALUES (1+1,'x');",
        "INSERT INTO tags VALUES (1,'x') WHERE 1;",
        "INSERT INTO tags VALUES (1,'x') (2,'y');",
        "INSERT INTO tags SET tag_id;",
        "INSERT INTO tags;",
        "INSERT;",
        "REPLACE tags;",
        "/*!50000 INSERT INTO tags VALUES (1,'x') */;",
        "DELIMITER //\nINSERT INTO tags VALUES (1,'x')//\nDELIMITER ;",
    ],
)
def test_a_statement_that_adds_rows_is_never_passed_over(statement):
    with pytest.raises(Invalid) as refused:
        dump.read(f"{HEAD}\n{statement}\n".encode(), WANTED)

    assert re.match(r"Line [78] of the dump: ", refused.value.errors["file"][0]), refused.value.errors


@pytest.mark.parametrize(
    "create",
    [
        "CREATE TABLE tags (tag_id int(11), tag_name enum('a,b','c)') default 'x', key k (tag_name(5)));",
        'CREATE TABLE IF NOT EXISTS itflow.tags (\n"tag_id" int, -- it\'s\n"tag_name" text, UNIQUE (tag_id));',
        "create  temporary table `tags`(`tag_id` decimal(10,2) /* a, b */,`tag_name` text, CHECK (1 > 0));",
    ],
)
def test_columns_are_known_however_the_table_is_created(create):
    found = dump.read(f"{create} INSERT INTO tags VALUES (1,'x');".encode(), WANTED)

    assert found["tags"].rows == [{"tag_id": "1", "tag_name": "x"}]
