"""Custom fields of clients, contacts, locations and assets."""

from sqlalchemy import Index, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from clients.db import Base
from common.db import Aggregate

ENTITIES = CLIENT, CONTACT, LOCATION, ASSET = "client", "contact", "location", "asset"
TYPES = TEXT, NUMBER, DATE, BOOLEAN, SELECT, EMAIL, URL = "text", "number", "date", "boolean", "select", "email", "url"
ACTIVE, ARCHIVED = "active", "archived"


class CustomField(Aggregate, Base):
    """A field of an entity. Its values are stored in the entity's rows by `key`."""

    __tablename__ = "custom_field"
    __table_args__ = (Index("uq_custom_field_entity_key", "entity", "key", unique=True),)

    entity: Mapped[str]
    key: Mapped[str] = mapped_column(String(50))
    label: Mapped[str] = mapped_column(String(100))
    type: Mapped[str]
    options: Mapped[list[str]] = mapped_column(ARRAY(String), default=list)
    """The choices of a `select` field."""
    required: Mapped[bool] = mapped_column(default=False)
    sort_order: Mapped[int] = mapped_column(default=0)
    status: Mapped[str] = mapped_column(default=ACTIVE)
