"""Moves everything of a merged client to the surviving client."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import aliased

from billing.account import locking
from billing.db import Base
from billing.inbound.replicas import Client, ClientService, Location, Successor
from billing.invoice.addressing import bill_to_of
from billing.invoice.models import DRAFT, Invoice, InvoiceLine
from common import merges, successors
from common.replicas import upsert
from common.uow import UnitOfWork

OPTIONS = {"synchronize_session": False}


def merge(
    work: UnitOfWork,
    *,
    id: UUID,
    merged_client_id: UUID,
    client_services: Mapping[UUID, UUID],
    services: Sequence[dict[str, Any]],
) -> None:
    """Moves all rows of `merged_client_id` to the client `id`; safe to repeat.

    Locks both accounts, so it waits for runs, payments and voids. An issued invoice changes only its client: its
    name and address stay as issued. Credit stays until it is applied by hand or by the next invoice.
    """
    session = work.session
    locking.lock(work, [id, merged_client_id])
    successors.remember(session, Successor, {merged_client_id: id, **client_services})
    upsert(session, ClientService, [{**row, "client_id": id} for row in services])
    _rename_draft_lines(work, merged_client_id, client_services)
    _keep_one_primary_location(work, merged_client_id, id)
    _readdress_drafts(work, merged_client_id, id)
    merges.move(work, Base, merged_client_id, id, client_services)


def _keep_one_primary_location(work: UnitOfWork, client_id: UUID, survivor_id: UUID) -> None:
    """Unmarks the merged client's primary location if the survivor has one."""
    own = aliased(Location)
    primary = select(own.id).where(own.client_id == survivor_id, own.is_primary, own.active)
    marked = update(Location).where(Location.client_id == client_id, Location.is_primary, primary.exists())
    work.session.execute(marked.values(is_primary=False), execution_options=OPTIONS)


def _readdress_drafts(work: UnitOfWork, client_id: UUID, survivor_id: UUID) -> None:
    """Sets the survivor's name and address on drafts, which were never sent."""
    survivor = work.session.get(Client, survivor_id)
    drafts = update(Invoice).where(Invoice.client_id == client_id, Invoice.status == DRAFT)
    if survivor is not None:
        address = {
            "client_name": survivor.name,
            "bill_to": bill_to_of(work, survivor),
            "updated_at": Invoice.updated_at,
        }
        work.session.execute(drafts.values(address), execution_options=OPTIONS)


def _rename_draft_lines(work: UnitOfWork, client_id: UUID, client_services: Mapping[UUID, UUID]) -> None:
    """Updates rate card rows on lines of drafts, which are edited against the card. Issued lines stay."""
    if not client_services:
        return
    drafts = select(Invoice.id).where(Invoice.client_id == client_id, Invoice.status == DRAFT)
    lines = update(InvoiceLine).where(InvoiceLine.invoice_id.in_(drafts), InvoiceLine.client_service_id == Successor.id)
    work.session.execute(lines.values(client_service_id=Successor.successor_id), execution_options=OPTIONS)
