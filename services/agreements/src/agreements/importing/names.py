"""The names in a table's cells: clients, their services and agreements, technicians; read in four queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select

from agreements.access import of_own_clients
from agreements.agreement.models import Agreement
from agreements.inbound.replicas import Client, ClientService, User
from common.csvfiles import Row
from common.planning import Line
from common.uow import UnitOfWork

CLIENT, AGREEMENT, SERVICE, TECHNICIAN = "client", "agreement", "service", "technician"


@dataclass
class Names:
    """Ids by name, without regard to case."""

    clients: dict[str, UUID] = field(default_factory=dict)
    services: dict[tuple[UUID, str], UUID] = field(default_factory=dict)
    agreements: dict[tuple[UUID, str], Agreement] = field(default_factory=dict)
    """By name and by number."""
    technicians: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))

    def client(self, line: Line, cells: dict[str, str]) -> UUID | None:
        name = cells.get(CLIENT, "")
        found = self.clients.get(key(name))
        if found is None:
            line.fail(CLIENT, f'No client is named "{name}".' if name else "Enter the client's name.")
        return found

    def agreement(self, line: Line, cells: dict[str, str], client_id: UUID) -> UUID | None:
        name = cells.get(AGREEMENT, "")
        found = self.agreements.get((client_id, key(name))) if name else None
        if name and found is None:
            line.fail(AGREEMENT, f'The client has no agreement "{name}".')
        return found.id if found is not None else None

    def service(self, line: Line, name: str, client_id: UUID, column: str = SERVICE) -> UUID | None:
        found = self.services.get((client_id, key(name))) if name else None
        if name and found is None:
            line.fail(column, f'"{name}" is not on the client\'s rate card.')
        return found

    def technician(self, cells: dict[str, str]) -> dict[str, Any]:
        """Returns the only user with that name; otherwise the name alone, because its owner need not be a user."""
        name = cells.get(TECHNICIAN, "")
        ids = self.technicians.get(key(name), [])
        found = {"technician_name": name} if name else {}
        return found | ({"technician_id": str(ids[0])} if len(ids) == 1 else {})


def key(name: str) -> str:
    return name.strip().lower()


def read(work: UnitOfWork, rows: Sequence[Row], services: Sequence[str] = ()) -> Names:
    """Reads what the rows name; `services` are further services that they name."""
    found = Names()
    mine = of_own_clients(work, Client.id)
    by_name = select(Client.id, func.lower(Client.name)).where(func.lower(Client.name).in_(_named(rows, CLIENT)), mine)
    found.clients = {name: identifier for identifier, name in work.session.execute(by_name)}
    ids = list(found.clients.values())
    wanted = _named(rows, SERVICE) | {key(name) for name in services}
    on_cards = select(ClientService.client_id, func.lower(ClientService.name), ClientService.id)
    on_cards = on_cards.where(ClientService.client_id.in_(ids), func.lower(ClientService.name).in_(wanted))
    on_cards = on_cards.order_by(ClientService.included, ClientService.id)
    found.services = {(client_id, name): row_id for client_id, name, row_id in work.session.execute(on_cards)}
    _agreements(work, found, ids, _named(rows, AGREEMENT) | _named(rows, "name"))
    users = select(User.id, func.lower(User.name)).where(func.lower(User.name).in_(_named(rows, TECHNICIAN)))
    for user_id, name in work.session.execute(users):
        found.technicians[name].append(user_id)
    return found


def _agreements(work: UnitOfWork, found: Names, clients: Sequence[UUID], names: set[str]) -> None:
    name, number = func.lower(Agreement.name), func.lower(Agreement.number)
    statement = select(Agreement).where(Agreement.client_id.in_(clients), or_(name.in_(names), number.in_(names)))
    for agreement in work.session.scalars(statement.order_by(Agreement.start_date, Agreement.id)):
        found.agreements[agreement.client_id, key(agreement.name)] = agreement
        found.agreements[agreement.client_id, key(agreement.number)] = agreement


def _named(rows: Sequence[Row], column: str) -> set[str]:
    return {key(row.values[column]) for row in rows if row.values.get(column)}
