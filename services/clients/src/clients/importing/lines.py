"""The plan of an import: lines of clients and lines of their contacts, locations, services and assets."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from clients.client.models import Client
from common.planning import Line


@dataclass(eq=False)
class ClientLine(Line):
    table: str = "clients"
    status: str | None = None
    """The status after the import, which may be `archived`; None for no change."""
    country: str | None = None
    """The country after the import, by which phone numbers and addresses are read."""
    currency: str | None = None

    @property
    def client_id(self) -> UUID | None:
        return self.present.id if self.present is not None else None


@dataclass(eq=False)
class PartLine(Line):
    """A contact, location, custom service or asset of the client in `owner`."""

    table: str = ""
    owner: ClientLine = field(kw_only=True)
    becomes_primary: bool = False
    archived: bool | None = None
    """Whether the row is archived after the import; None for no change."""
    references: dict[str, "PartLine"] = field(default_factory=dict)
    """Lines of referenced rows by field, because a new row's id is known only once it is written."""


@dataclass
class Plan:
    """The lines of an import, in the order in which they are written."""

    clients: list[ClientLine] = field(default_factory=list)
    locations: list[PartLine] = field(default_factory=list)
    contacts: list[PartLine] = field(default_factory=list)
    services: list[PartLine] = field(default_factory=list)
    assets: list[PartLine] = field(default_factory=list)

    def lines(self) -> Iterator[Line]:
        for lines in (self.clients, self.locations, self.contacts, self.services, self.assets):
            yield from lines


def owner_line(client: Client) -> ClientLine:
    """Returns the line of a client that is not changed itself, as the owner of changed contacts."""
    return ClientLine(0, {}, present=client, target=client, country=client.country, currency=client.currency)


def merge_errors(line: Line, errors: dict[str, Any]) -> None:
    for name, messages in errors.items():
        line.errors.setdefault(name, []).extend(messages)
