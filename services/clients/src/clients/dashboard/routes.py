"""The clients service's part of the dashboard; the gateway merges the parts."""

from typing import Any

from marshmallow import Schema, fields
from sqlalchemy import func, select

from clients.client.models import ACTIVE, LEAD, Client
from clients.client.queries import visible
from clients.rate_card.models import ClientService
from common.http.routes import Routes
from common.roles import STAFF
from common.uow import UnitOfWork

routes = Routes("dashboard", "Counts for the dashboard")


class Dashboard(Schema):
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())


@routes.get("/clients/dashboard", "getClientsDashboard", returns=Dashboard(), roles=STAFF)
def clients_dashboard(work: UnitOfWork) -> dict[str, Any]:
    """Counts the clients the caller can see."""
    visible_clients = visible(work.actor, Client.id)
    statement = select(Client.status, func.count()).where(visible_clients).group_by(Client.status)
    clients = dict(work.session.execute(statement).all())
    flagged = select(func.count()).select_from(ClientService).where(ClientService.rate_review)
    reviews = work.session.scalar(flagged.where(visible(work.actor, ClientService.client_id))) or 0
    counts = {
        "clients_active": clients.get(ACTIVE, 0),
        "clients_lead": clients.get(LEAD, 0),
        "rate_reviews_open": reviews,
    }
    return {"counts": counts}
