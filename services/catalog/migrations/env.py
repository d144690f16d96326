"""Alembic's entry; everything is in common.migrations."""

from catalog import wiring  # noqa: F401 - imports every model
from catalog.db import Base
from common.migrations import run

run(Base.metadata)
