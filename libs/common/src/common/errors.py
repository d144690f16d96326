"""Named domain errors; `common.http.errors` turns each into its problem+json answer."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any


class DomainError(Exception):
    """A rule said no. `detail` is one sentence for the person who asked."""

    status = 400
    title = "Bad request"
    members: Mapping[str, Any] = {}
    """What the problem carries beside its sentence and its errors."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class Unreadable(DomainError):
    status, title = 400, "Unreadable request"


class Unauthenticated(DomainError):
    status, title = 401, "Not signed in"


class Forbidden(DomainError):
    status, title = 403, "Not allowed"


class NotFound(DomainError):
    """Also the answer to "exists, but is not yours"."""

    status, title = 404, "Not found"


class Conflict(DomainError):
    """Valid in itself, but not beside what is stored; `errors` may name the fields that collide, further `members`
    tell the figures."""

    status, title = 409, "Conflict"

    def __init__(self, detail: str, errors: Mapping[str, Sequence[str]] | None = None, **members: Any) -> None:
        super().__init__(detail)
        self.members = members
        self.errors = {field: list(messages) for field, messages in errors.items()} if errors else None


class Stale(DomainError):
    """The caller's If-Match names an older version than the stored one."""

    status, title = 412, "Changed by someone else"


class Invalid(DomainError):
    """Fields that break a rule: `errors` maps a field name to sentences saying what would be right."""

    status, title = 422, "Invalid fields"

    def __init__(self, errors: Mapping[str, Sequence[str]], detail: str = "Some fields are not valid.") -> None:
        super().__init__(detail)
        self.errors = {field: list(messages) for field, messages in errors.items()}


class Unconfirmed(Invalid):
    """Fields that are allowed but look like a mistake: the same request with `confirm: true` is accepted.

    The problem carries `confirmable: true`, so that a client can show the reasons and offer to go on.
    """

    title = "Confirmation needed"
    members: Mapping[str, Any] = MappingProxyType({"confirmable": True})

    def __init__(
        self,
        errors: Mapping[str, Sequence[str]],
        detail: str = "This looks like a mistake. If it's correct, send it again with confirm: true.",
    ) -> None:
        super().__init__(errors, detail)


class Unavailable(DomainError):
    """Something this process needs is away; asking again in `retry_after` seconds makes sense."""

    status, title = 503, "Temporarily unavailable"

    def __init__(self, detail: str, retry_after: int = 2) -> None:
        super().__init__(detail)
        self.retry_after = retry_after
