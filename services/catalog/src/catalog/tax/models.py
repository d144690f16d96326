"""Tax codes: one tax or several, added to or contained in the price, or exempt."""

from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from catalog.db import Base
from common.db import Aggregate, MoneyColumn


class TaxCode(Aggregate, Base):
    __tablename__ = "tax_code"
    __table_args__ = (
        CheckConstraint("rate_percent >= 0 AND rate_percent <= 100", name="rate_percent_in_range"),
        CheckConstraint("NOT exempt OR (rate_percent = 0 AND exempt_reason IS NOT NULL)", name="exempt_has_reason"),
        Index("uq_tax_code_name", func.lower(text("name")), unique=True),
        Index("uq_tax_code_code", func.lower(text("code")), unique=True),
    )

    name: Mapped[str] = mapped_column(String(100))
    code: Mapped[str | None] = mapped_column(String(30))
    """The code in an accounting system."""
    description: Mapped[str | None]
    rate_percent: Mapped[Decimal] = mapped_column(MoneyColumn)
    """The rate or, with components, their total rate."""
    inclusive: Mapped[bool] = mapped_column(default=False)
    exempt: Mapped[bool] = mapped_column(default=False)
    exempt_reason: Mapped[str | None]
    components: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    """`[{"name", "rate_percent", "compound"}]` in the order they are charged, rates as decimal strings."""
    status: Mapped[str] = mapped_column(default="active")
