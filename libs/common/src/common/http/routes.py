"""Routes as data: load → unit of work → use case → dump → idempotency → commit, written once for every service."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import orjson
from flask import Response, current_app
from flask_smorest import Blueprint
from marshmallow import Schema

from common import audience
from common.app import App
from common.context import Actor, Context
from common.dumping import dumper
from common.http import auth, bodies, documenting, exports, idempotency, importing, paging, starting, uploads
from common.http.contexts import context_of
from common.importing import task_of
from common.tasks.declaring import Task
from common.tasks.schemas import TASK
from common.uow import UnitOfWork

BASE = "/api/v1"

View = Callable[..., Any]
Run = Callable[[UnitOfWork], tuple[Response, bytes]]
Decorator = Callable[[View], View]
NO_OTHERS: Mapping[int, Schema | None] = {}


@dataclass(frozen=True)
class Answer:
    """What a function gives where this call's status is not the route's (`also` names it for the contract)."""

    result: Any
    status: int


@dataclass(frozen=True)
class Operation:
    """What a route answers to whom."""

    name: str
    roles: frozenset[str]
    returns: Schema


class Routes:
    """The routes of one feature. Functions get `work`, then `body`, `query` or `page`, then the path's values."""

    def __init__(self, tag: str, description: str) -> None:
        self.blueprint = Blueprint(tag, __name__, url_prefix=BASE, description=description)
        self.bodies: list[tuple[str, View, Schema]] = []
        """The operation, function and body of each route with a body."""
        self.operations: list[Operation] = []
        self.tasks: list[Task] = []
        """The tasks that the routes start by themselves: their imports."""

    def get(
        self,
        path: str,
        operation: str,
        *,
        roles: frozenset[str],
        returns: Schema | None,
        query: Schema | None = None,
        media_type: str = "application/json",
    ) -> Decorator:
        """Routes a GET of one object. With `returns=None` the function returns a Response (a PDF, a CSV file)."""

        def call(function: View, work: UnitOfWork, values: Mapping[str, Any]) -> Any:
            return function(work, **({"query": paging.query(query)} if query else {}), **values)

        return self._route("GET", path, operation, roles, returns, 200, call, query=query, media_type=media_type)

    def list(
        self, path: str, operation: str, *, roles: frozenset[str], returns: Schema, filters: Schema = paging.NO_FILTERS
    ) -> Decorator:
        """Routes a GET of a list: the function gets a `Page` and returns the result of `paginate`."""
        page_schema = paging.page_of(returns)

        def call(function: View, work: UnitOfWork, values: Mapping[str, Any]) -> Any:
            return function(work, paging.page(filters, work.actor, returns), **values)

        return self._route("GET", path, operation, roles, page_schema, 200, call, query=filters, paged=True)

    def post(
        self,
        path: str,
        operation: str,
        *,
        roles: frozenset[str],
        returns: Schema | None,
        body: Schema | None = None,
        bare: bool = False,
        status: int = 201,
        also: Sequence[int] = (),
        money: bool = False,
        transaction: bool = True,
        promise: str = idempotency.BY_ROUTE,
        media_type: str = "application/json",
    ) -> Decorator:
        """Routes a POST. With `returns=None` the function returns nothing, or a Response of the `media_type`.

        `money=True` requires an Idempotency-Key. With `transaction=False` the function gets `(app, context)` instead
        of `work` and commits in portions. `also` contains the further statuses of an `Answer`. `promise` says whether
        the route or the function stores the answer for an Idempotency-Key. `bare` allows a request without a body.
        """
        call = bodies.passing(body, bare=bare)
        return self._route(
            *("POST", path, operation, roles, returns, status, call),
            body=body,
            bare=bare,
            also=dict.fromkeys(also, returns),
            money=money,
            transaction=transaction,
            promise=promise,
            media_type=media_type,
        )

    def start(
        self,
        path: str,
        operation: str,
        *,
        roles: frozenset[str],
        returns: Schema,
        show: Callable[[UnitOfWork, UUID], Any],
        body: Schema | None = None,
    ) -> Decorator:
        """Starts a task: the function enqueues it and returns its id. Answered with what `show(work, task_id)`
        returns, 200 once it is finished, else 202 after the seconds of `Prefer: wait=N` (2 without it)."""

        def call(function: View, leading: tuple[App, Context], values: Mapping[str, Any]) -> Any:
            return starting.start(
                *leading,
                lambda work: bodies.passing(body)(function, work, values),
                lambda work, task_id, status: _answer(returns, show(work, task_id), status, work.actor)[0],
            )

        return self._route(
            *("POST", path, operation, roles, returns, 200, call),
            body=body,
            also={202: returns},
            transaction=False,
            promise=idempotency.BY_FUNCTION,
        )

    def upload(
        self,
        path: str,
        operation: str,
        *,
        roles: frozenset[str],
        returns: Schema,
        query: Schema | None = None,
        media_types: Sequence[str] = ("text/csv",),
        most_bytes: int = uploads.MOST_BYTES,
        status: int = 200,
    ) -> Decorator:
        """Routes an upload, raw or as the form field `file`: the function gets the bytes as `data`, and `query`."""

        def call(function: View, work: UnitOfWork, values: Mapping[str, Any]) -> Any:
            return function(work, uploads.received(), **({"query": paging.query(query)} if query else {}), **values)

        return self._route(
            *("POST", path, operation, roles, returns, status, call),
            query=query,
            takes=uploads.Takes(media_types, most_bytes),
        )

    def imports(
        self,
        path: str,
        operation: str,
        *,
        task: str,
        title: str,
        roles: frozenset[str],
        returns: Schema,
        query: Schema,
        media_types: Sequence[str] = ("text/csv",),
        most_bytes: int = uploads.MOST_BYTES,
    ) -> Decorator:
        """An upload whose rows are imported by the task `task`, and only previewed with `dry_run` in its `query`.

        A preview is answered at once. An import is answered like `start`: 200 with the report, or 202 with the task.
        """

        def decorate(function: View) -> View:
            declared = task_of(task, title, function, returns, roles)
            self.tasks.append(declared)

            def call(function: View, leading: tuple[App, Context], values: Mapping[str, Any]) -> Any:
                asked = paging.query(query)
                if not asked["dry_run"]:
                    return importing.start(*leading, declared, asked)
                preview = lambda work: _answer(returns, function(work, uploads.received(), asked), 200, work.actor)  # noqa: E731
                return _in_transaction(*leading, preview)

            return self._route(
                *("POST", path, operation, roles, returns, 200, call),
                query=query,
                takes=uploads.Takes(media_types, most_bytes),
                also={202: TASK},
                transaction=False,
                promise=idempotency.BY_FUNCTION,
            )(function)

        return decorate

    def export(
        self,
        path: str,
        operation: str,
        *,
        roles: frozenset[str],
        shows: Schema,
        filters: Schema = paging.NO_FILTERS,
        filename: str,
        media_type: str = "text/csv",
    ) -> Decorator:
        """Routes a streamed file: the function gets a `Page` (filters, q, sort) and yields bytes.

        The function reads in one transaction with one snapshot. `filename` is sent with today's date in it.
        `shows` is the schema of a row. Every role must see all its fields, because files are not masked.
        """
        for schema in (shows, filters):
            audience.check(schema, roles, exported=True)

        def call(function: View, leading: tuple[App, Context], values: Mapping[str, Any]) -> Any:
            page = paging.page(filters, leading[1].actor, shows)
            make: Callable[[UnitOfWork], Iterator[bytes]] = lambda work: function(work, page, **values)  # noqa: E731
            return exports.stream(*leading, make, filename, media_type)

        return self._route(
            *("GET", path, operation, roles, None, 200, call),
            query=filters,
            transaction=False,
            media_type=media_type,
        )

    def patch(self, path: str, operation: str, *, roles: frozenset[str], returns: Schema, body: Schema) -> Decorator:
        return self._route("PATCH", path, operation, roles, returns, 200, bodies.passing(body), body=body)

    def put(self, path: str, operation: str, *, roles: frozenset[str], returns: Schema, body: Schema) -> Decorator:
        return self._route("PUT", path, operation, roles, returns, 200, bodies.passing(body), body=body)

    def delete(self, path: str, operation: str, *, roles: frozenset[str]) -> Decorator:
        return self._route("DELETE", path, operation, roles, None, 204, bodies.passing(None))

    def _route(
        self,
        method: str,
        path: str,
        operation: str,
        roles: frozenset[str],
        returns: Schema | None,
        status: int,
        call: Callable[[View, Any, Mapping[str, Any]], Any],
        *,
        query: Schema | None = None,
        body: Schema | None = None,
        bare: bool = False,
        paged: bool = False,
        also: Mapping[int, Schema | None] = NO_OTHERS,
        takes: uploads.Takes | None = None,
        money: bool = False,
        transaction: bool = True,
        promise: str = idempotency.BY_ROUTE,
        media_type: str = "application/json",
    ) -> Decorator:
        if returns is not None:
            audience.check(returns, roles)
            self.operations.append(Operation(operation, roles, returns))

        def decorate(function: View) -> View:
            if body is not None:
                self.bodies.append((operation, function, body))

            def view(**values: Any) -> Response:
                app: App = current_app.extensions["app"]
                actor = current_app.extensions["identify"]()
                auth.allow(actor, roles)
                if takes is not None:
                    uploads.receive(takes, app.settings.virus_scanner)
                context = context_of(actor, operation, money=money)
                if not transaction:
                    run = lambda: _answer(returns, call(function, (app, context), values), status, actor)  # noqa: E731
                    return _in_portions(app, context, run, promise)

                done: Callable[[UnitOfWork], Any] = lambda work: _written(work, call(function, work, values))  # noqa: E731
                return _in_transaction(app, context, lambda work: _answer(returns, done(work), status, actor))

            view.__name__ = operation
            view.__doc__ = function.__doc__
            documented = self.blueprint.doc(
                **documenting.operation(
                    *(method, operation, roles, {status: returns, **also}),
                    query=[schema for schema in (paging.PAGE_QUERY if paged else None, query) if schema],
                    body=body,
                    bare=bare,
                    takes=takes,
                    money=money,
                    media_type=media_type,
                )
            )(view)
            self.blueprint.route(path, methods=[method])(documented)
            return function

        return decorate


def _in_transaction(app: App, context: Context, run: Run) -> Response:
    """Answers with what `run` did, or with the stored reply of a request with the same key.

    The key is stored with the reply, in one statement at the end. So a repeated request does its work first: either
    that fails or the key does, both leave nothing behind, and the stored reply is sent.
    """
    try:
        return app.transact(context, partial(_kept, run))
    except Exception:
        reply = _stored(app, context)
        if reply is None:
            raise
        return _replay(reply)


def _kept(run: Run, work: UnitOfWork) -> Response:
    response, body = run(work)
    if work.context.idempotency is not None:
        idempotency.keep(work, work.context.idempotency, response.status_code, body)
    return response


def _stored(app: App, context: Context) -> idempotency.StoredReply | None:
    if context.idempotency is None:
        return None
    with app.work(context) as work:
        return idempotency.stored(work, context.idempotency)


def _in_portions(app: App, context: Context, run: Callable[[], tuple[Response, bytes]], promise: str) -> Response:
    """Runs what commits in units of work of its own. One more unit holds the key meanwhile: a request repeated with
    it waits, and gets the same answer; when the run fails or its process ends, the key is free again."""
    key = context.idempotency
    if key is None or promise != idempotency.BY_ROUTE:
        return run()[0]
    with app.work(context) as work:
        reply = idempotency.begin(work, key)
        if reply is not None:
            return _replay(reply)
        response, body = run()
        idempotency.complete(work, key, response.status_code, body)
        return response


def _replay(stored: idempotency.StoredReply) -> Response:
    replay = Response(stored.body, stored.status, mimetype="application/json")
    replay.headers[idempotency.REPLAYED] = "true"
    _tag(replay, orjson.loads(stored.body) if stored.body else None)
    return replay


def _written(work: UnitOfWork, result: Any) -> Any:
    """Writes the changes, so that the answer contains the new version and generated values."""
    work.flush()
    return result


def _answer(returns: Schema | None, result: Any, status: int, actor: Actor) -> tuple[Response, bytes]:
    if isinstance(result, Response):
        return result, b"" if result.is_streamed else result.get_data()
    if isinstance(result, Answer):
        result, status = result.result, result.status
    if returns is None:
        return Response(status=204), b""
    body = orjson.dumps(dumper(returns, actor.role)(result))
    response = Response(body, status, mimetype="application/json")
    _tag(response, result)
    return response, body


def _tag(response: Response, result: Any) -> None:
    version = result.get("version") if isinstance(result, dict) else getattr(result, "version", None)
    if version is not None:
        response.headers["ETag"] = f'"{version}"'
