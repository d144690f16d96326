"""Who sees a field. The field says it; the dumper, lists, exports and the OpenAPI document read it here."""

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any

from marshmallow import Schema, fields

VISIBLE_TO = "x-visible-to"


def seen_by(roles: Iterable[str], **metadata: Any) -> dict[str, Any]:
    """Returns a field's metadata: `fields.String(metadata=seen_by(STAFF, description="…"))`."""
    return {VISIBLE_TO: sorted(roles), **metadata}


def sees(role: str, field: fields.Field[Any]) -> bool:
    audience = field.metadata.get(VISIBLE_TO)
    return audience is None or role in audience


@cache
def hidden(schema: Schema, role: str) -> frozenset[str]:
    """Returns the names of the schema's own fields that the role does not see."""
    return frozenset(name for name, field in schema.fields.items() if not sees(role, field))


def empty(field: fields.Field[Any]) -> Any:
    """Returns what a role outside the audience gets: null, or an empty list or object, or False.

    Raises TypeError for a field that can be none of these: it needs `allow_none=True`.
    """
    if field.allow_none:
        return None
    for kind, value in ((fields.List, []), (fields.Dict, {}), (fields.Boolean, False)):
        if isinstance(field, kind):
            return value
    raise TypeError(f'"{field.name}" is hidden from some of its readers, so it needs allow_none=True.')


def walk(schema: Schema) -> Iterator[tuple[Schema, str, fields.Field[Any]]]:
    """Yields each dumped field of the schema and of the schemas nested in it, with the schema it belongs to."""
    for name, field in schema.dump_fields.items():
        yield schema, name, field
        if (inner := nested(field)) is not None:
            yield from walk(inner)


def nested(field: Any) -> Schema | None:
    """Returns the schema of a nested object, also of one in a list or of an object's values."""
    if isinstance(field, fields.Nested):
        return field.schema
    part = field.inner if isinstance(field, fields.List) else getattr(field, "value_field", None)
    return None if part is None else nested(part)


def check(schema: Schema, roles: Collection[str], *, exported: bool = False) -> None:
    """Raises TypeError if a role would miss a field that cannot be empty, or in a file any field at all."""
    for name, field in schema.dump_fields.items():
        readers = [role for role in roles if sees(role, field)]
        if len(readers) < len(roles):
            if exported:
                raise TypeError(f"{type(schema).__name__}.{name} is exported to roles that do not see it.")
            empty(field)
        if (inner := nested(field)) is not None:
            check(inner, readers, exported=exported)
