"""Reads all rows of an entity in portions, with commits in between."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

PORTION = 500

Entity = TypeVar("Entity")


def keyset(
    session: Session, statement: Select[Entity], *keys: InstrumentedAttribute[Any], size: int | None = None
) -> Iterator[Sequence[Entity]]:
    """Yields the rows of a SELECT of one entity in the order of its `keys`, which are unique together.

    Each portion is a separate query, so the caller can commit and release its rows in between.
    """
    size = size or PORTION
    ordered = statement.order_by(*keys).limit(size)
    last: tuple[Any, ...] | None = None
    while True:
        portion = session.scalars(ordered.where(tuple_(*keys) > last) if last else ordered).all()
        if portion:
            yield portion
        if len(portion) < size:
            return
        last = tuple(getattr(portion[-1], key.key) for key in keys)
