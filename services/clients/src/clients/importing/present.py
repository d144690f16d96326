"""Reads the stored rows of an import's clients, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import String, Uuid, any_, literal, or_, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import selectinload

from clients import naming
from clients.asset.models import Asset
from clients.client.models import Client
from clients.contact.models import Contact
from clients.custom_field import values as custom
from clients.custom_field.models import ASSET, CLIENT, CONTACT, LOCATION, CustomField
from clients.inbound.replicas import TaxCode
from clients.location.models import Location
from clients.rate_card.models import ClientService
from clients.tag.models import Tag
from common.uow import UnitOfWork

_TAKE_TURNS = text("SELECT pg_advisory_xact_lock(hashtextextended('clients: import', 0))")
_ENTITIES = (CLIENT, CONTACT, LOCATION, ASSET)


@dataclass
class Present:
    by_id: dict[UUID, Client]
    by_key: dict[str, Client]
    """By `naming.key`."""
    tax_codes: dict[str, TaxCode]
    """By name in lower case."""
    tags: dict[str, str]
    """Names of tags by `naming.key`."""
    questions: dict[str, Sequence[CustomField]]
    """Custom fields by entity."""
    contacts: dict[UUID, list[Contact]] = field(default_factory=lambda: defaultdict(list))
    """Contacts by client."""
    contacts_by_id: dict[UUID, Contact] = field(default_factory=dict)
    locations: dict[UUID, list[Location]] = field(default_factory=lambda: defaultdict(list))
    services: dict[UUID, list[ClientService]] = field(default_factory=lambda: defaultdict(list))
    assets: dict[UUID, list[Asset]] = field(default_factory=lambda: defaultdict(list))


def take_turns(work: UnitOfWork) -> None:
    """Makes a concurrent import wait, so that it sees the rows of this one."""
    work.session.execute(_TAKE_TURNS)


def read(work: UnitOfWork, ids: Iterable[UUID], names: Iterable[str], *, lock: bool) -> Present:
    """Returns the clients with these ids or names, their contacts and locations; `lock` locks the clients."""
    clients = _clients(work, ids, names, lock=lock)
    present = Present(
        by_id={client.id: client for client in clients},
        by_key={client.name_key: client for client in clients},
        tax_codes={code.name.lower(): code for code in work.session.scalars(select(TaxCode))},
        tags={tag.name_key: tag.name for tag in work.session.scalars(select(Tag))},
        questions={entity: custom.fields_of(work, entity) for entity in _ENTITIES},
    )
    _fill(work, Contact, present.by_id, present.contacts)
    present.contacts_by_id = {contact.id: contact for contacts in present.contacts.values() for contact in contacts}
    _fill(work, Location, present.by_id, present.locations)
    return present


def read_cards_and_assets(work: UnitOfWork, present: Present) -> None:
    """Adds the clients' assets and custom services."""
    _fill(work, Asset, present.by_id, present.assets)
    _fill(work, ClientService, present.by_id, present.services, ClientService.is_custom)


def _clients(work: UnitOfWork, ids: Iterable[UUID], names: Iterable[str], *, lock: bool) -> Sequence[Client]:
    keys = literal(sorted({naming.key(name) for name in names}), ARRAY(String))
    statement = (
        select(Client)
        .where(or_(Client.id == any_(literal(list(ids), ARRAY(Uuid))), Client.name_key == any_(keys)))
        .options(
            selectinload(Client.labels),
            selectinload(Client.primary_support_contact),
            selectinload(Client.primary_location),
        )
        .order_by(Client.id)
    )
    if lock:
        statement = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    return work.session.scalars(statement).all()


def _fill(work: UnitOfWork, model: Any, clients: Iterable[UUID], into: dict[UUID, list[Any]], *conditions: Any) -> None:
    of_clients = model.client_id == any_(literal(list(clients), ARRAY(Uuid)))
    statement = select(model).where(of_clients, *conditions).order_by(model.created_at, model.id)
    for thing in work.session.scalars(statement):
        into[thing.client_id].append(thing)


def named_contacts(work: UnitOfWork, ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Returns client ids by contact id."""
    with_ids = Contact.id == any_(literal(list(ids), ARRAY(Uuid)))
    return dict(iter(work.session.execute(select(Contact.id, Contact.client_id).where(with_ids))))
