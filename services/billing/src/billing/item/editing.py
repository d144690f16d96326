"""Editing and deleting manual items that are not invoiced."""

from uuid import UUID

from billing import plausible
from billing.account import locking
from billing.inbound.replicas import Client
from billing.item import adding
from billing.item.commands import ItemChanges
from billing.item.models import OPEN, BillableItem
from billing.item.queries import get
from billing.ratebook import Wanted
from common.commands import UNSET, sent
from common.errors import Invalid
from common.plausible import require_confirmed
from common.uow import UnitOfWork


def update(work: UnitOfWork, item_id: UUID, changes: ItemChanges) -> BillableItem:
    """Edits an item. A parked item becomes open for the next run."""
    item = _locked(work, item_id)
    for name, value in sent(changes, "confirm").items():
        setattr(item, name, value)
    client = work.session.get(Client, item.client_id)
    if client is None:
        raise Invalid({"client_id": ["Client not found."]})
    wanted = Wanted(item.client_id, item.agreement_id, item.client_service_id, item.service_id, item.dated_on)
    card, service = adding.check(
        work, wanted, item.description, item.quantity, item.unit_rate, item.currency or client.currency
    )
    if changes.dated_on is not UNSET:
        require_confirmed(plausible.doubts_about_item(work, item.client_id, item.dated_on), confirm=changes.confirm)
    if card is None and service is None:
        item.service_name = item.description or ""
    item.status, item.parked_cause = OPEN, None
    item.touch(work.now)
    return item


def delete(work: UnitOfWork, item_id: UUID) -> None:
    work.session.delete(_locked(work, item_id))


def _locked(work: UnitOfWork, item_id: UUID) -> BillableItem:
    """Locks the item, which waits for a running invoice run. Raises Conflict if it cannot be changed."""
    locking.lock(work, [get(work, item_id).client_id])
    item = get(work, item_id, lock=True)
    work.session.refresh(item)
    work.check_version(item)
    item.require_editable()
    return item
