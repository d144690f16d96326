"""Replica tables of other services' data."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from agreements.db import Base
from common import successors
from common.db import MoneyColumn
from common.merges import stays
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
        """Returns the flat hourly rate, or None if it is not set or 0.00."""
        return self.hourly_rate or None


class ClientService(Replica, Base):
    """A row of a client's rate card; `effective_rate` is null if the service is not included."""

    __tablename__ = "client_service"
    __table_args__ = (Index("ix_client_service_client_id_service_id", "client_id", "service_id"),)

    client_id: Mapped[UUID] = mapped_column(info=stays("moved rows come with the merge event"))
    service_id: Mapped[UUID | None]
    name: Mapped[str]
    unit: Mapped[str]
    effective_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    rate_source: Mapped[str | None]
    included: Mapped[bool]
    kind: Mapped[str | None]
    """Only for custom services; other rows have their catalog service's kind."""


class Contact(Replica, Base):
    __tablename__ = "contact"
    __table_args__ = (Index("ix_contact_email_key", "email_key"),)

    client_id: Mapped[UUID] = mapped_column(info=stays("clients publishes moved contacts again"))
    name: Mapped[str]
    email_key: Mapped[str | None]
    """What all spellings of the address share. None until clients has published the contact again after an upgrade."""
    removed: Mapped[bool]


class CatalogService(Replica, Base):
    __tablename__ = "catalog_service"

    name: Mapped[str]
    status: Mapped[str]
    kind: Mapped[str | None]
    minimum_hours: Mapped[Decimal | None] = mapped_column(MoneyColumn)


class TaxCode(Replica, Base):
    __tablename__ = "tax_code"

    name: Mapped[str]
    status: Mapped[str]


class Technician(Replica, Base):
    """An assignment of a technician to a client."""

    __tablename__ = "technician"
    __table_args__ = (Index("ix_technician_user_id_client_id", "user_id", "client_id"),)

    client_id: Mapped[UUID] = mapped_column(info=stays("clients publishes moved assignments again"))
    user_id: Mapped[UUID]
    active: Mapped[bool]


class User(Replica, Base):
    __tablename__ = "user"

    name: Mapped[str]
    role: Mapped[str | None]
    """None until the gateway has published the user again after an upgrade."""


class Invoice(Replica, Base):
    """An issued or voided invoice; the latest state decides whether its time entries are invoiced."""

    __tablename__ = "invoice"

    number: Mapped[str | None]
    voided: Mapped[bool]


class Successor(successors.Successor, Base):
    """Merged clients, and rate card rows that a merge replaced."""
