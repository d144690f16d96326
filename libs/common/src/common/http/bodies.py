"""Loads the JSON bodies of requests."""

from collections.abc import Callable, Mapping
from typing import Any

import orjson
from flask import request
from marshmallow import Schema

from common.errors import Unreadable


def passing(
    schema: Schema | None, *, bare: bool = False
) -> Callable[[Callable[..., Any], Any, Mapping[str, Any]], Any]:
    """Returns what calls a route's function with the body that `schema` loads, if there is one.

    A `bare` request may leave its body out.
    """

    def call(function: Callable[..., Any], work: Any, values: Mapping[str, Any]) -> Any:
        leading = work if isinstance(work, tuple) else (work,)
        return function(*leading, *((schema.load(_json(bare=bare)),) if schema else ()), **values)

    return call


def _json(*, bare: bool) -> Any:
    if not request.get_data():
        if bare:
            return {}
        raise Unreadable("The request has no body; send a JSON object.")
    try:
        body = orjson.loads(request.get_data())
    except orjson.JSONDecodeError as error:
        raise Unreadable(f"The body is not JSON: {error}.") from error
    if not isinstance(body, dict):
        raise Unreadable("The body must be a JSON object.")
    return body
