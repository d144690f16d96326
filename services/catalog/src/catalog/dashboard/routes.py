"""The catalog's part of the dashboard; the gateway merges the parts."""

from typing import Any

from marshmallow import Schema, fields
from sqlalchemy import func, select

from catalog.service.models import ACTIVE, CatalogService
from common.http.routes import Routes
from common.roles import STAFF
from common.uow import UnitOfWork

routes = Routes("dashboard", "Counts for the dashboard")


class Dashboard(Schema):
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())


@routes.get("/catalog/dashboard", "getCatalogDashboard", returns=Dashboard(), roles=STAFF)
def catalog_dashboard(work: UnitOfWork) -> dict[str, Any]:
    active = select(func.count()).select_from(CatalogService).where(CatalogService.status == ACTIVE)
    return {"counts": {"services_active": work.session.scalar(active)}}
