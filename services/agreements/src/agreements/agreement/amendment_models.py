"""What was agreed from which day on: one row for each change of terms in force."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agreements.agreement.models import ServiceTerms
from agreements.db import Base
from common.ids import new_id


class Amendment(Base):
    """The whole terms from a day on. The first one has the terms that the agreement was activated with."""

    __tablename__ = "agreement_amendment"
    __table_args__ = (UniqueConstraint("agreement_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    number: Mapped[int]
    from_day: Mapped[date]
    """Never before the first day of the amendment that it follows."""
    terms: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """The agreed fields (`models.AGREED`) as JSON."""
    reason: Mapped[str | None]
    actor: Mapped[str]
    actor_name: Mapped[str]
    created_at: Mapped[datetime]

    services: Mapped[list["AmendedService"]] = relationship(
        order_by="AmendedService.position, AmendedService.id", cascade="all, delete-orphan", lazy="selectin"
    )


class AmendedService(ServiceTerms, Base):
    """A service that was covered under the terms of an amendment."""

    __tablename__ = "agreement_amendment_service"
    __table_args__ = (
        Index("ix_agreement_amendment_service_amendment_id", "amendment_id"),
        Index("ix_agreement_amendment_service_client_service_id", "client_service_id"),
    )

    amendment_id: Mapped[UUID] = mapped_column(ForeignKey("agreement_amendment.id"))
