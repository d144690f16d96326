"""A tax code: what is charged on top of (or contained in) a client's invoices."""

from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, String, func, text
from sqlalchemy.orm import Mapped, mapped_column

from catalog.db import Base
from common.db import Aggregate, MoneyColumn


class TaxCode(Aggregate, Base):
    __tablename__ = "tax_code"
    __table_args__ = (
        CheckConstraint("rate_percent >= 0 AND rate_percent <= 100", name="rate_percent_in_range"),
        Index("uq_tax_code_name", func.lower(text("name")), unique=True),
    )

    name: Mapped[str] = mapped_column(String(100))
    rate_percent: Mapped[Decimal] = mapped_column(MoneyColumn)
    inclusive: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(default="active")
