"""Health checks of API processes and workers, and the small HTTP server of a worker."""

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus

import orjson
from flask import Flask, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from common import metrics
from common.app import App
from common.db import Database
from common.error_texts import describe

Problems = dict[str, str]
"""Problems by component; empty means ready."""

REQUEST_TIMEOUT = 5
ALIVE = b'{"status":"ok"}'


def database_problem(database: Database) -> str | None:
    """Returns the error of a query through the pool, or None if PostgreSQL answers."""
    try:
        with database.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        return describe(error)
    return None


def mount(flask_app: Flask, app: App) -> None:
    """Adds /healthz, /readyz and /metrics to an API process. The API works without the broker, so it isn't checked."""

    @flask_app.get("/healthz")
    def healthz() -> Response:
        return _flask(HTTPStatus.OK, "application/json", ALIVE)

    @flask_app.get("/readyz")
    def readyz() -> Response:
        problem = database_problem(app.database)
        return _flask(*_readiness({"database": problem} if problem else {}))

    @flask_app.get("/metrics")
    def metrics_() -> Response:
        return _flask(HTTPStatus.OK, metrics.CONTENT_TYPE, metrics.render())


def _flask(status: HTTPStatus, content_type: str, body: bytes) -> Response:
    response = Response(body, status, content_type=content_type)
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = "2"
    return response


def _readiness(problems: Problems) -> tuple[HTTPStatus, str, bytes]:
    status = HTTPStatus.SERVICE_UNAVAILABLE if problems else HTTPStatus.OK
    body = {"status": "unready" if problems else "ready", "problems": problems}
    return status, "application/json", orjson.dumps(body)


async def serve_probes(host: str, port: int, problems: Callable[[], Awaitable[Problems]]) -> asyncio.Server:
    """Answers /healthz, /readyz and /metrics."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(REQUEST_TIMEOUT):
                words = (await reader.readline()).decode("latin-1").split()
                while (await reader.readline()).strip():
                    pass  # skips the header lines
                path = words[1].partition("?")[0] if len(words) > 1 else ""
                writer.write(_response(*await _route(path, problems)))
                await writer.drain()
        except (TimeoutError, OSError, ValueError):
            pass  # a prober that went away or never spoke gets no answer
        finally:
            writer.close()

    return await asyncio.start_server(answer, host, port)


async def _route(path: str, problems: Callable[[], Awaitable[Problems]]) -> tuple[HTTPStatus, str, bytes]:
    if path == "/healthz":
        return HTTPStatus.OK, "application/json", ALIVE
    if path == "/readyz":
        return _readiness(await problems())
    if path == "/metrics":
        return HTTPStatus.OK, metrics.CONTENT_TYPE, await asyncio.to_thread(metrics.render)
    return HTTPStatus.NOT_FOUND, "text/plain", b"not found\n"


def _response(status: HTTPStatus, content_type: str, body: bytes) -> bytes:
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode("latin-1") + body
