"""Describes a route for the contract."""

from collections.abc import Sequence
from typing import Any

from marshmallow import Schema

from common.http.idempotency import HEADER
from common.http.uploads import Takes


def operation(
    method: str,
    name: str,
    roles: frozenset[str],
    returns: Schema | None,
    statuses: Sequence[int],
    *,
    query: Sequence[Schema],
    body: Schema | None,
    bare: bool,
    takes: Takes | None,
    money: bool,
    media_type: str,
    accepted: Schema | None = None,
) -> dict[str, Any]:
    """Returns the OpenAPI operation of a route. `accepted` is the schema of its 202, if that differs."""
    parameters: list[Any] = [{"in": "query", "schema": schema} for schema in query]
    if method == "POST":
        parameters.append(_header(HEADER, "string", required=money))
    if method in {"PATCH", "PUT", "DELETE"}:
        parameters.append(_header("If-Match", "string", required=False))
    content = {"application/json": {"schema": returns}} if returns else {media_type: {"schema": {"type": "string"}}}
    success: dict[str, Any] = {"description": "Done"}
    if returns is not None or media_type != "application/json":
        success["content"] = content
    if "content" not in success:
        statuses = (204,)
    document: dict[str, Any] = {
        "operationId": name,
        "parameters": parameters,
        "responses": {str(status): success for status in statuses} | _problems(body, takes),
        "x-roles": sorted(roles),
    }
    if accepted is not None:
        started = {"description": "Not finished yet", "content": {"application/json": {"schema": accepted}}}
        document["responses"]["202"] = started
    if body is not None:
        document["requestBody"] = {"required": not bare, "content": {"application/json": {"schema": body}}}
    if takes is not None:
        document["requestBody"] = {"required": not bare, "content": takes.documented()}
    return document


def _header(name: str, kind: str, *, required: bool) -> dict[str, Any]:
    return {"in": "header", "name": name, "required": required, "schema": {"type": kind}}


def _problems(body: Schema | None, takes: Takes | None) -> dict[str, Any]:
    codes = ["400", "401", "403", "404", "409", "429", "503"] + (["412", "422"] if body is not None else [])
    codes += ["413", "415", "422"] if takes is not None else []
    return {code: {"$ref": "#/components/responses/Problem"} for code in sorted(codes)}
