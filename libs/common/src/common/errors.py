"""Domain errors; `common.http.errors` answers them with problem+json."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

_PROBLEM = ("type", "title", "status", "detail")


class DomainError(Exception):
    """A broken rule. `detail` is a sentence for the user."""

    status = 400
    title = "Bad request"
    members: Mapping[str, Any] = {}
    """Further members of the problem."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail

    def as_problem(self) -> dict[str, Any]:
        """Returns the members of the problem (RFC 9457) that answers the error."""
        body = {"type": "about:blank", "title": self.title, "status": self.status, "detail": self.detail}
        errors = getattr(self, "errors", None)
        return body | ({"errors": errors} if errors is not None else {}) | dict(self.members)


class Recorded(DomainError):
    """The error of a task that failed, to be answered like the original error."""

    def __init__(self, problem: Mapping[str, Any]) -> None:
        super().__init__(problem["detail"])
        self.status, self.title = problem["status"], problem["title"]
        self.members = {name: value for name, value in problem.items() if name not in _PROBLEM}


class Unreadable(DomainError):
    status, title = 400, "Unreadable request"


class Unauthenticated(DomainError):
    status, title = 401, "Not signed in"


class Forbidden(DomainError):
    status, title = 403, "Not allowed"


class NotFound(DomainError):
    """Raised for missing rows and for rows that the actor may not see."""

    status, title = 404, "Not found"


class Conflict(DomainError):
    """A valid request that conflicts with stored data; `errors` may name fields, `members` may add figures."""

    status, title = 409, "Conflict"

    def __init__(self, detail: str, errors: Mapping[str, Sequence[str]] | None = None, **members: Any) -> None:
        super().__init__(detail)
        self.members = members
        self.errors = {field: list(messages) for field, messages in errors.items()} if errors else None


class Gone(DomainError):
    """Raised for a link whose time is over."""

    status, title = 410, "Gone"


class Stale(DomainError):
    """The caller's If-Match names an older version than the stored one."""

    status, title = 412, "Changed by someone else"


class Invalid(DomainError):
    """Invalid fields: `errors` maps field names to sentences that say what is right."""

    status, title = 422, "Invalid fields"

    def __init__(self, errors: Mapping[str, Sequence[str]], detail: str = "Some fields are not valid.") -> None:
        super().__init__(detail)
        self.errors = {field: list(messages) for field, messages in errors.items()}


class Unconfirmed(Invalid):
    """Allowed values that look like a mistake: the same request with `confirm: true` is accepted.

    The problem has `confirmable: true`, so that a client can show the reasons and offer to continue.
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
    """A dependency is temporarily unavailable; callers may retry after `retry_after` seconds."""

    status, title = 503, "Temporarily unavailable"

    def __init__(self, detail: str, retry_after: int = 2) -> None:
        super().__init__(detail)
        self.retry_after = retry_after
