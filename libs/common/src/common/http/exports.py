"""Exports files that are written while they are sent, in one read-only transaction."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import PurePath

import structlog
from flask import Response
from sqlalchemy import text

from common.app import App
from common.context import Context
from common.uow import UnitOfWork

log = structlog.get_logger()

_ONE_SNAPSHOT = text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def stream(
    app: App, context: Context, make: Callable[[UnitOfWork], Iterator[bytes]], filename: str, media_type: str
) -> Response:
    """Returns an answer with the pieces of `make`. Makes the first piece before, so that its errors are answered."""
    with ExitStack() as opening:
        work = opening.enter_context(app.work(context))
        work.session.execute(_ONE_SNAPSHOT)
        pieces = make(work)
        first = next(pieces, b"")
        opened = opening.pop_all()
    response = Response(_rest(opened, first, pieces), mimetype=media_type)
    response.call_on_close(opened.close)
    response.headers["Content-Disposition"] = f'attachment; filename="{_dated(filename, work)}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _rest(opened: ExitStack, first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yields the pieces. An error breaks the connection, so that the caller sees an incomplete file."""
    try:
        yield first
        yield from pieces
    except Exception:
        log.exception("export_broke_off")
        raise
    finally:
        opened.close()


def _dated(filename: str, work: UnitOfWork) -> str:
    name = PurePath(filename)
    return f"{name.stem}-{work.today.isoformat()}{name.suffix}"
