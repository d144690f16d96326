"""What a client's work can be logged on: agreements and services, with rates and hours left."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, exists, or_, select

from agreements.access import of_own_clients
from agreements.agreement import figures, hour_math
from agreements.agreement.figures import Figures
from agreements.agreement.ledger import POOL
from agreements.agreement.models import BLOCK, Agreement
from agreements.agreement.queries import active_on
from agreements.inbound.replicas import CatalogService, Client, ClientService
from agreements.work.models import TimeEntry, WorkOrder
from agreements.work.pricing import price
from agreements.work.queries import visible_orders
from agreements.work.terms import LABOR
from common.errors import NotFound
from common.rates import NONE
from common.uow import UnitOfWork

ALL_SERVICES = "all"


def of(work: UnitOfWork, client_id: UUID, agreement_id: UUID | None) -> dict[str, Any]:
    """Returns the choices. An agreement that is no longer active is among them only if it was asked for."""
    client = _client(work, client_id)
    agreements = _agreements(work, client_id, agreement_id)
    hours = figures.of(work, agreements)
    active = [one for one in agreements if one.status == "active" and one.spans(work.today)]
    chosen = next((one for one in agreements if one.id == agreement_id), None)
    return {
        "client_id": client.id,
        "currency": client.currency,
        "suggested_agreement_id": _suggested(active),
        "last_service_id": _last_service(work, client_id),
        "agreements": [_agreement(one, hours[one.id]) for one in agreements],
        "services": [
            _service(client, row, chosen, hours[chosen.id] if chosen else None)
            for row in services_of(work, [client_id])
        ],
    }


def _suggested(active: Sequence[Agreement]) -> UUID | None:
    """Returns the client's default agreement, else the one that started last."""
    chosen = next((one for one in active if one.is_default), active[-1] if active else None)
    return chosen.id if chosen else None


def _client(work: UnitOfWork, client_id: UUID) -> Client:
    """Returns the client if the actor may see it, or one of its work orders."""
    orders = exists().where(WorkOrder.client_id == client_id, visible_orders(work))
    statement = select(Client).where(Client.id == client_id, or_(of_own_clients(work, Client.id), orders))
    client = work.session.scalar(statement)
    if client is None:
        raise NotFound("Client not found.")
    return client


def _agreements(work: UnitOfWork, client_id: UUID, agreement_id: UUID | None) -> list[Agreement]:
    wanted = or_(active_on(work.today), Agreement.id == agreement_id)
    statement = select(Agreement).where(Agreement.client_id == client_id, wanted)
    return list(work.session.scalars(statement.order_by(Agreement.start_date, Agreement.id)))


def services_of(work: UnitOfWork, client_ids: Collection[UUID]) -> list[ClientService]:
    """Returns the services of the clients' rate cards that accept time, by name."""
    statement = accepting_time().where(ClientService.client_id.in_(client_ids))
    return list(work.session.scalars(statement.order_by(ClientService.name, ClientService.id)))


def accepting_time() -> Select[ClientService]:
    """Returns the statement of all included labor services of rate cards."""
    return (
        select(ClientService)
        .outerjoin(CatalogService, CatalogService.id == ClientService.service_id)
        .where(ClientService.included)
        .where(or_(CatalogService.kind == LABOR, and_(CatalogService.kind.is_(None), _is_labor(ClientService.kind))))
    )


def _is_labor(kind: Any) -> Any:
    return or_(kind == LABOR, kind.is_(None))


def _last_service(work: UnitOfWork, client_id: UUID) -> UUID | None:
    statement = select(TimeEntry.client_service_id).where(
        TimeEntry.client_id == client_id, TimeEntry.deleted_at.is_(None), TimeEntry.client_service_id.is_not(None)
    )
    return work.session.scalar(statement.order_by(TimeEntry.worked_on.desc(), TimeEntry.id.desc()).limit(1))


def _agreement(agreement: Agreement, found: Figures) -> dict[str, Any]:
    return {
        "id": agreement.id,
        "number": agreement.number,
        "name": agreement.name,
        "type": agreement.type,
        "covers_all": agreement.coverage == ALL_SERVICES,
        **_hours(found.entitled, found.remaining),
    }


def _service(client: Client, row: ClientService, agreement: Agreement | None, found: Figures | None) -> dict[str, Any]:
    covered = agreement is not None and agreement.covers(row.id)
    rate = price(client, agreement, row, overage=False)
    hours = _hours(None, None)
    if agreement is not None and found is not None and covered and agreement.has_hours:
        own = agreement.service(row.id)
        account = row.id if own is not None and own.hours_allocated is not None else POOL
        nothing = hour_math.ZERO
        hours = _hours(found.entitled_by_account.get(account, nothing), found.left_by_account.get(account, nothing))
    return {
        "client_service_id": row.id,
        "service_id": row.service_id,
        "name": row.name,
        "unit": row.unit,
        "covered": covered,
        "allowed": agreement is None or covered or agreement.uncovered_policy != BLOCK,
        "rate": None if rate.source == NONE else rate.rate,
        "rate_source": None if rate.source == NONE else rate.source,
        **hours,
    }


def _hours(total: Decimal | None, left: Decimal | None) -> dict[str, Any]:
    percent = None if total is None or left is None else hour_math.percent(left, total)
    return {
        "total_hours": total,
        "remaining_hours": left,
        "remaining_percent": percent,
        "remaining_level": None if percent is None else hour_math.level(percent),
    }
