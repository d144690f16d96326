"""What an hour of a technician costs from a day on."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from billing.db import Base
from common.db import Aggregate, MoneyColumn


class LaborRate(Aggregate, Base):
    """Applies to work from `valid_from` until the day before the technician's next rate."""

    __tablename__ = "labor_rate"
    __table_args__ = (
        CheckConstraint("rate >= 0", name="rate_not_negative"),
        Index("uq_labor_rate_technician_id_valid_from", "technician_id", "valid_from", unique=True),
    )

    technician_id: Mapped[UUID]
    valid_from: Mapped[date]
    rate: Mapped[Decimal] = mapped_column(MoneyColumn)
    currency: Mapped[str] = mapped_column(String(3))
