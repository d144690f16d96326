"""UUIDv7 ids, which sort by creation time, so that indexes grow at one end."""

import os
from datetime import UTC, datetime
from uuid import UUID

import uuid_utils

os.register_at_fork(after_in_child=uuid_utils.reseed_rng)
"""A forked process would otherwise make the ids that its parent makes."""


def new_id() -> UUID:
    """Returns a new UUIDv7 as a standard library UUID."""
    return UUID(bytes=uuid_utils.uuid7().bytes)


def born_at(identifier: UUID) -> datetime | None:
    """Returns the creation time of a UUIDv7, or None for other versions."""
    if identifier.version != 7:
        return None
    return datetime.fromtimestamp((identifier.int >> 80) / 1000, UTC)
