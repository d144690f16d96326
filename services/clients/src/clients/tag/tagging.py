"""Finds tags by name and adds missing ones."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from clients import naming
from clients.tag.models import Tag
from common.ids import new_id
from common.texts import one_line
from common.uow import UnitOfWork

DEFAULT_COLOR = "gray"


def named(work: UnitOfWork, names: Iterable[str]) -> dict[str, Tag]:
    """Returns the tags by `naming.key` and adds missing tags. Safe with concurrent transactions."""
    wanted: dict[str, str] = {}
    for name in names:
        wanted.setdefault(naming.key(name), one_line(name))
    with work.session.no_autoflush:
        tags = _by_key(work, wanted)
        missing = [key for key in wanted if key not in tags]
        if missing:
            work.session.execute(
                insert(Tag).on_conflict_do_nothing(), [_new(work, key, wanted[key]) for key in missing]
            )
            tags |= _by_key(work, missing)
    return tags


def _by_key(work: UnitOfWork, keys: Collection[str]) -> dict[str, Tag]:
    return {tag.name_key: tag for tag in work.session.scalars(select(Tag).where(Tag.name_key.in_(keys)))}


def _new(work: UnitOfWork, key: str, name: str) -> dict[str, object]:
    identifier: UUID = new_id()
    return {
        "id": identifier,
        "name": name,
        "name_key": key,
        "color": DEFAULT_COLOR,
        "version": 1,
        "created_at": work.now,
        "updated_at": work.now,
    }
