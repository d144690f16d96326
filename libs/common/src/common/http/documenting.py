"""Describes a route for the contract."""

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import Schema

from common.http.idempotency import HEADER
from common.http.uploads import Takes


def operation(
    method: str,
    name: str,
    roles: frozenset[str],
    returns: Mapping[int, Schema | None],
    *,
    query: Sequence[Schema],
    body: Schema | None,
    bare: bool,
    takes: Takes | None,
    money: bool,
    media_type: str,
) -> dict[str, Any]:
    """Returns the OpenAPI operation of a route, which answers with the statuses of `returns`."""
    parameters: list[Any] = [{"in": "query", "schema": schema} for schema in query]
    if method == "POST":
        parameters.append(_header(HEADER, "string", required=money))
    if method in {"PATCH", "PUT", "DELETE"}:
        parameters.append(_header("If-Match", "string", required=False))
    answers = {str(status): _success(schema, media_type) for status, schema in returns.items()}
    if all("content" not in answer for answer in answers.values()):
        answers = {"204": _success(None, "application/json")}
    document: dict[str, Any] = {
        "operationId": name,
        "parameters": parameters,
        "responses": answers | _problems(body, takes),
        "x-roles": sorted(roles),
    }
    if body is not None:
        document["requestBody"] = {"required": not bare, "content": {"application/json": {"schema": body}}}
    if takes is not None:
        document["requestBody"] = {"required": not bare, "content": takes.documented()}
    return document


def _success(schema: Schema | None, media_type: str) -> dict[str, Any]:
    if schema is not None:
        return {"description": "Done", "content": {"application/json": {"schema": schema}}}
    if media_type != "application/json":
        return {"description": "Done", "content": {media_type: {"schema": {"type": "string"}}}}
    return {"description": "Done"}


def _header(name: str, kind: str, *, required: bool) -> dict[str, Any]:
    return {"in": "header", "name": name, "required": required, "schema": {"type": kind}}


def _problems(body: Schema | None, takes: Takes | None) -> dict[str, Any]:
    codes = ["400", "401", "403", "404", "409", "429", "503"] + (["412", "422"] if body is not None else [])
    codes += ["413", "415", "422"] if takes is not None else []
    return {code: {"$ref": "#/components/responses/Problem"} for code in sorted(codes)}
