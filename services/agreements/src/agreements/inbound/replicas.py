"""What this service knows of other services' things."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from agreements.db import Base
from common import successors
from common.db import MoneyColumn
from common.replicas import Replica


class Client(Replica, Base):
    __tablename__ = "client"

    name: Mapped[str]
    status: Mapped[str]
    currency: Mapped[str]
    net_terms: Mapped[int]
    hourly_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    primary_support_contact_id: Mapped[UUID | None]

    @property
    def flat_rate(self) -> Decimal | None:
        """The flat hourly rate; None where none is set, which 0.00 means as well."""
        return self.hourly_rate or None


class ClientService(Replica, Base):
    """A row of a client's rate card; `effective_rate` is null when it is not included."""

    __tablename__ = "client_service"
    __table_args__ = (Index("ix_client_service_client_id_service_id", "client_id", "service_id"),)

    client_id: Mapped[UUID]
    service_id: Mapped[UUID | None]
    name: Mapped[str]
    unit: Mapped[str]
    effective_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    rate_source: Mapped[str | None]
    included: Mapped[bool]
    kind: Mapped[str | None]
    """Of a custom service; the kind of any other one is its catalog service's."""


class Contact(Replica, Base):
    __tablename__ = "contact"

    client_id: Mapped[UUID]
    name: Mapped[str]
    removed: Mapped[bool]


class CatalogService(Replica, Base):
    __tablename__ = "catalog_service"

    name: Mapped[str]
    status: Mapped[str]
    kind: Mapped[str | None]
    minimum_hours: Mapped[Decimal | None] = mapped_column(MoneyColumn)


class Technician(Replica, Base):
    """An assignment of a technician to a client."""

    __tablename__ = "technician"
    __table_args__ = (Index("ix_technician_user_id_client_id", "user_id", "client_id"),)

    client_id: Mapped[UUID]
    user_id: Mapped[UUID]
    active: Mapped[bool]


class User(Replica, Base):
    __tablename__ = "user"

    name: Mapped[str]


class Invoice(Replica, Base):
    """An issued or voided invoice: which came last decides whether its time entries are invoiced."""

    __tablename__ = "invoice"

    number: Mapped[str | None]
    voided: Mapped[bool]


class Successor(successors.Successor, Base):
    """Merged clients, and rows of their rate cards that another row stands for."""
