"""Generates the OpenAPI 3.1 document of a service from its routes."""

import re
from typing import Any

from flask import Flask
from flask_smorest import Api
from marshmallow import validate

from common import fields as own
from common.app import App
from common.housekeeping import tasks_of
from common.http import shapes
from common.tasks.routes import task_routes

SPELLINGS = {"api": "API", "pdf": "PDF", "itflow": "ITFlow", "me": "current user"}
"""Words of operation ids that summaries spell differently."""

PROBLEM = {
    "description": "A problem (RFC 9457). `errors` contains messages by field.",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status", "detail"],
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string"},
                    "errors": {
                        "type": "object",
                        "additionalProperties": {"type": "array", "items": {"type": "string"}},
                    },
                    "request_id": {"type": ["string", "null"]},
                },
            }
        }
    },
}


def config(name: str) -> dict[str, Any]:
    return {
        "API_TITLE": f"Evergreen {name}",
        "API_VERSION": "v1",
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_JSON_PATH": None,
        "OPENAPI_URL_PREFIX": None,
    }


def document(app: App) -> dict[str, Any]:
    """Builds the document without touching a database or a broker."""
    flask_app = Flask(app.name, static_folder=None)
    flask_app.config.update(config(app.name))
    api = mount(flask_app, app)
    return _with_summaries(shapes.separated(_without_defaults(api.spec.to_dict())))


def mount(flask_app: Flask, app: App) -> Api:
    """Mounts all routes of the app and returns the API that describes them."""
    api = Api(flask_app)
    api.spec.components.response("Problem", PROBLEM)
    describe_fields(api.spec)
    for routes in (*app.routes, task_routes(app.name, list(tasks_of(app).values()))):
        api.register_blueprint(routes.blueprint)
    return api


def _with_summaries(document: dict[str, Any]) -> dict[str, Any]:
    """Sets each operation's summary from its id ("List clients") and moves the docstring to the description."""
    for path in document["paths"].values():
        for operation in path.values():
            if not isinstance(operation, dict):  # the list of path parameters
                continue
            parts = [operation.get("summary"), operation.get("description")]
            operation["summary"] = _words(operation["operationId"])
            if text := "\n\n".join(filter(None, parts)):
                operation["description"] = text
    return document


def _words(operation_id: str) -> str:
    """Returns `listClients` as "List clients"."""
    words = " ".join(re.findall(r"[A-Z]?[a-z]+", operation_id)).lower().split()
    return " ".join([words[0].capitalize(), *(SPELLINGS.get(word, word) for word in words[1:])])


def _without_defaults(document: dict[str, Any]) -> dict[str, Any]:
    """Removes the library's error format and paging, which Evergreen does not use."""
    for path in document["paths"].values():
        for operation in path.values():
            if isinstance(operation, dict):  # skips the list of path parameters
                operation["responses"].pop("default", None)
    components = document["components"]
    components["responses"] = {"Problem": components["responses"]["Problem"]}
    for name in ("Error", "PaginationMetadata"):
        components["schemas"].pop(name, None)
    return document


def describe_fields(spec: Any) -> None:
    """Adds our fields to apispec."""
    plugin = next(p for p in spec.plugins if hasattr(p, "converter"))
    plugin.converter.add_attribute_function(_number_properties)
    plugin.converter.add_attribute_function(_pattern)


def _number_properties(self: Any, field: Any, **kwargs: Any) -> dict[str, Any]:
    if isinstance(field, own.Number):
        kind = ["string", "null"] if field.allow_none else "string"
        return {"type": kind, "format": "decimal", "example": "125.00"}
    return {}


def _pattern(self: Any, field: Any, **kwargs: Any) -> dict[str, Any]:
    r"""Writes the pattern as JSON Schema does: Python matches from the start, and only Python knows `\Z`."""
    patterns = [str(check.regex.pattern) for check in field.validators if isinstance(check, validate.Regexp)]
    return {"pattern": "^" + patterns[0].removeprefix("^").replace(r"\Z", "$")} if patterns else {}
