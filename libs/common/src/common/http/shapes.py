"""Separates in an OpenAPI document what a request may carry from what a response has.

One Marshmallow class often declares both. In a response every field is required and nothing is write-only; in a
request nothing is read-only. A class that is used for both becomes two schemas: `Tag` and `TagInput`.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

Document = dict[str, Any]
PREFIX = "#/components/schemas/"
INPUT = "Input"


def separated(document: Document) -> Document:
    """Changes the document in place and returns it. Raises ValueError if the name of an input is taken."""
    schemas: Document = document["components"]["schemas"]
    operations = [part for path in document["paths"].values() for part in path.values() if isinstance(part, dict)]
    requests = [operation.get("requestBody", {}) for operation in operations]
    received = _reachable(requests, schemas)
    sent = _reachable([operation["responses"] for operation in operations], schemas)
    names = {name: name + INPUT for name in received & sent}
    if taken := sorted(set(names.values()) & schemas.keys()):
        raise ValueError(f"schemas have the names of inputs: {', '.join(taken)}")
    inputs = {names.get(name, name): _request(_renamed(schemas[name], names)) for name in received}
    schemas |= {name: _response(schemas[name]) for name in sent} | inputs
    for request in requests:
        request.update(_renamed(request, names))
    document["components"]["schemas"] = dict(sorted(schemas.items()))
    return document


def _reachable(roots: Iterable[Any], schemas: Document) -> set[str]:
    found: set[str] = set()
    waiting = set(_references(list(roots)))
    while waiting:
        found |= waiting
        waiting = {name for known in waiting for name in _references(schemas[known])} - found
    return found


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        reference = value.get("$ref")
        if isinstance(reference, str) and reference.startswith(PREFIX):
            yield reference.removeprefix(PREFIX)
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def _renamed(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        fresh = {key: _renamed(inner, names) for key, inner in value.items()}
        reference = value.get("$ref")
        if isinstance(reference, str) and (name := reference.removeprefix(PREFIX)) in names:
            fresh["$ref"] = PREFIX + names[name]
        return fresh
    return [_renamed(inner, names) for inner in value] if isinstance(value, list) else value


def _request(schema: Document) -> Document:
    fresh = deepcopy(schema)
    properties = {name: part for name, part in fresh.get("properties", {}).items() if not part.get("readOnly")}
    return _with(fresh, properties, [name for name in fresh.get("required", []) if name in properties])


def _response(schema: Document) -> Document:
    fresh = deepcopy(schema)
    properties = {name: part for name, part in fresh.get("properties", {}).items() if not part.get("writeOnly")}
    for part in properties.values():
        part.pop("readOnly", None)
        part.pop("default", None)
    return _with(fresh, properties, list(properties))


def _with(schema: Document, properties: Document, required: list[str]) -> Document:
    if "properties" in schema:
        schema["properties"] = properties
    schema.pop("required", None)
    return schema | {"required": sorted(required)} if required else schema
