"""Moves everything of a merged client to the surviving client."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from agreements.agreement.hour_models import HourEntry
from agreements.agreement.models import Agreement, AgreementService
from agreements.inbound.replicas import ClientService, Successor
from agreements.work.models import TimeEntry, WorkOrder
from common import successors
from common.replicas import upsert
from common.uow import UnitOfWork

OWNED = (WorkOrder, TimeEntry, Agreement)
"""Locked in this order, as a correction does: the entry before its agreement."""


def merge(
    work: UnitOfWork,
    *,
    id: UUID,
    merged_client_id: UUID,
    client_services: Mapping[UUID, UUID],
    services: Sequence[dict[str, Any]],
) -> None:
    """Moves all rows of `merged_client_id` to the client `id`, one statement per table; safe to repeat.

    `client_services` maps replaced rate card rows to the survivor's rows. Versions stay, because replicas
    apply the same event and so stay equal.
    """
    session = work.session
    for model in OWNED:
        session.execute(
            select(model.id).where(model.client_id == merged_client_id).order_by(model.id).with_for_update()
        )
    successors.remember(session, Successor, {merged_client_id: id, **client_services})
    upsert(session, ClientService, [{**row, "client_id": id} for row in services])
    if client_services:
        _move_accounts(work, merged_client_id, client_services)
    for model in OWNED:
        # Updating the column runs the triggers, which move the rate card rows with the client.
        moved = update(model).where(model.client_id == merged_client_id)
        stays: dict[str, Any] = {"client_id": id, "updated_at": model.updated_at}
        session.execute(moved.values(stays), execution_options={"synchronize_session": False})


def _move_accounts(work: UnitOfWork, client_id: UUID, client_services: Mapping[UUID, UUID]) -> None:
    """Moves ledger accounts of agreements that still belong to the merged client; a repeated event finds none."""
    of_client = select(Agreement.id).where(Agreement.client_id == client_id)
    rows = list(client_services)
    covered = update(AgreementService).where(
        AgreementService.agreement_id.in_(of_client), AgreementService.client_service_id.in_(rows)
    )
    ledger = update(HourEntry).where(
        HourEntry.agreement_id.in_(of_client), HourEntry.account_id.in_(rows) | HourEntry.client_service_id.in_(rows)
    )
    options = {"synchronize_session": False}
    work.session.execute(
        covered.values(client_service_id=AgreementService.client_service_id), execution_options=options
    )
    work.session.execute(ledger.values(account_id=HourEntry.account_id), execution_options=options)
