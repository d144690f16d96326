"""Results too large to hold: read through a cursor on the server, a portion at a time."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

Entity = TypeVar("Entity")


def portions(session: Session, statement: Select[Entity], size: int = 500) -> Iterator[Sequence[Entity]]:
    """Every row of a SELECT of one entity, `selectinload` included, for each portion once. No joined collections."""
    yield from session.scalars(statement.execution_options(yield_per=size)).partitions()
