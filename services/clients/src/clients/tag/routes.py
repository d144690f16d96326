"""Routes of tags."""

from typing import Any
from uuid import UUID

from clients.tag import editing, queries
from clients.tag.models import Tag
from clients.tag.schemas import TAG, TAG_PATCH
from common.http.routes import Routes
from common.pages import Page
from common.roles import MANAGERS, STAFF
from common.uow import UnitOfWork

routes = Routes("tags", "Tags of clients")

ONE = "/tags/<uuid:tag_id>"


@routes.list("/tags", "listTags", returns=TAG, roles=STAFF)
def list_tags(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return queries.page_of_tags(work, page)


@routes.post("/tags", "createTag", body=TAG, returns=TAG, roles=MANAGERS)
def create_tag(work: UnitOfWork, body: dict[str, Any]) -> Tag:
    return queries.counted(work, editing.create(work, **body))


@routes.get(ONE, "getTag", returns=TAG, roles=STAFF)
def get_tag(work: UnitOfWork, tag_id: UUID) -> Tag:
    return queries.one(work, tag_id)


@routes.patch(ONE, "updateTag", body=TAG_PATCH, returns=TAG, roles=MANAGERS)
def update_tag(work: UnitOfWork, body: dict[str, Any], tag_id: UUID) -> Tag:
    return queries.counted(work, editing.update(work, tag_id, **body))


@routes.delete(ONE, "deleteTag", roles=MANAGERS)
def delete_tag(work: UnitOfWork, tag_id: UUID) -> None:
    """Deletes the tag and removes it from all clients."""
    editing.remove(work, tag_id)
