"""Request bodies load into commands: frozen dataclasses that use cases take."""

import dataclasses
from collections.abc import Iterator
from types import NoneType
from typing import Any, get_args, get_type_hints

import pytest
from marshmallow import missing

from common.commands import UNSET, CommandSchema, Unset

CONVERTED = ("agreements", "billing", "notifications")
"""The services whose use cases take commands; features written from now on do too."""
TYPED = {"gateway": ("updateSettings",)}
"""The operations of other services that do."""


@pytest.fixture(scope="module")
def bodies(services) -> list[tuple[str, Any, Any]]:
    """Returns the operation, function and body schema of each route of the converted services."""
    return [
        (operation, function, schema)
        for name in (*CONVERTED, *TYPED)
        for routes in services[name].routes
        for operation, function, schema in routes.bodies
        if operation in TYPED.get(name, (operation,)) and not type(schema).__module__.startswith("common.tasks")
    ]


def test_every_body_loads_into_the_command_its_route_takes(bodies):
    wrong = [
        operation
        for operation, function, schema in bodies
        if not isinstance(schema, CommandSchema) or get_type_hints(function)["body"] is not schema.command
    ]

    assert bodies
    assert wrong == []


def test_commands_are_frozen_and_have_the_fields_of_their_schema(bodies):
    problems = {operation: list(_problems(schema)) for operation, _, schema in bodies}

    assert {operation: found for operation, found in problems.items() if found} == {}


def _problems(schema: CommandSchema) -> Iterator[str]:
    """Yields the differences between a schema and its command, at every depth."""
    command: Any = schema.command
    parameters = command.__dataclass_params__
    if not parameters.frozen or "__slots__" not in vars(command):
        yield f"{command.__name__} is not frozen with slots"
    loaded = {field.attribute or name: field for name, field in schema.load_fields.items()}
    kept = {field.name: field for field in dataclasses.fields(command)}
    if loaded.keys() != kept.keys():
        yield f"only the schema or the command has {sorted(loaded.keys() ^ kept.keys())}"
        return
    hints = get_type_hints(command)
    for name, field in loaded.items():
        takes = {hints[name], *get_args(hints[name])}
        if field.allow_none and not takes & {NoneType, Any}:
            yield f"{name} may be null, but {command.__name__} does not take None"
        if (Unset in takes) != (kept[name].default is UNSET):
            yield f"{name} has UNSET in its type or as its default only"
        may_be_missing = schema.partial or (not field.required and field.load_default is missing)
        if may_be_missing and kept[name].default is kept[name].default_factory is dataclasses.MISSING:
            yield f"{name} may be missing, but has no default"
        inner = getattr(getattr(field, "inner", field), "schema", None)
        if isinstance(inner, CommandSchema) and inner.command:
            yield from _problems(inner)
