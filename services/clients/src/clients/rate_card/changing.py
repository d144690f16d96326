"""Changes a rate card row, alone or as part of a whole card."""

from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from clients.client.models import Client
from clients.inbound import replicas
from clients.inbound.replicas import CatalogService
from clients.rate_card.history import remember
from clients.rate_card.models import ClientService
from clients.scheduled_rate.running import supersede
from common.errors import Invalid
from common.money import fits, minor_unit
from common.uow import UnitOfWork

FROM_CATALOG = ("name", "category", "unit", "kind")


def apply(
    work: UnitOfWork,
    client: Client,
    row: ClientService,
    service: CatalogService | None,
    changes: dict[str, Any],
    reason: str | None = None,
) -> bool:
    """Applies `changes` (values by attribute) to a new or locked row; returns True if the row changed.

    `service` is the row's catalog service, if the changes need it. Publishes no event.
    """
    _check(work, client, row, service, changes)
    before = row.effective_rate
    changes = dict(changes)
    _include(client, row, service, included=changes.pop("included", row.included))
    if "custom_rate" in changes:
        _negotiate(work, row, changes.pop("custom_rate"))
    for name, value in changes.items():
        setattr(row, name, value)
    if service is not None and service.status != replicas.DELETED:
        row.compare_with_catalog(service.rate_in(client.currency))
    if row not in work.session:
        work.session.add(row)
    elif not work.session.is_modified(row):
        return False
    remember(work, row, before, reason)
    return True


def check_rate(client: Client, rate: Decimal | None, field: str = "custom_rate") -> None:
    if rate is not None and not fits(rate, client.currency):
        raise Invalid({field: [f"{client.currency} amounts can't be finer than {minor_unit(client.currency)}."]})


def _negotiate(work: UnitOfWork, row: ClientService, rate: Decimal | None) -> None:
    if rate != row.custom_rate:
        supersede(work, row)
    row.negotiate(rate)


def _include(client: Client, row: ClientService, service: CatalogService | None, *, included: bool) -> None:
    if row.included and not included:
        row.exclude()
    elif included and not row.included:
        row.included = True
        if service is not None:
            row.choose(service, service.rate_in(client.currency))


def _check(
    work: UnitOfWork, client: Client, row: ClientService, service: CatalogService | None, changes: dict[str, Any]
) -> None:
    check_rate(client, changes.get("custom_rate"))
    if row.is_custom:
        _check_custom(work, client, row, changes)
        return
    if wrong := [name for name in FROM_CATALOG if name in changes]:
        raise Invalid({name: ["Set by the catalog. Change custom_name or description instead."] for name in wrong})
    if changes.get("included") and not row.included and (service is None or service.status != replicas.ACTIVE):
        name = service.name if service else row.name
        raise Invalid({"service_id": [f'"{name}" is archived. Choose an active service.']})


def _check_custom(work: UnitOfWork, client: Client, row: ClientService, changes: dict[str, Any]) -> None:
    if changes.get("custom_rate", row.custom_rate) is None:
        raise Invalid({"custom_rate": ["A custom service has no default rate. Enter a rate."]})
    if changes.get("custom_name"):
        raise Invalid({"custom_name": ["A custom service has only a name. Change name instead of custom_name."]})
    if row in work.session and changes.get("name", row.name) != row.name:
        _check_name(work, client, row, changes["name"])


def _check_name(work: UnitOfWork, client: Client, row: ClientService, name: str) -> None:
    """Raises Invalid if another custom service of the client, included or not, has the name."""
    same = select(ClientService.name).where(
        ClientService.client_id == client.id,
        ClientService.is_custom,
        func.lower(ClientService.name) == func.lower(name),
        ClientService.id != row.id,
    )
    with work.session.no_autoflush:
        existing = work.session.scalar(same)
    if existing is not None:
        raise Invalid({"name": [named_already(existing)]})


def named_already(name: str) -> str:
    return f'This client already has a custom service named "{name}". Choose another name.'
