"""Searches lists: each word of the query occurs in the row's texts, both folded in the same way.

The folding is `common.texts.folded` and the database function `folded`, which `install` creates. Large tables store
the folded text in a column (`search_text = column("name", "note")`) with a trigram index.
"""

from typing import Any

from sqlalchemy import ColumnElement, Computed, Index, and_, func, text
from sqlalchemy.orm import InstrumentedAttribute, MappedColumn, Session, mapped_column

from common.texts import LETTERS, MARKS, PAIRS, folded

MOST_WORDS = 8
_PLAIN = f"regexp_replace(lower(normalize($1, NFKD) COLLATE \"und-x-icu\"), '{MARKS}', '', 'g')"
_ASCII = "translate(lower($1), '`', '''')"


def install(op: Any) -> None:
    """Creates the function `folded` and the extension for trigram indexes, in a migration."""
    letters = [(one.replace("'", "''"), other.replace("'", "''")) for one, other in LETTERS.items()]
    folded_letters = f"translate({_PLAIN}, '{''.join(a for a, _ in letters)}', '{''.join(b for _, b in letters)}')"
    for pair, two in PAIRS.items():
        folded_letters = f"replace({folded_letters}, '{pair}', '{two}')"
    # Most texts are ASCII only, which is six times as fast.
    either = f"CASE WHEN octet_length($1) = length($1) THEN {_ASCII} ELSE normalize({folded_letters}, NFC) END"
    body = rf"SELECT btrim(regexp_replace({either}, '\s+', ' ', 'g'))"
    function = "CREATE OR REPLACE FUNCTION folded(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE"
    op.get_bind().exec_driver_sql(f"{function} AS $folded$ {body} $folded$")
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")


def uninstall(op: Any) -> None:
    op.execute("DROP FUNCTION IF EXISTS folded(text)")


def stored(*columns: str) -> str:
    """Returns the expression of a computed column: the columns' folded texts in one."""
    texts = " || ' ' || ".join(f"COALESCE({column}, '')" for column in columns)
    return f"folded({texts})"


def column(*columns: str) -> MappedColumn[str]:
    """Returns the column `search_text` of a model, which the database keeps."""
    return mapped_column(Computed(stored(*columns), persisted=True), deferred=True)


def index(table: str) -> Index:
    """Returns the index that finds parts of words in the table's `search_text`."""
    ops = {"search_text": "gin_trgm_ops"}
    return Index(f"ix_{table}_search_text", "search_text", postgresql_using="gin", postgresql_ops=ops)


def expression_index(table: str, *columns: str) -> Index:
    """Returns an index on the expression, for tables that can't have a computed column, for example because a trigger
    compares rows before the column is computed. Search it with `matching(literal_column(stored(…)), q)`."""
    return Index(f"ix_{table}_search_text", text(f"({stored(*columns)}) gin_trgm_ops"), postgresql_using="gin")


def words(q: str) -> list[str]:
    return folded(q).split()[:MOST_WORDS]


def matching(column: InstrumentedAttribute[str] | ColumnElement[str], q: str) -> ColumnElement[bool]:
    """Returns the condition that every word of `q` occurs in a column of folded text."""
    return and_(True, *(column.contains(word, autoescape=True) for word in words(q)))


def naming(columns: tuple[Any, ...], q: str) -> ColumnElement[bool]:
    """Returns the same condition for columns of a small table, which are folded when they are read."""
    return matching(func.folded(func.concat_ws(" ", *columns)), q)


def plan_each_anew(session: Session) -> None:
    """Makes PostgreSQL plan the search for this text, because a generic plan doesn't know how rare it is."""
    session.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
