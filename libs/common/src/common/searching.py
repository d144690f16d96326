"""Searching lists: every word that is asked for occurs in the row's texts, both folded alike.

`common.texts.folded` is the one folding; the database has it as the function `folded`, which `install` makes. Tables
that grow keep the folded text in a column (`search_text = column("name", "note")`) with a trigram index.
"""

from typing import Any

from sqlalchemy import ColumnElement, Computed, Index, and_, func, text
from sqlalchemy.orm import InstrumentedAttribute, MappedColumn, Session, mapped_column

from common.texts import LETTERS, MARKS, PAIRS, folded

MOST_WORDS = 8
_PLAIN = f"regexp_replace(lower(normalize($1, NFKD) COLLATE \"und-x-icu\"), '{MARKS}', '', 'g')"
_ASCII = "translate(lower($1), '`', '''')"


def install(op: Any) -> None:
    """For a migration: makes the function `folded` and the extension that indexes parts of words."""
    letters = [(one.replace("'", "''"), other.replace("'", "''")) for one, other in LETTERS.items()]
    folded_letters = f"translate({_PLAIN}, '{''.join(a for a, _ in letters)}', '{''.join(b for _, b in letters)}')"
    for pair, two in PAIRS.items():
        folded_letters = f"replace({folded_letters}, '{pair}', '{two}')"
    # Most texts are ASCII alone, and so read six times as fast.
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
    """Returns the index for a table that a column kept by the database would not suit, such as one whose rows a trigger
    compares before that column is worked out; `matching` takes `literal_column(stored(…))` then."""
    return Index(f"ix_{table}_search_text", text(f"({stored(*columns)}) gin_trgm_ops"), postgresql_using="gin")


def words(q: str) -> list[str]:
    return folded(q).split()[:MOST_WORDS]


def matching(column: InstrumentedAttribute[str] | ColumnElement[str], q: str) -> ColumnElement[bool]:
    """Returns the condition that every word of `q` occurs in a column of folded text."""
    return and_(True, *(column.contains(word, autoescape=True) for word in words(q)))


def naming(columns: tuple[Any, ...], q: str) -> ColumnElement[bool]:
    """Returns the same for the columns of a short table, which are folded as they are read."""
    return matching(func.folded(func.concat_ws(" ", *columns)), q)


def plan_each_anew(session: Session) -> None:
    """Has the search planned for this `q`: a plan for any `q` does not know that this one is rare."""
    session.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
