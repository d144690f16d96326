"""Counters of the rate limits, shared by all processes through the database."""

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from gateway.db import Base


class RateCount(Base):
    """A counter. UNLOGGED, because counts of a minute may be lost in a crash and need no WAL.

    The fill factor leaves room for HOT updates, so that no index is written.
    """

    __tablename__ = "rate_count"
    __table_args__ = (
        Index("ix_rate_count_slot_ends", "slot_ends"),
        {"prefixes": ["UNLOGGED"], "postgresql_with": {"fillfactor": 50}},
    )

    key: Mapped[str] = mapped_column(primary_key=True)
    slot: Mapped[int] = mapped_column(BigInteger)
    current: Mapped[int]
    previous: Mapped[int]
    slot_ends: Mapped[int] = mapped_column(BigInteger)
    """Epoch seconds; one slot later the row is no longer needed."""
