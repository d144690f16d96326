"""Alembic's entry; everything is in common.migrations."""

from agreements import wiring  # noqa: F401 - imports every model
from agreements.db import Base
from common.migrations import run

run(Base.metadata)
