"""Alembic's entry; everything is in common.migrations."""

from common.migrations import run
from gateway import wiring  # noqa: F401 - imports every model
from gateway.db import Base

run(Base.metadata)
