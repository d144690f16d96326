"""Writes many aggregates in few statements; a flush would send a statement for each row."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table, bindparam, inspect, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.sql.schema import CallableColumnDefault, ScalarElementColumnDefault

from common.clock import now
from common.db import Aggregate


def add_all(session: Session, made: Iterable[Any]) -> None:
    """Adds new objects with their defaults filled in, so that the flush need not read them back."""
    for thing in made:
        state = inspect(thing)
        for name, column in state.mapper.columns.items():
            if name not in state.dict and isinstance(
                column.default, ScalarElementColumnDefault | CallableColumnDefault
            ):
                value: Any = column.default.arg
                setattr(thing, name, value({}) if callable(value) else value)
        session.add(thing)


def write_changes(session: Session, aggregates: Iterable[Aggregate]) -> None:
    """Writes changed aggregates as a flush does: columns, version and `updated_at`. Raises StaleDataError.

    Unchanged and new aggregates are skipped; duplicates are written once.
    """
    sorts: dict[tuple[type[Aggregate], frozenset[str]], list[tuple[Aggregate, dict[str, Any]]]] = defaultdict(list)
    for aggregate in {id(each): each for each in aggregates}.values():
        if changes := _changes(aggregate):
            changes.setdefault("updated_at", now())
            sorts[type(aggregate), frozenset(changes)].append((aggregate, changes))
    for (kind, names), changed in sorts.items():
        _write(session, kind, names, changed)


def _changes(aggregate: Aggregate) -> dict[str, Any]:
    state = inspect(aggregate)
    if not state.persistent:
        return {}
    columns = state.mapper.column_attrs.keys()
    return {name: state.dict[name] for name in state.committed_state if name in columns and name in state.dict}


def _write(
    session: Session, kind: type[Aggregate], names: frozenset[str], changed: list[tuple[Aggregate, dict[str, Any]]]
) -> None:
    table = inspect(kind).local_table
    assert isinstance(table, Table)
    statement = (
        update(table)
        .where(table.c.id == bindparam("its_id"), table.c.version == bindparam("its_version"))
        .values({name: bindparam(f"new_{name}") for name in sorted(names)} | {"version": table.c.version + 1})
    )
    rows = [
        {"its_id": aggregate.id, "its_version": aggregate.version}
        | {f"new_{name}": value for name, value in changes.items()}
        for aggregate, changes in changed
    ]
    if session.connection().execute(statement, rows).rowcount != len(rows):
        raise StaleDataError(f"some of {len(rows)} rows of {table.name} were changed by someone else")
    for aggregate, changes in changed:
        for name, value in {**changes, "version": aggregate.version + 1}.items():
            set_committed_value(aggregate, name, value)
