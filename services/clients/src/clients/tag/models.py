"""Tags of clients."""

from sqlalchemy import Column, ForeignKey, Index, String, Table
from sqlalchemy.orm import Mapped, mapped_column

from clients.db import Base
from common.db import Aggregate
from common.merges import stays


class Tag(Aggregate, Base):
    __tablename__ = "tag"
    __table_args__ = (Index("uq_tag_name_key", "name_key", unique=True),)

    name: Mapped[str] = mapped_column(String(50))
    name_key: Mapped[str]
    color: Mapped[str]

    client_count = 0
    """The number of the tag's clients that the actor may see; set by `queries`."""


client_tag = Table(
    "client_tag",
    Base.metadata,
    Column(
        "client_id",
        ForeignKey("client.id", ondelete="CASCADE"),
        primary_key=True,
        info=stays("parts.py gives the survivor each tag once"),
    ),
    Column("tag_id", ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_client_tag_tag_id_client_id", "tag_id", "client_id"),
)
