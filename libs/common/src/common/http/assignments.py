"""What the owner of technician assignments tells the gateway with its answer, and the gateway every service.

Replicas of assignments follow by events, so they may be late. Who may no longer see a client must not: the answer that
ends an assignment carries a header, the gateway remembers it before the caller has that answer, and from then on the
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
    """Puts the assignment, as it is after this request, on the answer to it, whatever that is."""

    @after_this_request
    def add(response: Response) -> Response:
        response.headers[HEADER] = assignment.header()
        return response


def packed(ids: Iterable[UUID]) -> str:
    return urlsafe_b64encode(b"".join(one.bytes for one in ids)).decode()


def unpacked(text: str) -> frozenset[UUID]:
    raw = urlsafe_b64decode(text)
    return frozenset(UUID(bytes=raw[start : start + _SIZE]) for start in range(0, len(raw), _SIZE))
