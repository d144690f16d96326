"""Checks that every answer in a test is what the OpenAPI document promises."""

from functools import cache
from typing import Any

import jsonschema_rs
from flask import Flask
from werkzeug.exceptions import NotFound
from werkzeug.test import TestResponse

from common.http import openapi

Validators = dict[tuple[str, str], jsonschema_rs.Validator]


def check(flask_app: Flask, answer: TestResponse) -> None:
    """Raises AssertionError naming the operation and what does not conform; problems and files are not checked."""
    if answer.mimetype != "application/json" or not 200 <= answer.status_code < 300:
        return
    request = answer.request
    try:
        endpoint, _ = flask_app.url_map.bind("localhost").match(request.path, request.method)
    except NotFound:  # forwarded to a service before routing
        return
    operation = endpoint.rsplit(".", 1)[-1]
    validator = _validators(flask_app).get((operation, str(answer.status_code)))
    if validator is None:
        raise AssertionError(f"{operation} answered {answer.status_code}, which the contract does not name.")
    wrong = [
        f"{'/'.join(map(str, error.instance_path))}: {error.message}" for error in validator.iter_errors(answer.json)
    ]
    assert not wrong, f"{operation} does not conform to its schema: {wrong[:5]}"


@cache
def _validators(flask_app: Flask) -> Validators:
    document = openapi.document(flask_app.extensions["app"])
    found: Validators = {}
    for path in document["paths"].values():
        for operation in (part for part in path.values() if isinstance(part, dict)):
            for status, response in operation["responses"].items():
                if (schema := _json_schema(response)) is not None:
                    whole = {**schema, "components": document["components"]}
                    key = (operation["operationId"], status)
                    found[key] = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
    return found


def _json_schema(response: dict[str, Any]) -> dict[str, Any] | None:
    content = response.get("content", {}).get("application/json")
    return None if content is None else content["schema"]
