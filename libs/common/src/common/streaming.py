"""Reads large results in portions through a cursor on the server."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

Entity = TypeVar("Entity")


def portions(session: Session, statement: Select[Entity], size: int = 500) -> Iterator[Sequence[Entity]]:
    """Yields the rows of a SELECT of one entity in portions. Supports `selectinload`, but no joined collections."""
    yield from session.scalars(statement.execution_options(yield_per=size)).partitions()
