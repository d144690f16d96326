"""Generates the AsyncAPI 3 document of a service: the events it publishes and reads, with their schemas."""

from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema

from common.app import App
from common.events import CONTENT_TYPE

ENVELOPE: dict[str, Any] = {
    "type": "object",
    "required": ["specversion", "id", "type", "source", "subject", "time", "sequence", "data"],
    "properties": {
        "specversion": {"const": "1.0"},
        "id": {"type": "string", "format": "uuid"},
        "type": {"type": "string"},
        "source": {"type": "string"},
        "subject": {"type": "string", "description": "the aggregate's id"},
        "time": {"type": "string", "format": "date-time"},
        "datacontenttype": {"const": "application/json"},
        "sequence": {"type": "string", "description": "the aggregate's version; ignore older events"},
        "correlationid": {"type": "string"},
        "causationid": {"type": "string", "description": "the id of the event that caused this one"},
        "actor": {"type": "string", "description": "role:id"},
    },
}


def document(app: App) -> dict[str, Any]:
    """Returns the document. The result is deterministic, so that it can be compared with the committed copy."""
    schemas = _Schemas()
    types = sorted({*(event.name for event in app.events), *_read_types(app)})
    published = {event.name: event for event in app.events}
    messages = {event.name: _message(event.name, event.summary, schemas.ref(event.schema)) for event in app.events}
    operations: dict[str, Any] = {
        f"publish:{name}": {"action": "send", "channel": _ref("channels", name)} for name in sorted(published)
    }
    for handler in app.handlers:
        for name in handler.types:
            operations[f"read:{name}"] = {"action": "receive", "channel": _ref("channels", name)}
            if name not in messages:
                data = schemas.ref(handler.reader) if handler.reader else {"type": "object"}
                messages[name] = _message(name, "As this service reads it.", data)
    return {
        "asyncapi": "3.0.0",
        "info": {"title": f"Evergreen {app.name}: events", "version": "1"},
        "defaultContentType": CONTENT_TYPE,
        "channels": {name: _channel(name, app) for name in types},
        "operations": dict(sorted(operations.items())),
        "components": {
            "messages": dict(sorted(messages.items())),
            "schemas": {"Envelope": ENVELOPE, **schemas.components()},
        },
    }


def _read_types(app: App) -> set[str]:
    return {name for handler in app.handlers for name in handler.types}


def _channel(name: str, app: App) -> dict[str, Any]:
    return {
        "address": name,
        "messages": {name: _ref("components/messages", name)},
        "bindings": {"amqp": {"is": "routingKey", "exchange": {"name": app.settings.exchange, "type": "topic"}}},
    }


def _message(name: str, summary: str, data: dict[str, Any]) -> dict[str, Any]:
    payload = {"allOf": [_ref("components/schemas", "Envelope"), {"type": "object", "properties": {"data": data}}]}
    return {"name": name, "summary": summary, "contentType": CONTENT_TYPE, "payload": payload}


def _ref(section: str, name: str) -> dict[str, Any]:
    return {"$ref": f"#/{section}/{name}"}


class _Schemas:
    """JSON Schemas of marshmallow schemas, as components that may refer to each other."""

    def __init__(self) -> None:
        self._plugin = MarshmallowPlugin(schema_name_resolver=_schema_name)
        self._spec = APISpec("events", "1", "3.1.0", plugins=[self._plugin])

    def ref(self, schema: Schema) -> dict[str, Any]:
        assert self._plugin.converter is not None
        resolved: dict[str, Any] = self._plugin.converter.resolve_nested_schema(schema)  # type: ignore[no-untyped-call]
        return resolved

    def components(self) -> dict[str, Any]:
        schemas: dict[str, Any] = self._spec.to_dict().get("components", {}).get("schemas", {})
        return dict(sorted(schemas.items()))


def _schema_name(schema: Any) -> str:
    kind = schema if isinstance(schema, type) else type(schema)
    return kind.__name__.removesuffix("Schema")
