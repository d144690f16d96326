"""Adds, changes and deletes tags."""

from uuid import UUID

from sqlalchemy import select

from clients import naming
from clients.tag.models import Tag
from clients.tag.queries import get
from common.errors import Conflict
from common.ids import new_id
from common.texts import one_line
from common.uow import UnitOfWork


def create(work: UnitOfWork, *, name: str, color: str) -> Tag:
    tag = Tag(id=new_id(), color=color, created_at=work.now, updated_at=work.now)
    _rename(work, tag, name)
    work.session.add(tag)
    return tag


def update(work: UnitOfWork, tag_id: UUID, *, name: str | None = None, color: str | None = None) -> Tag:
    """Changes the tag of all clients that have it."""
    tag = get(work, tag_id, lock=True)
    work.check_version(tag)
    if name is not None:
        _rename(work, tag, name)
    if color is not None:
        tag.color = color
    return tag


def remove(work: UnitOfWork, tag_id: UUID) -> None:
    """Deletes the tag and removes it from all clients."""
    tag = get(work, tag_id, lock=True)
    work.check_version(tag)
    work.session.delete(tag)


def _rename(work: UnitOfWork, tag: Tag, name: str) -> None:
    key = naming.key(name)
    with work.session.no_autoflush:
        existing = work.session.scalar(select(Tag.name).where(Tag.name_key == key, Tag.id != tag.id))
    if existing is not None:
        message = f'A tag named "{existing}" already exists.'
        raise Conflict(message, {"name": [message]})
    tag.name, tag.name_key = one_line(name), key
