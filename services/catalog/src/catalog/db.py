"""The declarative base of the catalog's own tables."""

from common.db import declarative_base

Base = declarative_base()
