"""A client's account: the one row that runs, payments and voids of that client queue up at."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from billing.db import Base
from common.clock import now


class Account(Base):
    """Holds no balance: that is always the sum of what is open, so the two can never disagree."""

    __tablename__ = "account"

    client_id: Mapped[UUID] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
