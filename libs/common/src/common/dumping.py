"""Dumps what Marshmallow declares, by a function compiled once for each schema and role.

A field that the role does not see is dumped empty without being read. Ids, days and instants stay Python objects,
which orjson writes as Marshmallow would. A missing value raises unless the field has a `dump_default`, because a
response has all its fields.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from marshmallow import Schema, fields, missing

from common import audience
from common import fields as own

Dump = Callable[[Any], dict[str, Any]]
EVERYTHING = "system"
"""A role that sees every field."""


@cache
def dumper(schema: Schema, role: str = EVERYTHING) -> Dump:
    """Returns the function that dumps one object, dict or row as the role sees it."""
    if any(schema._hooks[tag] for tag in ("pre_dump", "post_dump")):
        raise TypeError(f"{type(schema).__name__} has dump hooks, which are not compiled.")
    of_mapping, of_object = _compiled(schema, role, _item), _compiled(schema, role, _attribute)

    def dump(value: Any) -> dict[str, Any]:
        return (of_mapping if isinstance(value, (dict, Mapping)) else of_object)(value)

    return dump


class _Names(dict[str, Any]):
    """The values that compiled code refers to."""

    def add(self, value: Any) -> str:
        name = f"c{len(self)}"
        self[name] = value
        return name


def _compiled(schema: Schema, role: str, read: Callable[[str, Any, _Names], str]) -> Dump:
    names = _Names(text=_text, number=own.written)
    parts = []
    for name, field in schema.dump_fields.items():
        key = field.data_key if field.data_key is not None else name
        parts.append(f"{key!r}: {_field(name, field, role, read, names)}")
    source = f"lambda o: {{{', '.join(parts)}}}"
    code = compile(source, f"<dump of {type(schema).__name__}>", "eval")
    compiled: Dump = eval(code, names)  # noqa: S307 - made of the schema's own field names
    return compiled


def _field(name: str, field: Any, role: str, read: Callable[[str, Any, _Names], str], names: _Names) -> str:
    if role != EVERYTHING and not audience.sees(role, field):
        return repr(audience.empty(field))
    if not field._CHECK_ATTRIBUTE:
        return f"{names.add(field)}.serialize({name!r}, o)"
    return _written(field, read(field.attribute or name, field, names), role, names)


def _item(path: str, field: Any, names: _Names) -> str:
    if field.dump_default is not missing:
        return f"o.get({path!r}, {names.add(field.dump_default)})"
    first, *rest = path.split(".")
    found = f"o[{first!r}]"
    for step in rest:
        found = f"{names.add(_reach)}({found}, {step!r})"
    return found


def _attribute(path: str, field: Any, names: _Names) -> str:
    if field.dump_default is not missing:
        return f"{names.add(getattr)}(o, {path!r}, {names.add(field.dump_default)})"
    return f"o.{path}"


def _reach(value: Any, step: str) -> Any:
    return value[step] if isinstance(value, Mapping) else getattr(value, step)


def _written(field: Any, value: str, role: str, names: _Names) -> str:
    """Returns the expression for the value as JSON has it. `v` is local to each expression."""
    if isinstance(field, fields.Nested):
        return _object(field, value, role, names)
    if isinstance(field, fields.List):
        inner = _written(field.inner, "e", role, names)
        listed = "list(v)" if inner == "e" else f"[{inner} for e in v]"
        return f"(None if (v := {value}) is None else {listed})"
    if isinstance(field, fields.Dict):
        return _mapping(field, value, role, names)
    template = _template(field)
    return template.format(value) if template else f"{names.add(field)}._serialize({value}, None, o)"


def _template(field: fields.Field[Any]) -> str | None:
    """Returns how the value is written, or None for a field that only Marshmallow can write."""
    serialize = type(field)._serialize
    if serialize is fields.Field._serialize or serialize is fields.UUID._serialize:
        return "{0}"
    if isinstance(field, (fields.DateTime, fields.Date)) and field.format in (None, "iso"):
        return "{0}"
    if serialize is fields.String._serialize:
        return "(v if (v := {0}) is None or v.__class__ is str else text(v))"
    if isinstance(field, fields.Integer) and not field.as_string:
        return "(v if (v := {0}) is None or v.__class__ is int else int(v))"
    return "(None if (v := {0}) is None else number(v))" if serialize is own.Number._serialize else None


def _object(field: fields.Nested, value: str, role: str, names: _Names) -> str:
    dump = names.add(dumper(field.schema, role))
    if field.many or field.schema.many:
        return f"(None if (n := {value}) is None else [{dump}(e) for e in n])"
    return f"(None if (n := {value}) is None else {dump}(n))"


def _mapping(field: Any, value: str, role: str, names: _Names) -> str:
    if field.value_field is None and field.key_field is None:
        return value
    key = "k" if field.key_field is None else _written(field.key_field, "k", role, names)
    inner = "e" if field.value_field is None else _written(field.value_field, "e", role, names)
    return f"(None if (m := {value}) is None else {{{key}: {inner} for k, e in m.items()}})"


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
