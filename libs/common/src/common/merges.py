"""Following merges of clients, declared on the column; the statements that move the rows are made from it.

    client_id: Mapped[UUID] = mapped_column(info=FOLLOWS)

A following column also needs the trigger of `successors.follow` in a migration, so that facts that arrive late follow.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Table, and_, or_, select, update
from sqlalchemy.orm import DeclarativeBase, Mapper

from common.uow import UnitOfWork

CLIENT = "client_id"
_KEY = "merge"


@dataclass(frozen=True, slots=True)
class Rule:
    follows: bool
    announced: bool = False
    reason: str | None = None


FOLLOWS: dict[Any, Any] = {_KEY: Rule(follows=True)}
"""`info` of a column whose ids follow merges. Versions stay: replicas apply the same merge and so stay equal."""
ANNOUNCED: dict[Any, Any] = {_KEY: Rule(follows=True, announced=True)}
"""As FOLLOWS, but a moved row gets a new version, and `move` returns it to be announced."""


def stays(reason: str) -> dict[Any, Any]:
    """Returns the `info` of a column that does not follow by itself, with the reason."""
    return {_KEY: Rule(follows=False, reason=reason)}


def rule_of(column: Column[Any]) -> Rule | None:
    rule: Rule | None = column.info.get(_KEY)
    return rule


def following(table: Table) -> list[Column[Any]]:
    """Returns the columns of the table that follow merges."""
    return [column for column in table.columns if (rule := rule_of(column)) and rule.follows]


def move(
    work: UnitOfWork, base: type[DeclarativeBase], merged_id: UUID, into_id: UUID, rows: Collection[UUID] = ()
) -> list[Any]:
    """Moves all rows of the client `merged_id` to `into_id`, one statement per table; safe to repeat.

    Call it after `successors.remember`. `rows` are the replaced rate card rows. A table without a client of its own
    is reached through its parent, or by the replaced rows. Returns the moved objects to announce, by table and id.
    """
    moved: list[Any] = []
    for mapper, columns in _mapped(base):
        reached = _reached(mapper.local_table, columns, merged_id, rows)
        if reached is not None:
            # Writing a column runs the trigger that puts the successor in its place.
            values = {column.key: into_id if column.key == CLIENT else column for column in columns}
            announced = any(rule.announced for column in columns if (rule := rule_of(column)))
            write = _write_announced if announced else _write
            moved += write(work, mapper.class_, reached, values)
    return moved


def _write(work: UnitOfWork, model: type[Any], reached: ColumnElement[bool], values: dict[str, Any]) -> list[Any]:
    if hasattr(model, "updated_at"):
        values["updated_at"] = model.updated_at
    statement = update(model).where(reached).values(values)
    work.session.execute(statement, execution_options={"synchronize_session": False})
    return []


def _write_announced(
    work: UnitOfWork, model: type[Any], reached: ColumnElement[bool], values: dict[str, Any]
) -> list[Any]:
    values |= {"version": model.version + 1, "updated_at": work.now}
    statement = update(model).where(reached).values(values).returning(model)
    options = {"synchronize_session": False, "populate_existing": True}
    return sorted(work.session.scalars(statement, execution_options=options), key=lambda row: row.id)


def _mapped(base: type[DeclarativeBase]) -> Iterator[tuple[Mapper[Any], list[Column[Any]]]]:
    """Yields the mapped classes with following columns; a table before the tables that it is reached through."""
    mappers = {mapper.local_table: mapper for mapper in base.registry.mappers}
    for table in reversed(base.metadata.sorted_tables):
        if table in mappers and (columns := following(table)):
            yield mappers[table], columns


def _reached(
    table: Any, columns: list[Column[Any]], merged_id: UUID, rows: Collection[UUID]
) -> ColumnElement[bool] | None:
    """Returns the condition for the rows to move, or None if there are none."""
    if any(column.key == CLIENT for column in columns):
        of_client: ColumnElement[bool] = table.c[CLIENT] == merged_id
        return of_client
    if not rows:
        return None
    replaced = or_(*(column.in_(rows) for column in columns))
    for key in table.foreign_keys:
        parent = key.column.table
        if any(column.key == CLIENT for column in following(parent)):
            return and_(key.parent.in_(select(key.column).where(parent.c[CLIENT] == merged_id)), replaced)
    return replaced
