"""What a request says beside its body: who asks, the key of its promise, the version it was written for."""

import structlog
from flask import request

from common.context import Actor, Context
from common.errors import Unreadable
from common.http import idempotency, uploads
from common.numbers import NotANumber, whole_number
from common.roles import VISITORS

ADDRESS = "Evergreen-Client-Address"
"""Set by the gateway on visitors' requests, and never passed on from a caller."""


def context_of(actor: Actor, operation: str, *, money: bool) -> Context:
    promise = None
    if request.method == "POST" and actor.role not in VISITORS:  # strangers share no keys
        header = request.headers.get(idempotency.HEADER)
        sent = uploads.received()
        path, body = (request.path, request.get_data()) if sent is None else (request.full_path, sent)
        promise = idempotency.parse(header, operation, path, body, required=money)
    bound = structlog.contextvars.get_contextvars()
    return Context(
        actor=actor,
        correlation_id=bound["correlation_id"],
        idempotency=promise,
        expected_version=_if_match(request.headers.get("If-Match")),
        address=request.headers.get(ADDRESS),
    )


def _if_match(header: str | None) -> int | None:
    if header is None or header.strip() == "*":
        return None
    try:
        return whole_number(header.strip().removeprefix("W/").strip('"'))
    except NotANumber as error:
        raise Unreadable('If-Match must be the ETag you received, such as "3".') from error
