"""Answers all failures with application/problem+json, without internals, and logs them with the request id."""

import re
from typing import Any

import orjson
import structlog
from flask import Flask, Response
from marshmallow import ValidationError
from psycopg.errors import UniqueViolation
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, TooManyRequests

from common.error_texts import describe
from common.errors import Conflict, DomainError, Invalid, Unavailable
from common.failures import Kind, classify

log = structlog.get_logger()

RETRY_AFTER = 2


def problem(status: int, title: str, detail: str, **members: Any) -> Response:
    """Returns an answer of RFC 9457; `members` (such as `errors`) are added if they are not None."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return _answer(body | {name: value for name, value in members.items() if value is not None})


def _answer(body: dict[str, Any]) -> Response:
    body["request_id"] = structlog.contextvars.get_contextvars().get("request_id")
    return Response(orjson.dumps(body), body["status"], mimetype="application/problem+json")


def install(app: Flask) -> None:
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(ValidationError, _validation_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(IntegrityError, _integrity_error)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(OperationalError, _database_unavailable)
    app.register_error_handler(PoolTimeout, _database_unavailable)
    app.register_error_handler(Exception, _unexpected)


def _domain_error(error: DomainError) -> Response:
    answer = _answer(error.as_problem())
    if isinstance(error, Unavailable):
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def _validation_error(error: ValidationError) -> Response:
    return _domain_error(Invalid(flat(error.messages)))


def flat(messages: Any, prefix: str = "") -> dict[str, list[str]]:
    """Returns marshmallow's nested messages as `{"services.2.custom_rate": ["…"]}`; those of a schema as "_schema"."""
    if not isinstance(messages, dict):
        return {prefix or "_schema": [str(m) for m in (messages if isinstance(messages, list) else [messages])]}
    result: dict[str, list[str]] = {}
    for name, inner in messages.items():
        path = prefix if name == "_schema" and prefix else f"{prefix}.{name}" if prefix else str(name)
        for field, texts in flat(inner, path).items():
            result.setdefault(field, []).extend(texts)
    return result


def _http_error(error: HTTPException) -> Response:
    code = error.code or 500
    detail = error.description or error.name
    if isinstance(error, RequestEntityTooLarge):
        detail = "The request is too large."
    answer = problem(code, error.name, detail)
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after", "www-authenticate"}:
            answer.headers[name] = value
    if isinstance(error, TooManyRequests):
        answer.headers.setdefault("Retry-After", "10")
    return answer


def _integrity_error(error: IntegrityError) -> Response:
    """Answers violated constraints; the database decides uniqueness, because requests can be concurrent."""
    if isinstance(error.orig, UniqueViolation):
        column = re.search(r"\((?:lower\()?\(?\"?([a-z_]+)", error.orig.diag.message_detail or "")
        field = column.group(1).removesuffix("_key") if column else "_schema"  # name_key is the compared form of name
        message = f"This {field.replace('_', ' ')} is already in use. Choose another."
        return problem(409, Conflict.title, message, errors={field: [message]})
    log.warning("integrity_error", constraint=getattr(getattr(error.orig, "diag", None), "constraint_name", None))
    return problem(
        409,
        Conflict.title,
        "This conflicts with stored data: a record it refers to is missing or in use. Reload and try again.",
    )


def _stale(error: StaleDataError) -> Response:
    return problem(409, Conflict.title, "Someone else changed this at the same time. Reload and try again.")


def _database_unavailable(error: Exception) -> Response:
    if classify(error) is Kind.CONFLICT:
        detail = "Too many changes to the same record at once. Try again."
    else:
        detail = "The database is temporarily unavailable. Try again shortly."
    log.warning("database_unavailable", error=describe(error))
    return _domain_error(Unavailable(detail, RETRY_AFTER))


def _unexpected(error: Exception) -> Response:
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return _database_unavailable(error)
    log.exception("request_failed")
    return problem(
        500, "Internal error", "Something went wrong on our side. The error was logged with this request ID."
    )
