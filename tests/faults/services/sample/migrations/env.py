"""Alembic's entry; everything is in common.migrations."""

from sample import wiring  # noqa: F401 - imports every model
from sample.db import Base

from common.migrations import run

run(Base.metadata)
