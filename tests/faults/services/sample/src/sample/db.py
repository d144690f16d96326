"""A thing, and one row per effect of an event, which shows duplicates."""

from uuid import UUID

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from common.db import TYPES, Aggregate, metadata


class Base(DeclarativeBase):
    metadata = metadata()
    type_annotation_map = TYPES


class Thing(Aggregate, Base):
    __tablename__ = "thing"

    name: Mapped[str]


class Effect(Base):
    __tablename__ = "effect"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[UUID]
    thing_id: Mapped[UUID]
