"""Reads assets of one client or of all clients the actor may see."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, func, literal_column, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from clients import searching
from clients.asset import events
from clients.asset.models import ARCHIVED, NEVER, Asset
from clients.client.models import Client
from clients.client.queries import get as get_client
from clients.client.queries import visible
from common.errors import NotFound
from common.pages import Page, paginate
from common.republish import keyset
from common.searching import plan_each_anew
from common.uow import UnitOfWork

_NEVER = literal_column(NEVER, Date)
SORTS = {
    "name": func.lower(Asset.name),
    "kind": Asset.kind,
    "status": Asset.status,
    "warranty_until": func.coalesce(Asset.warranty_until, _NEVER),
    "expires_on": func.coalesce(Asset.expires_on, _NEVER),
    "created_at": Asset.created_at,
    "updated_at": Asset.updated_at,
}


def get(work: UnitOfWork, client_id: UUID, asset_id: UUID, *, lock: bool = False) -> Asset:
    """Returns an asset of the client or raises NotFound. The caller has checked that the actor may see the client."""
    statement = select(Asset).where(Asset.id == asset_id, Asset.client_id == client_id)
    asset = work.session.scalar(statement.with_for_update() if lock else statement)
    if asset is None:
        raise NotFound("Asset not found.")
    return asset


def page_of_client(work: UnitOfWork, client_id: UUID, page: Page) -> dict[str, Any]:
    """Returns a page of the client's assets. Without a filter on the status, archived assets are left out."""
    client = get_client(work, client_id)
    result = _page(work, select(Asset), Asset.client_id == client.id, page, SORTS)
    for asset in result["items"]:
        set_committed_value(asset, "client", client)
    return result


def page_of_all(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = select(Asset).join(Client, Client.id == Asset.client_id)
    statement = statement.options(joinedload(Asset.client, innerjoin=True))
    return _page(work, statement, visible(work.actor, Asset.client_id), page, SORTS | {"client_name": Client.name_key})


def one(work: UnitOfWork, client_id: UUID, asset_id: UUID) -> Asset:
    get_client(work, client_id)
    return get(work, client_id, asset_id)


def _page(
    work: UnitOfWork, statement: Select[Any], where: ColumnElement[bool], page: Page, sorts: dict[str, Any]
) -> dict[str, Any]:
    conditions = [where, *(_condition(name, value) for name, value in page.filters.items())]
    if "status" not in page.filters:
        conditions.append(Asset.status != ARCHIVED)
    if page.q:
        plan_each_anew(work.session)
        conditions.append(searching.matching(page.q, searching.occurs(Asset.search_text)))
    # The count needs no join: every asset has a client.
    counted = select(Asset.id).where(*conditions)
    statement = statement.where(*conditions)
    return paginate(work.session, statement, page, sorts=sorts, default="name", key=Asset.id, counted=counted)


def _condition(name: str, value: Any) -> Any:
    if name.endswith("_gte"):
        return getattr(Asset, name.removesuffix("_gte")) >= value
    if name.endswith("_lte"):
        return getattr(Asset, name.removesuffix("_lte")) <= value
    return getattr(Asset, name) == value


def republish(work: UnitOfWork) -> Iterator[None]:
    for portion in keyset(work.session, select(Asset), Asset.id):
        for asset in portion:
            work.emit(events.ARCHIVED if asset.status == ARCHIVED else events.CHANGED, asset)
        yield
