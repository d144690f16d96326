"""Writes a plan without errors in few statements."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from clients import naming
from clients.client import events, search
from clients.client.models import ARCHIVED, Client
from clients.importing import parts
from clients.importing.lines import ClientLine, Plan
from clients.importing.present import Present
from clients.rate_card import catalog_changes, inheriting
from clients.tag import tagging
from clients.tag.models import Tag
from common.ids import new_id
from common.imports import CREATE, UPDATE
from common.uow import UnitOfWork
from common.writing import add_all, write_changes


def write(work: UnitOfWork, plan: Plan, present: Present) -> None:
    """Writes all lines of the plan and publishes the events of each client after its contacts and locations."""
    for line in plan.clients:
        line.target = line.present
    new = [line for line in plan.clients if line.action == CREATE]
    if new:
        inheriting.await_catalog(work)
    _make(work, new)
    readdressed = parts.write_people_and_places(work, plan, present)
    _change(work, plan, readdressed)
    work.flush()
    inheriting.inherit_all(work, [line.target.id for line in new])
    parts.write_services(work, plan)
    parts.write_assets(work, plan)


def _make(work: UnitOfWork, lines: list[ClientLine]) -> None:
    if not lines:
        return
    inherited = inheriting.policy(work, None, None)
    tags = _tags(work, lines)
    for line in lines:
        line.target = Client(
            id=new_id(),
            name_key=naming.key(line.values["name"]),
            status=line.status,
            archived_at=work.now if line.status == ARCHIVED else None,
            labels=_labels(tags, line),
            custom_fields=line.extra.get("custom_fields", {}),
            primary_support_contact=None,
            primary_location=None,
            created_at=work.now,
            updated_at=work.now,
            **inherited,
            **line.values,
        )
        search.note(line.target)
        work.emit(events.CREATED, line.target)
    add_all(work.session, [line.target for line in lines])
    work.session.flush()


def _change(work: UnitOfWork, plan: Plan, readdressed: set[UUID]) -> None:
    """Changes the clients of the plan; also publishes an event for clients whose contact or email changed."""
    lines = [line for line in plan.clients if line.action == UPDATE]
    tags = _tags(work, lines)
    changed = {line.present.id: line.present for line in lines}
    for line in lines:
        _apply(work, line, tags, is_readdressed=line.present.id in readdressed)
    owners = {line.owner.target.id: line.owner.target for line in (*plan.contacts, *plan.locations)}
    new_ids = {line.target.id for line in plan.clients if line.present is None}
    for client_id in readdressed - new_ids - changed.keys():
        owners[client_id].touch(work.now)
        work.emit(events.CHANGED, owners[client_id])
        changed[client_id] = owners[client_id]
    write_changes(work.session, changed.values())
    for line in lines:
        if "currency" in line.values:
            catalog_changes.settle(work, line.present.id)


def _apply(work: UnitOfWork, line: ClientLine, tags: dict[str, Tag], *, is_readdressed: bool) -> None:
    client: Client = line.present
    for name, value in line.values.items():
        setattr(client, name, value)
    if "name" in line.values:
        client.name_key = naming.key(client.name)
    search.note(client)
    if "custom_fields" in line.extra:
        client.custom_fields = line.extra["custom_fields"]
    if "tags" in line.extra:
        client.labels = _labels(tags, line)
    if line.status == ARCHIVED:
        client.archive(work.now)
        work.emit(events.ARCHIVED, client)
    elif line.status is not None:
        _set_status(work, client, line.status)
    if line.values or line.extra or is_readdressed:
        work.emit(events.CHANGED, client)
    if line.values or line.extra or is_readdressed or line.status:
        client.touch(work.now)


def _set_status(work: UnitOfWork, client: Client, status: str) -> None:
    """Restores the client or switches it between lead and active."""
    archived = client.status == ARCHIVED
    if archived:
        client.restore()
    client.status = status
    work.emit(events.RESTORED if archived else events.CHANGED, client)


def _tags(work: UnitOfWork, lines: Iterable[ClientLine]) -> dict[str, Tag]:
    return tagging.named(work, {name for line in lines for name in line.extra.get("tags", ())})


def _labels(tags: dict[str, Tag], line: ClientLine) -> list[Any]:
    return [tags[naming.key(name)] for name in line.extra.get("tags", ())]
