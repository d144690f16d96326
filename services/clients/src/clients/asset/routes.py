"""Routes of assets."""

from typing import Any
from uuid import UUID

from clients.asset import editing, queries
from clients.asset.models import Asset
from clients.asset.schemas import ALL_FILTERS, ASSET, ASSET_CREATE, ASSET_PATCH, FILTERS
from common.http.routes import Routes
from common.pages import Page
from common.roles import EVERYONE, WORKERS
from common.uow import UnitOfWork

routes = Routes("assets", "Clients' assets: hardware, software, domains and other equipment")

ALL = "/clients/<uuid:client_id>/assets"
ONE = f"{ALL}/<uuid:asset_id>"


@routes.list("/assets", "listAssets", returns=ASSET, filters=ALL_FILTERS, roles=EVERYONE)
def list_assets(work: UnitOfWork, page: Page) -> dict[str, Any]:
    """Lists assets of all clients the caller can see."""
    return queries.page_of_all(work, page)


@routes.list(ALL, "listClientAssets", returns=ASSET, filters=FILTERS, roles=EVERYONE)
def list_client_assets(work: UnitOfWork, page: Page, client_id: UUID) -> dict[str, Any]:
    return queries.page_of_client(work, client_id, page)


@routes.post(ALL, "createAsset", body=ASSET_CREATE, returns=ASSET, roles=WORKERS)
def create_asset(work: UnitOfWork, body: dict[str, Any], client_id: UUID) -> Asset:
    return editing.create(work, client_id, **body)


@routes.get(ONE, "getAsset", returns=ASSET, roles=EVERYONE)
def get_asset(work: UnitOfWork, client_id: UUID, asset_id: UUID) -> Asset:
    return queries.one(work, client_id, asset_id)


@routes.patch(ONE, "updateAsset", body=ASSET_PATCH, returns=ASSET, roles=WORKERS)
def update_asset(work: UnitOfWork, body: dict[str, Any], client_id: UUID, asset_id: UUID) -> Asset:
    return editing.update(work, client_id, asset_id, **body)


@routes.delete(ONE, "deleteAsset", roles=WORKERS)
def delete_asset(work: UnitOfWork, client_id: UUID, asset_id: UUID) -> None:
    """Archives the asset. Work orders and history keep it."""
    editing.archive(work, client_id, asset_id)


@routes.post(f"{ONE}/restore", "restoreAsset", returns=ASSET, roles=WORKERS, status=200)
def restore_asset(work: UnitOfWork, client_id: UUID, asset_id: UUID) -> Asset:
    return editing.restore(work, client_id, asset_id)
