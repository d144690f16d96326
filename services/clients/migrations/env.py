"""Alembic's entry; everything is in common.migrations."""

from clients import wiring  # noqa: F401 - imports every model
from clients.db import Base
from common.migrations import run

run(Base.metadata)
