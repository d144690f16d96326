"""Describes exceptions for logs and dead letters: type and place, without values."""

from pathlib import Path
from traceback import extract_tb

import psycopg
from marshmallow import ValidationError
from sqlalchemy.exc import DBAPIError

from common.errors import DomainError
from common.events import Unreadable


def describe(error: BaseException) -> str:
    """Returns one line without personal data.

    A database error names its constraint, or table and column, an error of fields names the fields, any other error
    the line that raised it. Messages are left out, because they may contain values: "Key (email)=(…) already exists".
    """
    name = type(error).__name__
    if isinstance(error, Unreadable):
        return str(error)  # its message contains names only
    driver = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(driver, psycopg.Error):
        return _of_database(driver, type(driver).__name__)
    fields = error.messages if isinstance(error, ValidationError) else getattr(error, "errors", None)
    if isinstance(error, ValidationError | DomainError) and fields:
        return f"{name} about {_fields(fields)}"
    if isinstance(error, OSError) and error.strerror:
        return f"{name}: {error.strerror}"
    return name + _place(error)


def explain(error: BaseException) -> str:
    """Returns a failure's text for staff: the sentence of a domain error, else the result of `describe`."""
    return error.detail if isinstance(error, DomainError) else describe(error)


def _of_database(error: psycopg.Error, name: str) -> str:
    diag = error.diag
    if diag.constraint_name:
        return f"{name} of {diag.constraint_name}"
    if diag.table_name:
        return f"{name} in {diag.table_name}" + (f".{diag.column_name}" if diag.column_name else "")
    if error.sqlstate is None and isinstance(error, psycopg.OperationalError):
        return f"{name}: {error}".splitlines()[0][:200]  # an error of the connection has no values
    return f"{name} (SQLSTATE {error.sqlstate})" if error.sqlstate else name


def _fields(messages: object) -> str:
    """Returns the top-level field names only, because nested names may be user input."""
    return ", ".join(sorted(map(str, messages))) if isinstance(messages, dict) else "its input"


def _place(error: BaseException) -> str:
    frames = extract_tb(error.__traceback__)
    if not frames:
        return ""
    last = frames[-1]
    return f" in {Path(last.filename).stem}.{last.name}, line {last.lineno}"
