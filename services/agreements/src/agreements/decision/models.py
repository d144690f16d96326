"""The renewal decisions of agreements."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from agreements.db import Base
from common.db import Aggregate

RENEW, LET_END, RENEGOTIATE = "renew", "let_end", "renegotiate"
OUTCOMES = (RENEW, LET_END, RENEGOTIATE)


class Decision(Aggregate, Base):
    """What was decided about one cycle of an agreement. A cycle without a row has no owner and no decision yet."""

    __tablename__ = "agreement_decision"
    __table_args__ = (UniqueConstraint("agreement_id", "ends_on"),)

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    ends_on: Mapped[date]
    """The last day of the term, or the day of the yearly review."""
    owner_id: Mapped[UUID | None]
    snoozed_until: Mapped[date | None]
    outcome: Mapped[str | None]
    note: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decided_by_name: Mapped[str | None]
