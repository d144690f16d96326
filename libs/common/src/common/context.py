"""The actor and the ids of a request, carried from the gateway through events into log lines."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self
from uuid import UUID

from common.clock import now
from common.ids import new_id


@dataclass(frozen=True)
class Actor:
    """A user, or the system (a tick, a CLI call, an event handler without a user)."""

    id: str
    name: str = ""
    role: str = "system"
    client_id: UUID | None = None
    closed_clients: frozenset[UUID] = frozenset()
    """Clients a technician was unassigned from; replicas may not show it yet."""

    def __str__(self) -> str:
        return f"{self.role}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> Self:
        role, _, identifier = text.partition(":")
        return cls(id=identifier, role=role)


SYSTEM = Actor(id="system", name="Evergreen")


@dataclass(frozen=True)
class Idempotency:
    """An idempotency key: a caller's promise that requests with the same key are the same request."""

    key: str
    operation: str
    fingerprint: str


@dataclass(frozen=True)
class Context:
    actor: Actor = SYSTEM
    correlation_id: str = field(default_factory=lambda: str(new_id()))
    causation_id: str | None = None
    now: datetime = field(default_factory=now)
    idempotency: Idempotency | None = None
    expected_version: int | None = None
    address: str | None = None
    """The address of a visitor, as the gateway saw it."""

    def named(self, name: str) -> "Context":
        """Returns the context of a visitor who has said their name."""
        return replace(self, actor=replace(self.actor, name=name))

    def at(self, instant: datetime) -> "Context":
        return replace(self, now=instant)
