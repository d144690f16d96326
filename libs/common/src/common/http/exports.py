"""Files that are made while they are sent: one reading transaction from the first byte to the last."""

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
    """The answer with what `make` gives; the first piece is made before, so that a refusal is still an answer."""
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
    """Raises in the middle when something fails there: the connection breaks off, the file is seen to be torn."""
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
