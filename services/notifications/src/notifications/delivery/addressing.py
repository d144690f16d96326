"""Recipients: billing email goes to the billing contact, support email to the support contact."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from common import emails
from common.roles import ADMINS, CLIENT_USERS
from common.roles import STAFF as STAFF_ROLES
from common.uow import UnitOfWork
from notifications.delivery.models import BILLING, STAFF, SUPPORT
from notifications.inbound.replicas import Client, Contact, Technician, User

MOST_CC = 10
MANAGER, TECHNICIAN, ACTIVE = "manager", "technician", "active"


@dataclass(frozen=True)
class Addressee:
    """A recipient. If `address` is empty, `problem` says why."""

    kind: str
    address: str = ""
    name: str = ""
    cc: tuple[str, ...] = ()
    problem: str | None = None


def billing_contact(client: Client) -> Addressee:
    """Returns the client's invoice address as the clients service chose it, with the client's CC list."""
    name = client.billing_contact_name or ""
    if not client.invoice_email:
        return Addressee(
            BILLING, name=name, problem=f"{client.name} has no billing email and no primary support contact."
        )
    address = usable(client.invoice_email)
    if address is None:
        return Addressee(BILLING, name=name, problem=f'"{client.invoice_email}" is not a valid email address.')
    return Addressee(BILLING, address, name, copies(client.billing_cc_emails, address))


def support_contact(work: UnitOfWork, client: Client, contact_id: UUID | None = None) -> Addressee:
    """Returns the client's contact with this id, else its primary support contact."""
    contact = _contact(work, contact_id) or _contact(work, client.primary_support_contact_id)
    if contact is None:
        return Addressee(SUPPORT, problem=f"{client.name} has no primary support contact.")
    address = usable(contact.email or "")
    if address is None:
        return Addressee(SUPPORT, name=contact.name, problem=f"{contact.name} has no usable email address.")
    return Addressee(SUPPORT, address, contact.name)


def managers(work: UnitOfWork) -> list[Addressee]:
    users = _users_with(work, {MANAGER}) or _users_with(work, ADMINS)
    return _each(users, "There is no active manager or administrator.")


def technicians_of(work: UnitOfWork, client_id: UUID) -> list[Addressee]:
    """Returns the technicians assigned to the client, else the administrators."""
    assigned = select(Technician.user_id).where(Technician.client_id == client_id, Technician.active)
    active = select(User).where(User.id.in_(assigned), User.role == TECHNICIAN, User.status == ACTIVE)
    users = work.session.scalars(active.order_by(User.id)).all() or _users_with(work, ADMINS)
    return _each(users, "No active technician is assigned to the client, and there is no administrator.")


def colleague(work: UnitOfWork, user_id: UUID | None) -> Addressee | None:
    """Returns the user of the MSP, or None if there is no active one with this id."""
    user = work.session.get(User, user_id) if user_id else None
    if user is None or user.status != ACTIVE or user.role not in STAFF_ROLES:
        return None
    return Addressee(STAFF, user.email, user.name)


def has_account(work: UnitOfWork, client_id: UUID, address: str) -> bool:
    """Returns whether a user of the client has this address; only users get a link."""
    user = select(User.id).where(func.lower(User.email).in_(emails.spellings(address)), User.status == ACTIVE)
    return (
        work.session.scalar(user.where(User.client_id == client_id, User.role.in_(CLIENT_USERS)).limit(1)) is not None
    )


def usable(address: str) -> str | None:
    """Returns the address as stored, or None if no server could accept it."""
    try:
        return emails.checked(address)
    except ValueError:
        return None


def copies(addresses: Iterable[str], recipient: str) -> tuple[str, ...]:
    """Returns at most ten valid addresses, each once, in the given order, without the recipient."""
    seen = {emails.key(recipient): ""}
    for address in filter(None, map(usable, addresses)):
        seen.setdefault(emails.key(address), address)
    return tuple(filter(None, seen.values()))[:MOST_CC]


def _contact(work: UnitOfWork, contact_id: UUID | None) -> Contact | None:
    contact = work.session.get(Contact, contact_id) if contact_id else None
    return None if contact is None or contact.removed else contact


def _users_with(work: UnitOfWork, roles: Iterable[str]) -> list[User]:
    statement = select(User).where(User.role.in_(sorted(roles)), User.status == ACTIVE)
    return list(work.session.scalars(statement.order_by(User.id)))


def _each(users: Iterable[User], otherwise: str) -> list[Addressee]:
    return [Addressee(STAFF, user.email, user.name) for user in users] or [Addressee(STAFF, problem=otherwise)]
