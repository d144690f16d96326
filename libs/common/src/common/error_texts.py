"""What logs and dead letters may say about an exception: its type and place, never a value it was raised about."""

from pathlib import Path
from traceback import extract_tb

import psycopg
from marshmallow import ValidationError
from sqlalchemy.exc import DBAPIError

from common.errors import DomainError
from common.events import Unreadable


def describe(error: BaseException) -> str:
    """Returns one line without personal data.

    An error from the database names its constraint, or table and column; one about fields names the fields; any
    other one the line that raised it. Messages of exceptions are left out: "Key (email)=(…) already exists".
    """
    name = type(error).__name__
    if isinstance(error, Unreadable):
        return str(error)  # worded by us, from names only
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
    """Returns what staff may read about a failure: a domain error's own sentence, else what `describe` says."""
    return error.detail if isinstance(error, DomainError) else describe(error)


def _of_database(error: psycopg.Error, name: str) -> str:
    found = error.diag
    if found.constraint_name:
        return f"{name} of {found.constraint_name}"
    if found.table_name:
        return f"{name} in {found.table_name}" + (f".{found.column_name}" if found.column_name else "")
    if error.sqlstate is None and isinstance(error, psycopg.OperationalError):
        return f"{name}: {error}".splitlines()[0][:200]  # about the connection
    return f"{name} (SQLSTATE {error.sqlstate})" if error.sqlstate else name


def _fields(messages: object) -> str:
    """The names at the top only: further down, names may be what a person typed."""
    return ", ".join(sorted(map(str, messages))) if isinstance(messages, dict) else "its input"


def _place(error: BaseException) -> str:
    frames = extract_tb(error.__traceback__)
    if not frames:
        return ""
    last = frames[-1]
    return f" in {Path(last.filename).stem}.{last.name}, line {last.lineno}"
