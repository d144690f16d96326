"""Alembic's entry; everything is in common.migrations."""

from billing import wiring  # noqa: F401 - imports every model
from billing.db import Base
from common.migrations import run

run(Base.metadata)
