"""Reading a database dump as text, whatever stands in its values."""

import gzip
from contextlib import suppress
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.importing.itflow import dump
from common.errors import Invalid

HEAD = """-- MariaDB dump 10.19  Distrib 10.11.6-MariaDB
/*!40101 SET NAMES utf8mb4 */;
DROP TABLE IF EXISTS `tags`;
CREATE TABLE `tags` (
  `tag_id` int(11) NOT NULL AUTO_INCREMENT,
  `tag_name` varchar(200) NOT NULL DEFAULT 'a;b',
  PRIMARY KEY (`tag_id`),
  KEY `tag_name` (`tag_name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='it''s; fine';
LOCK TABLES `tags` WRITE;
/*!40000 ALTER TABLE `tags` DISABLE KEYS */;
"""
WANTED = frozenset({"tags"})


def quoted(text: str) -> str:
    """As mysqldump writes a string."""
    escapes = {"\\": "\\\\", "'": "\\'", '"': '\\"', "\n": "\\n", "\r": "\\r", "\0": "\\0", "\x1a": "\\Z"}
    return "'" + "".join(escapes.get(letter, letter) for letter in text) + "'"


def read(body: str) -> dump.Table:
    return dump.read((HEAD + body).encode(), WANTED)["tags"]


def test_rows_of_a_table_by_column():
    odd = "'O''Neil -- no comment; \\'quoted\\' ) , ('"
    table = read(f"INSERT INTO `tags` VALUES (1,'VIP'),(2,NULL),\n(3,{odd});\nUNLOCK TABLES;")

    assert table.columns == ["tag_id", "tag_name"]
    assert table.rows == [
        {"tag_id": "1", "tag_name": "VIP"},
        {"tag_id": "2", "tag_name": None},
        {"tag_id": "3", "tag_name": "O'Neil -- no comment; 'quoted' ) , ("},
    ]


def test_a_column_list_of_its_own_as_phpmyadmin_writes_it():
    table = read("INSERT INTO `tags` (`tag_name`, `tag_id`) VALUES\n('Gold', 7),\n('Silver', 8);\n")

    assert [(row["tag_id"], row["tag_name"]) for row in table.rows] == [("7", "Gold"), ("8", "Silver")]


def test_other_tables_are_only_named():
    tricky = "INSERT INTO `logs` VALUES (1,'; INSERT INTO `tags` VALUES (9,9);');\n"
    found = dump.read((HEAD + "INSERT INTO `tags` VALUES (1,'x');\n" + tricky).encode(), WANTED)

    assert sorted(found) == ["logs", "tags"]
    assert found["logs"].rows == []
    assert [row["tag_id"] for row in found["tags"].rows] == ["1"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=20))
def test_every_text_comes_back_as_it_was(texts):
    values = ",".join(f"({number},{quoted(text)})" for number, text in enumerate(texts))

    assert [row["tag_name"] for row in read(f"INSERT INTO `tags` VALUES {values};\n").rows] == texts


@given(st.binary(max_size=400))
def test_garbage_is_refused_or_read_but_never_crashes(data):
    with suppress(Invalid):
        dump.read(data, WANTED)


def test_a_compressed_dump():
    body = (HEAD + "INSERT INTO `tags` VALUES (1,'x');").encode()

    assert len(dump.read(gzip.compress(body), WANTED)["tags"].rows) == 1


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not a database dump"),
        (b"name,currency\nAcme,USD\n", "cut off"),
        ((HEAD + "INSERT INTO `tags` VALUES (1,'x'),(2,").encode(), "not readable"),
        ((HEAD + "INSERT INTO `tags` VALUES (1,'x')").encode(), "cut off"),
        ((HEAD + "INSERT INTO `tags` VALUES (1,'x',3);").encode(), "3 values for 2 columns"),
        ((HEAD + "INSERT INTO `tags` VALUES (1,'caf\u00e9');").encode("latin-1"), "UTF-8"),
        (b"INSERT INTO `tags` VALUES (1,'x');", "before its column names"),
        (gzip.compress(HEAD.encode())[:-9], "damaged"),
    ],
)
def test_what_is_no_dump_is_said_with_its_line(data, says):
    with pytest.raises(Invalid) as refused:
        dump.read(data, WANTED)

    assert says in refused.value.errors["file"][0]


def test_a_small_archive_does_not_become_a_huge_text(monkeypatch):
    monkeypatch.setattr(dump, "MOST_TEXT", 1 << 20)

    with pytest.raises(Invalid, match="fields are not valid"):
        dump.read(gzip.compress(b"-" * (1 << 22)), WANTED)


def test_a_hostile_dump_takes_linear_time():
    started = perf_counter()

    with pytest.raises(Invalid):
        dump.read((HEAD + "INSERT INTO `logs` VALUES (" + "'a\\'" * 200_000).encode(), WANTED)

    assert perf_counter() - started < 5
