"""Counters of the rate limits, shared by every process through the database."""

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from gateway.db import Base


class RateCount(Base):
    """UNLOGGED: counting writes no WAL and waits for no disk, and what a crash forgets is a minute's counts.

    The fill factor leaves room for the new version of a row on its own page, so that no index is touched.
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
    """Epoch seconds; one slot later nobody needs the row."""
