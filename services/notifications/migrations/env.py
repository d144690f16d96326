"""Alembic's entry; everything is in common.migrations."""

from common.migrations import run
from notifications import wiring  # noqa: F401 - imports every model
from notifications.db import Base

run(Base.metadata)
