"""Alembic's entry; everything is in common.migrations."""

from mirror import wiring  # noqa: F401 - imports every model
from mirror.db import Base

from common.migrations import run

run(Base.metadata)
