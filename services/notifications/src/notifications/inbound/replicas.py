"""Replica tables of clients, contacts, users and assignments, to find recipients."""

from uuid import UUID

from sqlalchemy import ARRAY, Index, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from common import successors
from common.merges import stays
from common.replicas import Replica
from notifications.db import Base


class Client(Replica, Base):
    __tablename__ = "client"

    name: Mapped[str]
    status: Mapped[str]
    currency: Mapped[str]
    locale: Mapped[str | None]
    billing_contact_name: Mapped[str | None]
    invoice_email: Mapped[str | None]
    billing_cc_emails: Mapped[list[str]] = mapped_column(ARRAY(Text))
    primary_support_contact_id: Mapped[UUID | None]


class Contact(Replica, Base):
    """A contact. A removed one stays, so that a late older event does not restore it."""

    __tablename__ = "contact"

    client_id: Mapped[UUID] = mapped_column(info=stays("clients publishes moved contacts again"))
    name: Mapped[str]
    email: Mapped[str | None]
    removed: Mapped[bool]


class User(Replica, Base):
    __tablename__ = "user_account"
    __table_args__ = (
        Index("ix_user_account_role", "role", "status"),
        Index("ix_user_account_email", func.lower(text("email"))),
    )

    email: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    client_id: Mapped[UUID | None] = mapped_column(info=stays("gateway publishes moved users again"))
    status: Mapped[str]


class Technician(Replica, Base):
    """A user's assignment to a client."""

    __tablename__ = "technician"
    __table_args__ = (Index("ix_technician_client_id", "client_id", postgresql_where=text("active")),)

    client_id: Mapped[UUID] = mapped_column(info=stays("clients publishes moved assignments again"))
    user_id: Mapped[UUID]
    active: Mapped[bool]


class Successor(successors.Successor, Base):
    """Merged clients."""
