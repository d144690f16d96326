"""Passes changes of technicians' assignments from their owner to the gateway, and from there to all services.

Replicas of assignments follow by events and may be late, but a technician must lose access at once. The answer that
ends an assignment carries a header, the gateway stores it before the caller gets the answer, and from then on the
user's identity tokens name the client as closed.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from flask import Response, after_this_request

HEADER = "Evergreen-Assignment"
CLAIM = "closed_clients"
_SIZE = 16
"""Bytes of an id."""


@dataclass(frozen=True)
class Assignment:
    user_id: UUID
    client_id: UUID
    version: int
    active: bool

    def header(self) -> str:
        return f"{self.user_id} {self.client_id} {self.version} {int(self.active)}"

    @classmethod
    def parse(cls, header: str) -> Self:
        user_id, client_id, version, active = header.split()
        return cls(UUID(user_id), UUID(client_id), int(version), active == "1")


def announce(assignment: Assignment) -> None:
    """Adds a header with the assignment to the answer of the current request."""

    @after_this_request
    def add(response: Response) -> Response:
        response.headers[HEADER] = assignment.header()
        return response


def packed(ids: Iterable[UUID]) -> str:
    return urlsafe_b64encode(b"".join(one.bytes for one in ids)).decode()


def unpacked(text: str) -> frozenset[UUID]:
    raw = urlsafe_b64decode(text)
    return frozenset(UUID(bytes=raw[start : start + _SIZE]) for start in range(0, len(raw), _SIZE))
