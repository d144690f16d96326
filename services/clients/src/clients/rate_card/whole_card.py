"""Saves a whole rate card at once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import select

from clients.client.models import Client
from clients.client.queries import get as get_client
from clients.inbound.replicas import CatalogService
from clients.rate_card import changing, events
from clients.rate_card.editing import catalog_service, new_row
from clients.rate_card.inheriting import await_catalog
from clients.rate_card.models import ClientService
from clients.rate_card.queries import locked
from common.errors import Invalid, Stale
from common.uow import UnitOfWork

Entry = dict[str, Any]


def replace(work: UnitOfWork, client_id: UUID, *, services: Sequence[Entry]) -> list[ClientService]:
    """Replaces the card with `services`; rows left out are no longer included.

    Raises Invalid with all errors and changes nothing if an entry is invalid.
    """
    client = get_client(work, client_id, lock=True)
    errors: dict[str, list[str]] = {}
    catalog = _catalog(work, services, errors)
    rows = _Rows(work, client)
    changed: list[ClientService] = []
    for position, entry in enumerate(services):
        with _collected(errors, f"services.{position}"):
            row = rows.take(entry)
            _check_version(row, entry.get("version"))
            service = catalog.get(row.service_id)
            if changing.apply(work, client, row, service, _changes(row, entry)):
                changed.append(row)
    _check_names(rows.all, errors)
    if errors:
        raise Invalid(errors)
    changed += [row for row in rows.remaining() if changing.apply(work, client, row, None, {"included": False})]
    events.announce(work, changed)
    return sorted(rows.all, key=lambda row: row.display_name.casefold())


class _Rows:
    """The card's locked rows; each is taken at most once."""

    def __init__(self, work: UnitOfWork, client: Client) -> None:
        self._work, self._client = work, client
        self.all = list(work.session.scalars(locked(client.id)))
        self._taken: set[UUID] = set()

    def take(self, entry: Entry) -> ClientService:
        row = self._find(entry)
        if row is None:
            row = new_row(self._work, self._client, is_custom=entry["is_custom"])
            row.service_id = entry.get("service_id")
            self.all.append(row)
        if row.id in self._taken:
            raise Invalid({"service_id": [f'"{row.display_name}" is in the list twice. Remove one.']})
        self._taken.add(row.id)
        return row

    def remaining(self) -> list[ClientService]:
        return [row for row in self.all if row.id not in self._taken]

    def _find(self, entry: Entry) -> ClientService | None:
        if "id" in entry:
            row = next((row for row in self.all if row.id == entry["id"]), None)
            if row is None:
                raise Invalid({"id": ["Service not found on this client's rate card."]})
            if entry.get("service_id", row.service_id) != row.service_id:
                raise Invalid({"service_id": [f'"{row.display_name}" belongs to another catalog service.']})
            return row
        if entry["is_custom"]:
            name = entry["name"].casefold()
            return next((row for row in self.all if row.is_custom and row.name.casefold() == name), None)
        return next((row for row in self.all if row.service_id == entry["service_id"]), None)


def _catalog(work: UnitOfWork, services: Sequence[Entry], errors: dict[str, list[str]]) -> dict[Any, CatalogService]:
    """Returns all catalog services, after waiting for those of `services` that are not stored yet."""
    seen = set(work.session.scalars(select(CatalogService.id)))
    for position, entry in enumerate(services):
        if entry.get("service_id") and entry["service_id"] not in seen:
            with _collected(errors, f"services.{position}"):
                catalog_service(work, entry["service_id"])
    if errors:
        raise Invalid(errors)
    await_catalog(work)
    statement = select(CatalogService).execution_options(populate_existing=True)
    return {service.id: service for service in work.session.scalars(statement)}


def _changes(row: ClientService, entry: Entry) -> Entry:
    """Returns the row's changes. Without a rate, a catalog service gets the default rate; custom ones keep theirs."""
    changes = {name: value for name, value in entry.items() if name not in ("id", "service_id", "is_custom", "version")}
    if "rate" in changes:
        changes["custom_rate"] = changes.pop("rate")
    if not row.is_custom:
        changes.setdefault("custom_rate", None)
    return changes


def _check_names(rows: Sequence[ClientService], errors: dict[str, list[str]]) -> None:
    """Adds an error for custom services of the list with equal names."""
    seen: set[str] = set()
    for name in (row.name.casefold() for row in rows if row.is_custom and row.name):
        if name in seen:
            errors.setdefault("services", [changing.named_already(name)])
        seen.add(name)


def _check_version(row: ClientService, expected: int | None) -> None:
    if expected is not None and row.version is not None and expected != row.version:
        raise Stale(f'Someone else changed "{row.display_name}" in the meantime. Reload and try again.')


@contextmanager
def _collected(errors: dict[str, list[str]], prefix: str) -> Iterator[None]:
    try:
        yield
    except Invalid as error:
        errors.update({f"{prefix}.{field}": messages for field, messages in error.errors.items()})
