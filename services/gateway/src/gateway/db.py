"""The declarative base of the gateway's tables."""

from sqlalchemy.orm import DeclarativeBase

from common.db import TYPES, metadata


class Base(DeclarativeBase):
    metadata = metadata()
    type_annotation_map = TYPES
