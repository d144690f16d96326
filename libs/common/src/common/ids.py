"""UUIDv7 ids: they sort by time of birth, so indexes grow at one end."""

import os
from datetime import UTC, datetime
from uuid import UUID

import uuid_utils

os.register_at_fork(after_in_child=uuid_utils.reseed_rng)
"""A forked process would otherwise make the ids that its parent makes."""


def new_id() -> UUID:
    """A fresh UUIDv7 as the standard library's type, which every driver and serializer knows."""
    return UUID(bytes=uuid_utils.uuid7().bytes)


def born_at(identifier: UUID) -> datetime | None:
    """When a UUIDv7 was made; None for any other version."""
    if identifier.version != 7:
        return None
    return datetime.fromtimestamp((identifier.int >> 80) / 1000, UTC)
