"""Plans a merge: rows that move, fields that differ and reasons against it. Nothing is written here."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, literal, select, union_all

from clients.asset.models import Asset
from clients.client.models import Client
from clients.contact.models import Contact
from clients.inbound.replicas import WorkedTime
from clients.location.models import Location
from clients.merging import cards, fields
from clients.merging.cards import Cards
from clients.merging.models import AGREEMENT, DELETED, INVOICE, PAYMENT, WORK_ORDER, Holding
from clients.note.models import Note
from clients.tag.models import client_tag
from clients.technician.models import ClientTechnician
from common.money import display
from common.uow import UnitOfWork

OWN: dict[str, Any] = {
    "contacts": Contact.client_id,
    "locations": Location.client_id,
    "assets": Asset.client_id,
    "notes": Note.client_id,
    "technicians": ClientTechnician.client_id,
    "tags": client_tag.c.client_id,
}
HELD = {"agreements": AGREEMENT, "work_orders": WORK_ORDER, "invoices": INVOICE, "payments": PAYMENT}
OWED = ("draft", "issued", "partially_paid")
ENDED = ("cancelled", "expired", "renewed")


def report(work: UnitOfWork, survivor: Client, duplicate: Client, card_merge: Cards) -> dict[str, Any]:
    return {
        "id": survivor.id,
        "name": survivor.name,
        "merged_client_id": duplicate.id,
        "merged_client_name": duplicate.name,
        "merged_at": None,
        "moves": counts(work, duplicate, card_merge),
        "services": cards.described(card_merge),
        "filled": {name: str(value) for name, value in fields.filled(survivor, duplicate).items()},
        "differences": fields.differing(survivor, duplicate),
        "refusals": refusals(work, survivor, duplicate, card_merge),
    }


def counts(work: UnitOfWork, duplicate: Client, card_merge: Cards) -> dict[str, int]:
    """Returns the number of rows of each kind in one query, as far as events of other services have arrived."""
    parts = [
        select(literal(name).label("name"), func.count().label("number")).where(column == duplicate.id)
        for name, column in OWN.items()
    ]
    parts += [
        select(literal(name).label("name"), func.count().label("number")).where(
            Holding.client_id == duplicate.id, Holding.kind == kind, Holding.status != DELETED
        )
        for name, kind in HELD.items()
    ]
    parts.append(
        select(literal("time_entries"), func.count()).where(
            WorkedTime.client_service_id.in_(card_merge.rows), WorkedTime.hours > 0
        )
    )
    return {row.name: row.number for row in work.session.execute(union_all(*parts))} | {
        "services": len(card_merge.rows)
    }


def refusals(work: UnitOfWork, survivor: Client, duplicate: Client, card_merge: Cards) -> list[str]:
    """Returns the reasons why the clients cannot be merged. Amounts are never converted between currencies."""
    if survivor.currency == duplicate.currency:
        return []
    begin = f"{duplicate.name} is billed in {duplicate.currency} and {survivor.name} in {survivor.currency}"
    return [f"{begin}: {reason}" for reason in (*_open_money(work, duplicate), *_agreed_rates(duplicate, card_merge))]


def _open_money(work: UnitOfWork, duplicate: Client) -> Sequence[str]:
    of_client = Holding.client_id == duplicate.id
    sums: Any = (func.count(), func.coalesce(func.sum(Holding.amount), 0))
    owed = select(*sums).where(of_client, Holding.kind == INVOICE, Holding.status.in_(OWED))
    credit = select(*sums).where(of_client, Holding.kind == PAYMENT, Holding.amount > 0)
    agreed = select(*sums).where(of_client, Holding.kind == AGREEMENT, Holding.status.not_in((*ENDED, DELETED)))
    (invoices, balance), (payments, left), (agreements, _) = work.session.execute(union_all(owed, credit, agreed))
    reasons = []
    if invoices:
        reasons.append(
            f"{duplicate.name} has {_plural(invoices, 'unpaid invoice')} ({display(balance, duplicate.currency)} due)."
        )
    if payments:
        reasons.append(f"{duplicate.name} has a credit of {display(left, duplicate.currency)}.")
    if agreements:
        reasons.append(f"{duplicate.name} has {_plural(agreements, 'agreement')} not yet ended.")
    return reasons


def _agreed_rates(duplicate: Client, card_merge: Cards) -> Sequence[str]:
    rates = [row for row in card_merge.moving if row.included]
    rates += [old for old, kept in card_merge.pairs if cards.takes_over(old, kept)]
    if not rates:
        return []
    name = rates[0].display_name
    more = f" and {_plural(len(rates) - 1, 'other service')}" if len(rates) > 1 else ""
    return [f'the rates of "{name}"{more} are in {duplicate.currency}. Remove them from the card first.']


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
