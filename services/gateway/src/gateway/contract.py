"""Merges the OpenAPI documents of all services into the document of the public API."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from common.http.openapi import PROBLEM

Document = dict[str, Any]
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
FRAGMENT = re.compile(r"^/api/v1/[a-z]+/(dashboard|tasks(/.*)?)$")
"""A service's part of the dashboard or of the tasks; the gateway's own are /api/v1/dashboard and /api/v1/tasks."""
OWN = "gateway"
SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "An access token or an API key (`evg_…`)"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "__Host-evergreen_session"},
    "csrf": {
        "type": "apiKey",
        "in": "header",
        "name": "X-CSRF-Token",
        "description": "Required with the cookie for requests that change data",
    },
}
ANYWHERE = ("429", "503")
SIGNED_IN = ("401",)
INFO = {
    "title": "Evergreen",
    "version": "v1",
    "description": "Catalog, clients, agreements and billing of an MSP. `/api` is an alias of the latest version.",
    "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
}


def merge(documents: Mapping[str, Document], own: Document) -> Document:
    """Returns the public document. `documents` are those of the services by name; `own` is the gateway's.

    Equal components with the same name are shared. Different components with the same name get the service's name as
    a prefix (`BillingService`). The result does not depend on the order of `documents`.
    Raises ValueError if two services answer the same path.
    """
    everything = {OWN: deepcopy(own)} | {name: deepcopy(dict(documents[name])) for name in sorted(documents)}
    for document in everything.values():
        document["paths"] = {p: item for p, item in document.get("paths", {}).items() if not FRAGMENT.match(p)}
        _drop_unused(document)
    names = _new_names(everything)
    merged: Document = {
        "openapi": own.get("openapi", "3.1.0"),
        "info": INFO,
        "servers": [{"url": "/"}],
        "security": [{"bearer": []}, {"cookie": [], "csrf": []}],
        "tags": [],
        "paths": {},
        "components": {},
    }
    operation_ids = _operation_ids(everything)
    for name, document in everything.items():
        _add(merged, name, _renamed(document, names[name]), operation_ids)
    merged["components"].setdefault("responses", {})["Problem"] = PROBLEM
    merged["components"]["securitySchemes"] = SCHEMES
    merged["components"] = {k: dict(sorted(v.items())) for k, v in sorted(merged["components"].items())}
    merged["paths"] = dict(sorted(merged["paths"].items()))
    return merged


def _drop_unused(document: Document) -> None:
    """Removes components and tags that no path uses, such as those of the parts of the dashboard."""
    components = document.get("components", {})
    used: set[str] = set()
    fresh = set(_references(document["paths"]))
    while fresh:
        used |= fresh
        keys = {tuple(reference.split("/")[2:4]) for reference in fresh}
        fresh = {r for section, name in keys for r in _references(components[section][name])} - used
    document["components"] = {
        section: {name: entry for name, entry in entries.items() if f"#/components/{section}/{name}" in used}
        for section, entries in components.items()
    }
    used_tags = {tag for item in document["paths"].values() for m in METHODS for tag in item.get(m, {}).get("tags", [])}
    document["tags"] = [tag for tag in document.get("tags", []) if tag["name"] in used_tags]


def _add(merged: Document, service: str, document: Document, operation_ids: dict[str, list[str]]) -> None:
    known = {tag["name"] for tag in merged["tags"]}
    merged["tags"] += [tag for tag in document.get("tags", []) if tag["name"] not in known]
    for section, entries in document.get("components", {}).items():
        merged["components"].setdefault(section, {}).update(entries)
    for path, item in document["paths"].items():
        present = merged["paths"].setdefault(path, {})
        for key, value in item.items():
            if key in METHODS:
                if key in present:
                    raise ValueError(f"{key.upper()} {path} is answered by {service} and by another service")
                present[key] = _operation(service, value, operation_ids)
            else:
                present.setdefault(key, value)


def _operation(service: str, operation: Document, operation_ids: dict[str, list[str]]) -> Document:
    identifier = operation.get("operationId")
    if identifier and len(operation_ids[identifier]) > 1:
        operation["operationId"] = service + identifier[0].upper() + identifier[1:]
    problem = {"$ref": "#/components/responses/Problem"}
    responses = operation.setdefault("responses", {})
    responses.pop("default", None)
    is_public = operation.get("x-roles") == ["anonymous"]
    if is_public:
        operation["security"] = []
    for status in ANYWHERE + (() if is_public else SIGNED_IN):
        responses.setdefault(status, problem)
    operation["responses"] = dict(sorted(responses.items()))
    return operation


def _operation_ids(everything: Mapping[str, Document]) -> dict[str, list[str]]:
    operation_ids: dict[str, list[str]] = {}
    for name, document in everything.items():
        for item in document["paths"].values():
            for method in METHODS:
                if method in item and "operationId" in item[method]:
                    operation_ids.setdefault(item[method]["operationId"], []).append(name)
    return operation_ids


def _new_names(everything: Mapping[str, Document]) -> dict[str, dict[str, str]]:
    """Returns new references by service and old reference, for components with the same name that differ.

    Equal components also differ if they refer to components that differ, so the search repeats until it finds none.
    """
    clashing: set[tuple[str, str]] = set()
    while True:
        more = {key for key in _names(everything) - clashing if _differs(everything, key, clashing)}
        if not more:
            break
        clashing |= more
    return {
        service: {
            f"#/components/{section}/{name}": f"#/components/{section}/{service.capitalize()}{name}"
            for section, name in clashing
            if name in document.get("components", {}).get(section, {})
        }
        for service, document in everything.items()
    }


def _names(everything: Mapping[str, Document]) -> set[tuple[str, str]]:
    return {
        (section, name)
        for document in everything.values()
        for section, entries in document.get("components", {}).items()
        for name in entries
    }


def _differs(everything: Mapping[str, Document], key: tuple[str, str], clashing: set[tuple[str, str]]) -> bool:
    section, name = key
    entries = [
        document["components"][section][name]
        for document in everything.values()
        if name in document.get("components", {}).get(section, {})
    ]
    if len(entries) < 2:
        return False
    refers = any(tuple(ref.split("/")[2:4]) in clashing for ref in _references(entries[0]))
    return refers or any(other != entries[0] for other in entries[1:])


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def _renamed(document: Document, names: Mapping[str, str]) -> Document:
    """Returns the document with its components and all references to them renamed."""
    result: Document = _with_references(document, names)
    for section, entries in result.get("components", {}).items():
        result["components"][section] = {
            names.get(f"#/components/{section}/{name}", name).rsplit("/", 1)[-1]: entry
            for name, entry in entries.items()
        }
    return result


def _with_references(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {
            key: names.get(inner, inner) if key == "$ref" and isinstance(inner, str) else _with_references(inner, names)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_with_references(inner, names) for inner in value]
    return value
