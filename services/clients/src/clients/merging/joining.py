"""Merges two clients. The duplicate stays as an empty, archived client with a reference to the survivor."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from clients.client import events as client_events
from clients.client import search
from clients.client.models import ARCHIVED, Client
from clients.client.queries import get
from clients.merging import cards, events, fields, parts, planning
from clients.merging.models import ClientMerge, Successor
from clients.rate_card.inheriting import await_catalog
from common import successors
from common.errors import Conflict, Invalid
from common.uow import UnitOfWork

MOST_ROWS = 1000
"""The rows in a merge event at most; the rest of a longer card follows in the events of its rows."""


def merge(work: UnitOfWork, survivor_id: UUID, *, duplicate_id: UUID, dry_run: bool) -> dict[str, Any]:
    """Merges the clients, or previews the merge, and returns a report. A repeated merge has no further effect."""
    get(work, survivor_id)
    if duplicate_id == survivor_id:
        raise Invalid({"duplicate_id": ["A client cannot be merged with itself."]})
    survivor, duplicate = _pair(work, survivor_id, duplicate_id, lock=not dry_run)
    if duplicate.merged_into_id == survivor.id:
        earlier = work.session.get_one(ClientMerge, duplicate.id)
        return {**_report_repeated(work, survivor, duplicate), "merged_at": earlier.merged_at, "dry_run": dry_run}
    work.check_version(survivor)
    _check(work, survivor, duplicate)
    if not dry_run:
        await_catalog(work)
    card_merge = cards.compare(work, survivor, duplicate, lock=not dry_run)
    report = planning.report(work, survivor, duplicate, card_merge)
    if dry_run:
        return {**report, "dry_run": True}
    if report["refusals"]:
        raise Conflict(" ".join(report["refusals"]))
    return _join(work, survivor, duplicate, card_merge, {**report, "merged_at": work.now, "dry_run": False})


def _report_repeated(work: UnitOfWork, survivor: Client, duplicate: Client) -> dict[str, Any]:
    report = planning.report(work, survivor, duplicate, cards.Cards())
    return {**report, "filled": {}, "differences": [], "refusals": []}


def _pair(work: UnitOfWork, survivor_id: UUID, duplicate_id: UUID, *, lock: bool) -> tuple[Client, Client]:
    """Returns both clients, locked in the order of their ids so that concurrent merges wait for each other."""
    statement = select(Client).where(Client.id.in_([survivor_id, duplicate_id])).order_by(Client.id)
    if lock:
        statement = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    clients = {client.id: client for client in work.session.scalars(statement)}
    if duplicate_id not in clients:
        raise Invalid({"duplicate_id": ["Client not found."]})
    return clients[survivor_id], clients[duplicate_id]


def _check(work: UnitOfWork, survivor: Client, duplicate: Client) -> None:
    if survivor.merged_into_id is not None:
        into = work.session.get_one(Client, survivor.merged_into_id)
        raise Conflict(f'"{survivor.name}" was already merged into "{into.name}". Merge into that client.')
    if duplicate.merged_into_id is not None:
        into = work.session.get_one(Client, duplicate.merged_into_id)
        message = f'"{duplicate.name}" was already merged into "{into.name}".'
        raise Conflict(message, {"duplicate_id": [message]})
    if survivor.status == ARCHIVED:
        raise Conflict(f'"{survivor.name}" is archived. Restore it first, or merge the other way around.')


def _join(
    work: UnitOfWork, survivor: Client, duplicate: Client, card_merge: cards.Cards, report: dict[str, Any]
) -> dict[str, Any]:
    changes = fields.filled(survivor, duplicate)
    changed = cards.join(work, survivor, duplicate, card_merge)
    work.emit(
        events.MERGED,
        survivor,
        merged_client_id=duplicate.id,
        merged_client_name=duplicate.name,
        client_services=events.replaced(card_merge.successors),
        services=changed[:MOST_ROWS],
    )
    for name, value in changes.items():
        setattr(survivor, name, value)
    search.note(survivor)
    survivor.touch(work.now)
    _close(work, survivor, duplicate)
    successors.remember(work.session, Successor, {duplicate.id: survivor.id, **card_merge.successors})
    parts.move(work, survivor, duplicate, card_merge.successors)
    work.emit(client_events.CHANGED, survivor)
    work.emit(client_events.ARCHIVED, duplicate)
    cards.announce(work, card_merge, changed)
    _remember(work, survivor, duplicate, card_merge)
    return report


def _close(work: UnitOfWork, survivor: Client, duplicate: Client) -> None:
    """Archives the duplicate and frees its name for other clients."""
    duplicate.status, duplicate.archived_at = ARCHIVED, duplicate.archived_at or work.now
    duplicate.merged_into_id = survivor.id
    duplicate.name_key = f"{duplicate.name_key} {duplicate.id}"
    work.session.flush()


def _remember(work: UnitOfWork, survivor: Client, duplicate: Client, card_merge: cards.Cards) -> None:
    merge_row = ClientMerge(
        merged_id=duplicate.id,
        survivor_id=survivor.id,
        client_services={str(old): str(kept) for old, kept in card_merge.successors.items()},
        merged_at=work.now,
        merged_by=work.actor.id,
        merged_by_name=work.actor.name,
    )
    work.session.add(merge_row)
