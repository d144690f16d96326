"""What new and edited work orders refer to, read in a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from agreements import known_clients
from agreements.agreement.models import Agreement
from agreements.inbound import card
from agreements.inbound.replicas import Client, ClientService, Contact
from agreements.known_clients import KnownClients
from agreements.work.models import WorkOrder
from common.errors import Invalid
from common.replicas import find_all
from common.uow import UnitOfWork

if TYPE_CHECKING:
    from agreements.work.orders import NewOrder


@dataclass(frozen=True)
class Sources:
    clients: KnownClients
    cards: dict[card.Place, ClientService]
    contacts: dict[UUID, Contact]
    agreements: dict[UUID, Agreement]
    numbers: set[str]
    """The numbers among the new ones that exist, whoever may see those work orders."""

    def check_contact(self, client: Client, contact_id: UUID) -> None:
        if contact_id == client.primary_support_contact_id:
            return
        contact = self.contacts.get(contact_id)
        if contact is None or contact.removed or contact.client_id != client.id:
            raise Invalid({"contact_id": [f"Contact not found for {client.name}."]})

    def check_agreement(self, client: Client, agreement_id: UUID) -> None:
        agreement = self.agreements.get(agreement_id)
        if agreement is None or agreement.client_id != client.id:
            raise Invalid({"agreement_id": [f"Agreement not found for {client.name}."]})
        if not agreement.takes_work:
            message = f"{agreement.number} is {agreement.status}. Choose an active agreement."
            raise Invalid({"agreement_id": [message]})


def read(work: UnitOfWork, new: "Sequence[NewOrder]") -> Sources:
    clients = known_clients.read(work, [order.client_id for order in new])
    own = {client.primary_support_contact_id for client in clients.clients.values()}
    return _read(
        work,
        clients,
        {(order.client_id, order.service_id) for order in new if order.client_id and order.service_id},
        {order.contact_id for order in new if order.contact_id} - own,
        {order.agreement_id for order in new if order.agreement_id},
        {order.number for order in new if order.number},
    )


def read_for(work: UnitOfWork, order: WorkOrder, changes: Mapping[str, Any]) -> Sources:
    """Reads what the changes of a work order refer to."""
    clients = known_clients.read(work, [order.client_id])
    named = {name: {changes[name]} - {None} for name in ("service_id", "contact_id", "agreement_id") if name in changes}
    services = {(order.client_id, identifier) for identifier in named.get("service_id", ())}
    return _read(work, clients, services, named.get("contact_id", set()), named.get("agreement_id", set()), set())


def _read(
    work: UnitOfWork,
    clients: KnownClients,
    services: set[card.Place],
    contacts: set[UUID],
    agreements: set[UUID],
    numbers: set[str],
) -> Sources:
    session = work.session
    return Sources(
        clients,
        card.find_places(work, services),
        find_all(work, Contact, contacts),
        {one.id: one for one in session.scalars(select(Agreement).where(Agreement.id.in_(agreements)))}
        if agreements
        else {},
        set(session.scalars(select(WorkOrder.number).where(WorkOrder.number.in_(numbers)))) if numbers else set(),
    )
