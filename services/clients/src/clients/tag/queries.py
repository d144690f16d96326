"""Reads tags with the number of their clients that the actor may see."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from clients.client.queries import visible
from clients.tag.models import Tag, client_tag
from common import searching
from common.errors import NotFound
from common.pages import Page, paginate
from common.uow import UnitOfWork


def get(work: UnitOfWork, tag_id: UUID, *, lock: bool = False) -> Tag:
    statement = select(Tag).where(Tag.id == tag_id)
    tag = work.session.scalar(statement.with_for_update() if lock else statement)
    if tag is None:
        raise NotFound("Tag not found.")
    return tag


def page_of_tags(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = select(Tag)
    if page.q:
        statement = statement.where(searching.naming((Tag.name,), page.q))
    sorts = {"name": Tag.name_key, "created_at": Tag.created_at, "client_count": _count(work)}
    result = paginate(work.session, statement, page, sorts=sorts, default="name", key=Tag.id)
    ids = [tag.id for tag in result["items"]]
    counts = dict(work.session.execute(select(Tag.id, _count(work)).where(Tag.id.in_(ids))).all())
    for tag in result["items"]:
        tag.client_count = counts[tag.id]
    return result


def one(work: UnitOfWork, tag_id: UUID) -> Tag:
    return counted(work, get(work, tag_id))


def counted(work: UnitOfWork, tag: Tag) -> Tag:
    work.session.flush()
    tag.client_count = work.session.scalar(select(_count(work)).where(Tag.id == tag.id)) or 0
    return tag


def _count(work: UnitOfWork) -> ColumnElement[int]:
    mine = visible(work.actor, client_tag.c.client_id)
    of_tag = select(func.count()).select_from(client_tag).where(client_tag.c.tag_id == Tag.id, mine)
    return of_tag.correlate(Tag).scalar_subquery()
