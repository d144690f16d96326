"""The card as one thing: saved at once, as the editor shows it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import select

from clients.client.models import Client
from clients.client.queries import get as get_client
from clients.inbound.replicas import CatalogService
from clients.rate_card import changing, events
from clients.rate_card.editing import catalog_service, locked_rows, new_row
from clients.rate_card.inheriting import await_catalog
from clients.rate_card.models import ClientService
from common.errors import Invalid, Stale
from common.uow import UnitOfWork

Wanted = dict[str, Any]


def replace(work: UnitOfWork, client_id: UUID, *, services: Sequence[Wanted]) -> list[ClientService]:
    """Makes the card what `services` say; a row they do not mention is not included any more.

    All or nothing: one wrong entry and the card stays as it was, with every mistake named.
    """
    client = get_client(work, client_id, lock=True)
    errors: dict[str, list[str]] = {}
    catalog = _catalog(work, services, errors)
    rows = _Rows(work, client)
    changed: list[ClientService] = []
    for position, wanted in enumerate(services):
        with _collected(errors, f"services.{position}"):
            row = rows.take(wanted)
            _check_version(row, wanted.get("version"))
            service = catalog.get(row.service_id)
            if changing.apply(work, client, row, service, _changes(row, wanted)):
                changed.append(row)
    _check_names(rows.all, errors)
    if errors:
        raise Invalid(errors)
    changed += [row for row in rows.left() if changing.apply(work, client, row, None, {"included": False})]
    events.announce(work, changed)
    return sorted(rows.all, key=lambda row: row.display_name.casefold())


class _Rows:
    """The card's locked rows, each handed out once."""

    def __init__(self, work: UnitOfWork, client: Client) -> None:
        self._work, self._client = work, client
        self.all = list(work.session.scalars(locked_rows(client.id)))
        self._taken: set[UUID] = set()

    def take(self, wanted: Wanted) -> ClientService:
        row = self._find(wanted)
        if row is None:
            row = new_row(self._work, self._client, is_custom=wanted["is_custom"])
            row.service_id = wanted.get("service_id")
            self.all.append(row)
        if row.id in self._taken:
            raise Invalid({"service_id": [f'"{row.display_name}" is in the list twice. Remove one.']})
        self._taken.add(row.id)
        return row

    def left(self) -> list[ClientService]:
        return [row for row in self.all if row.id not in self._taken]

    def _find(self, wanted: Wanted) -> ClientService | None:
        if "id" in wanted:
            found = next((row for row in self.all if row.id == wanted["id"]), None)
            if found is None:
                raise Invalid({"id": ["Service not found on this client's rate card."]})
            if wanted.get("service_id", found.service_id) != found.service_id:
                raise Invalid({"service_id": [f'"{found.display_name}" belongs to another catalog service.']})
            return found
        if wanted["is_custom"]:
            name = wanted["name"].casefold()
            return next((row for row in self.all if row.is_custom and row.name.casefold() == name), None)
        return next((row for row in self.all if row.service_id == wanted["service_id"]), None)


def _catalog(work: UnitOfWork, services: Sequence[Wanted], errors: dict[str, list[str]]) -> dict[Any, CatalogService]:
    """All master services, read in one go once those just made have arrived and no news is on its way in."""
    seen = set(work.session.scalars(select(CatalogService.id)))
    for position, wanted in enumerate(services):
        if wanted.get("service_id") and wanted["service_id"] not in seen:
            with _collected(errors, f"services.{position}"):
                catalog_service(work, wanted["service_id"])
    if errors:
        raise Invalid(errors)
    await_catalog(work)
    statement = select(CatalogService).execution_options(populate_existing=True)
    return {service.id: service for service in work.session.scalars(statement)}


def _changes(row: ClientService, wanted: Wanted) -> Wanted:
    """Without a rate of its own, a catalog service is at the default rate and a custom one keeps its rate."""
    changes = {
        name: value for name, value in wanted.items() if name not in ("id", "service_id", "is_custom", "version")
    }
    if "rate" in changes:
        changes["custom_rate"] = changes.pop("rate")
    if not row.is_custom:
        changes.setdefault("custom_rate", None)
    return changes


def _check_names(rows: Sequence[ClientService], errors: dict[str, list[str]]) -> None:
    """Of two given one name in the same list neither is on the card yet under that name."""
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
