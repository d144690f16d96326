"""A client's account: the row that runs, payments and voids of the client lock."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from billing.db import Base
from common.clock import now
from common.merges import stays


class Account(Base):
    """Has no balance; balances are always summed from invoices and payments, so they cannot differ."""

    __tablename__ = "account"

    client_id: Mapped[UUID] = mapped_column(primary_key=True, info=stays("the survivor has its own account"))
    created_at: Mapped[datetime] = mapped_column(default=now)
