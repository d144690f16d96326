"""Random changes to services, clients, contacts and cards through the use cases."""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from copies import Everybody
from sqlalchemy.exc import DBAPIError

from catalog.service import editing as services
from clients.client import editing as clients
from clients.contact import editing as contacts
from clients.merging import joining
from clients.rate_card import editing as cards
from clients.technician import assigning as technicians
from clients.technician import queries as assignments
from common.context import Actor, Context
from common.errors import DomainError
from common.failures import Kind, classify
from common.uow import UnitOfWork

ACTOR = Actor("replica-test", "Replica test", "super_admin")


class Office:
    """Changes random objects through the use cases."""

    def __init__(self, everybody: Everybody, seed: int, shared: "Shared") -> None:
        self.random, self.shared, self._services = random.Random(seed), shared, everybody.services
        self.done = self.refused = 0

    def work(self, count: int) -> None:
        chances = [weight for _, weight in ACTIONS]
        while self.done < count:
            (action,) = self.random.choices([action for action, _ in ACTIONS], chances)
            try:
                action(self)
                self.done += 1
            except DomainError:
                self.refused += 1
            self.shared.done.release()

    def on(self, owner: str, use_case: Callable[..., Any], /, *args: Any, **values: Any) -> Any:
        for _ in range(10):
            try:
                with self._services[owner].work(Context(actor=ACTOR)) as work:
                    return use_case(work, *args, **values)
            except DBAPIError as error:
                if classify(error) is not Kind.CONFLICT:
                    raise
        raise AssertionError("never got its turn")

    def rate(self) -> Decimal:
        return Decimal(self.random.randint(1, 30000)) / 100

    def name(self, noun: str) -> str:
        return f"{noun} {self.shared.tag} {self.random.getrandbits(40):x}"

    def any(self, kind: str) -> Any:
        known = getattr(self.shared, kind)
        if not known:
            raise Nothing
        return self.random.choice(known)


class Nothing(DomainError):
    def __init__(self) -> None:
        super().__init__("There is nothing of that kind yet, or enough.")


@dataclass
class Shared:
    """Objects that all offices know; the lists only grow."""

    tag: str
    services: list[UUID] = field(default_factory=list)
    clients: list[UUID] = field(default_factory=list)
    contacts: list[tuple[UUID, UUID]] = field(default_factory=list)
    rows: list[tuple[UUID, UUID]] = field(default_factory=list)
    users: list[UUID] = field(default_factory=list)
    done: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))


def add_service(office: Office) -> None:
    if len(office.shared.services) >= MOST_SERVICES:
        raise Nothing
    values = {"description": "Made up", "kind": "labor", "category": office.random.choice(("Support", "Project", None))}
    values |= {"default_rate": office.rate(), "default_unit": "Hour", "tax_code_id": None, "sort_order": 0}
    made = office.on("catalog", services.create, name=office.name("Service"), **values)
    office.shared.services.append(made.id)


def change_service(office: Office) -> None:
    changes = [
        {"default_rate": office.rate()},
        {"name": office.name("Service")},
        {"description": office.name("Words")},
        {"sort_order": office.random.randint(0, 9)},
    ]
    office.on("catalog", services.update, office.any("services"), **office.random.choice(changes))


def retire_service(office: Office) -> None:
    office.on("catalog", office.random.choice((services.archive, services.restore)), office.any("services"))


def add_client(office: Office) -> None:
    if len(office.shared.clients) >= MOST_CLIENTS:
        raise Nothing
    made = office.on("clients", clients.create, name=office.name("Client"), billing_cc_emails=[])
    office.shared.clients.append(made.id)


def change_client(office: Office) -> None:
    mail = f"{office.random.getrandbits(30):x}@replica.example"
    changes = [
        {"name": office.name("Client")},
        {"net_terms": office.random.randint(0, 90)},
        {"hourly_rate": office.random.choice((None, office.rate()))},
        {"billing_email": office.random.choice((None, mail)), "billing_contact_name": "Accounts"},
        {"billing_cc_emails": [f"cc{n}-{mail}" for n in range(office.random.randint(0, 10))]},
        {"tax_id": f"T-{office.random.getrandbits(20)}", "country": office.random.choice(("KY", "CA", None))},
        {"locale": office.random.choice(("en-US", "en-CA")), "currency": office.random.choice(("USD", "CAD", "KYD"))},
    ]
    office.on("clients", clients.update, office.any("clients"), **office.random.choice(changes))


def retire_client(office: Office) -> None:
    office.on("clients", office.random.choice((clients.archive, clients.restore)), office.any("clients"))


def add_contact(office: Office) -> None:
    client_id = office.any("clients")
    mail = f"{office.random.getrandbits(30):x}@replica.example"
    made = office.on("clients", contacts.create, client_id, name=office.name("Person"), email=mail)
    office.shared.contacts.append((client_id, made.id))


def change_contact(office: Office) -> None:
    changes = [
        {"name": office.name("Person")},
        {"email": office.random.choice((None, f"{office.random.getrandbits(30):x}@replica.example"))},
        {"is_primary_support": True},
        {"is_billing": office.random.random() < 0.5},
    ]
    office.on("clients", contacts.update, *office.any("contacts"), **office.random.choice(changes))


def retire_contact(office: Office) -> None:
    office.on("clients", office.random.choice((contacts.archive, contacts.restore)), *office.any("contacts"))


def choose(office: Office) -> None:
    client_id = office.any("clients")
    agreed = {"custom_rate": office.random.choice((None, office.rate()))}
    made = office.on("clients", cards.choose, client_id, service_id=office.any("services"), **agreed)
    office.shared.rows.append((client_id, made.id))


def add_custom(office: Office) -> None:
    client_id = office.any("clients")
    made = office.on("clients", cards.add_custom, client_id, name=office.name("Own"), rate=office.rate())
    office.shared.rows.append((client_id, made.id))


def change_row(office: Office) -> None:
    changes = [{"custom_rate": office.rate()}, {"description": office.name("Words")}, {"included": True}]
    office.on("clients", cards.update, *office.any("rows"), **office.random.choice(changes))


def drop_row(office: Office) -> None:
    office.on("clients", cards.remove, *office.any("rows"))


def assign(office: Office) -> None:
    office.on("clients", technicians.assign, office.any("clients"), user_id=office.any("users"))


def unassign(office: Office) -> None:
    def end(work: UnitOfWork, client_id: UUID, user_id: UUID) -> None:
        technicians.end(work, assignments.get(work, client_id, user_id))

    office.on("clients", end, office.any("clients"), office.any("users"))


def merge(office: Office) -> None:
    survivor, duplicate = office.any("clients"), office.any("clients")
    office.on("clients", joining.merge, survivor, duplicate_id=duplicate, dry_run=False)


MOST_SERVICES, MOST_CLIENTS = 40, 250
ACTIONS: tuple[tuple[Callable[[Office], None], float], ...] = (
    (add_service, 4),
    (change_service, 6),
    (retire_service, 2),
    (add_client, 8),
    (change_client, 20),
    (retire_client, 3),
    (add_contact, 8),
    (change_contact, 12),
    (retire_contact, 4),
    (choose, 10),
    (add_custom, 4),
    (change_row, 14),
    (drop_row, 4),
    (assign, 5),
    (unassign, 3),
    (merge, 0.3),
)
