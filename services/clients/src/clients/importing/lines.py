"""What an import plans: the lines of clients, and those of what belongs to them."""

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
    """What it is to be afterwards, `archived` included; None for as it is."""
    country: str | None = None
    """As it would be afterwards: phone numbers and addresses are read by it."""
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
    """Whether it is to be so; None for as it is."""
    references: dict[str, "PartLine"] = field(default_factory=dict)
    """Field → the line of what it names: an id is known only when that is written."""


@dataclass
class Plan:
    """Everything one import does, in the order in which it is done."""

    clients: list[ClientLine] = field(default_factory=list)
    locations: list[PartLine] = field(default_factory=list)
    contacts: list[PartLine] = field(default_factory=list)
    services: list[PartLine] = field(default_factory=list)
    assets: list[PartLine] = field(default_factory=list)

    def lines(self) -> Iterator[Line]:
        for lines in (self.clients, self.locations, self.contacts, self.services, self.assets):
            yield from lines


def standing(client: Client) -> ClientLine:
    """A client that is not changed itself, as the owner of what is."""
    return ClientLine(0, {}, present=client, target=client, country=client.country, currency=client.currency)


def merge_errors(line: Line, errors: dict[str, Any]) -> None:
    for name, messages in errors.items():
        line.errors.setdefault(name, []).extend(messages)
