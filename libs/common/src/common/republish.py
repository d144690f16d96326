"""Walking over everything a service owns, a portion at a time, in an order that commits in between do not disturb."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

PORTION = 500

Entity = TypeVar("Entity")


def keyset(
    session: Session, statement: Select[Entity], *keys: InstrumentedAttribute[Any], size: int | None = None
) -> Iterator[Sequence[Entity]]:
    """The rows of a SELECT of one entity by its `keys`, which together are unique. Each portion is a query of its own:
    what the caller commits after one is not read again, and the work before is not held."""
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
