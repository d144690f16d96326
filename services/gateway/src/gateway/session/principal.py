"""The authenticated caller of a request."""

from dataclasses import dataclass
from uuid import UUID

from common.context import Actor


@dataclass(frozen=True, slots=True)
class Principal:
    credential_id: UUID
    """The session's or the API key's id."""
    kind: str
    """access, cookie or key"""
    user_id: UUID
    email: str
    name: str
    role: str
    client_id: UUID | None
    version: int
    """The user's version; when it changes, new identity tokens are signed."""
    closed: str = ""
    """The ids of the clients a technician was recently unassigned from, as joined hexadecimal digits."""

    @property
    def closed_clients(self) -> list[UUID]:
        return [UUID(self.closed[start : start + 32]) for start in range(0, len(self.closed), 32)]

    def actor(self) -> Actor:
        return Actor(str(self.user_id), self.name, self.role, self.client_id)


VISITOR = Principal(UUID(int=0), "link", UUID(int=0), "", "", "anonymous", None, 0)
"""Everybody who comes with a signed link instead of an account."""
