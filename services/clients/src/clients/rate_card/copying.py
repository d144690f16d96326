"""Copies rates or a whole rate card from one client to another."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from clients.client.models import Client
from clients.client.queries import get as get_client
from clients.inbound.replicas import CatalogService
from clients.rate_card import changing, events
from clients.rate_card.editing import new_row
from clients.rate_card.inheriting import await_catalog
from clients.rate_card.models import ClientService
from clients.rate_card.queries import locked
from common.errors import Invalid
from common.uow import UnitOfWork

CUSTOM_RATES, WHOLE_CARD = "custom_rates", "whole_card"
AGREED = ("custom_rate", "custom_name", "description", "importance")
OF_CUSTOM = ("custom_rate", "description", "category", "unit", "kind", "importance")


class _PreviewDone(Exception):
    """Rolls back the changes of a preview; caught in this module."""


@dataclass
class Step:
    """The result for a row of the target card."""

    row: ClientService
    action: str
    changes: dict[str, Any] = field(default_factory=dict)
    error: str | None = None
    client_service_id: UUID | None = None
    name: str | None = None
    before: Decimal | None = None
    after: Decimal | None = None


def copy(
    work: UnitOfWork,
    client_id: UUID,
    *,
    from_client_id: UUID,
    mode: str,
    include_custom_services: bool,
    dry_run: bool,
) -> dict[str, Any]:
    """Copies the rates, or previews it, and returns the result for each row. Notes are not copied.

    Raises Invalid if the currencies differ. Services archived in the meantime are skipped with an error.
    """
    client, source = _load_clients(work, client_id, from_client_id)
    await_catalog(work)
    source_rows = list(work.session.scalars(select(ClientService).where(ClientService.client_id == from_client_id)))
    rows = list(work.session.scalars(locked(client.id)))
    steps = list(_steps(work, client, source_rows, rows, mode))
    if include_custom_services:
        steps += _custom_steps(work, client, source_rows, rows)
    _apply(work, client, steps, f"Copied from {source.name}", dry_run=dry_run)
    counts = {action: sum(s.action == action for s in steps) for action in ("added", "changed", "excluded", "skipped")}
    return {"dry_run": dry_run, "results": [step for step in steps if step.action != "unchanged"], **counts}


def _load_clients(work: UnitOfWork, client_id: UUID, from_client_id: UUID) -> tuple[Client, Client]:
    if client_id == from_client_id:
        raise Invalid({"from_client_id": ["A client can't be copied to itself. Choose another client."]})
    client = get_client(work, client_id, lock=True)
    source = get_client(work, from_client_id)
    if source.currency != client.currency:
        message = f"{source.name} is billed in {source.currency}, {client.name} in {client.currency}."
        raise Invalid({"from_client_id": [f"{message} Rates are not converted."]})
    return client, source


def _steps(
    work: UnitOfWork, client: Client, source_rows: list[ClientService], rows: list[ClientService], mode: str
) -> Iterator[Step]:
    """Yields a step for each catalog service of the two cards."""
    by_service = {row.service_id: row for row in rows if row.service_id}
    for there in (row for row in source_rows if not row.is_custom):
        here = by_service.pop(there.service_id, None) if there.service_id else None
        if mode == CUSTOM_RATES:
            if here is not None and here.included and there.included and there.custom_rate is not None:
                yield Step(here, "changed", {"custom_rate": there.custom_rate})
        elif there.included:
            if here is None:
                here = new_row(work, client)
                here.service_id, here.name = there.service_id, there.name
            agreed = {name: getattr(there, name) for name in AGREED}
            yield Step(here, "changed" if here.included else "added", {"included": True, **agreed})
        elif here is not None and here.included:
            yield Step(here, "excluded", {"included": False})
    if mode == WHOLE_CARD:
        yield from (Step(row, "excluded", {"included": False}) for row in by_service.values() if row.included)


def _custom_steps(
    work: UnitOfWork, client: Client, source_rows: list[ClientService], rows: list[ClientService]
) -> Iterator[Step]:
    """Yields a step for each custom service of the source; services match by name."""
    by_name = {row.name.casefold(): row for row in rows if row.is_custom}
    for there in (row for row in source_rows if row.is_custom and row.included):
        here = by_name.get(there.name.casefold())
        changes = {name: getattr(there, name) for name in OF_CUSTOM} | {"included": True}
        if here is None:
            here = new_row(work, client, is_custom=True)
            here.name = there.name
        yield Step(here, "changed" if here.included else "added", changes)


def _apply(work: UnitOfWork, client: Client, steps: list[Step], reason: str, *, dry_run: bool) -> None:
    service_ids = {step.row.service_id for step in steps if step.row.service_id}
    statement = (
        select(CatalogService).where(CatalogService.id.in_(service_ids)).execution_options(populate_existing=True)
    )
    services = {service.id: service for service in work.session.scalars(statement)}
    changed = []
    with suppress(_PreviewDone), work.session.no_autoflush, work.session.begin_nested():
        for step in steps:
            step.before = step.row.effective_rate
            service = services.get(step.row.service_id) if step.row.service_id else None
            try:
                if changing.apply(work, client, step.row, service, step.changes, reason):
                    changed.append(step.row)
                else:
                    step.action = "unchanged"
            except Invalid as error:
                step.action = "skipped"
                step.error = " ".join(message for messages in error.errors.values() for message in messages)
            step.after = step.row.effective_rate
            step.client_service_id, step.name = step.row.id, step.row.display_name
        if dry_run:
            raise _PreviewDone
    if not dry_run:
        events.announce(work, changed)
