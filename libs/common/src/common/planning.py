"""Plans imports line by line, with the schemas of the API and the stored objects; writes nothing.

A dry run returns the plan and a real run executes it, so that both agree.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

import orjson
from marshmallow import Schema, ValidationError, fields, missing

from common.fields import Money
from common.imports import CREATE, ERROR, UNCHANGED, UPDATE
from common.numbers import WHOLE_NUMBER, without_groups

_NOTHING: tuple[Any, ...] = (None, "", [], {})


@dataclass(eq=False)
class Line:
    """An imported line with its plan."""

    row: int
    given: dict[str, Any]
    """The input of the schema, by field."""
    name: str | None = None
    present: Any = None
    """The stored object, or None for a new one."""
    values: dict[str, Any] = field(default_factory=dict)
    """The loaded values of `given`; for an update only those that differ."""
    changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    warnings: dict[str, list[str]] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    """Values for other tables."""
    target: Any = None
    """The object that was written: `present` or a new one."""

    @property
    def action(self) -> str:
        if self.errors:
            return ERROR
        if self.present is None:
            return CREATE
        return UPDATE if self.changes else UNCHANGED

    @property
    def id(self) -> UUID | None:
        known = self.target if self.target is not None else self.present
        return known.id if known is not None else None

    def fail(self, column: str, message: str) -> None:
        self.errors.setdefault(column, []).append(message)

    def warn(self, column: str, message: str) -> None:
        self.warnings.setdefault(column, []).append(message)


L = TypeVar("L", bound=Line)


def load(line: Line, schema: Schema) -> Any:
    """Returns what `schema` loads from the line's input; None if the line has errors or gets the schema's."""
    if line.errors:
        return None
    try:
        return schema.load(line.given)
    except ValidationError as error:
        _blame(line, error)
        return None


def read(line: Line, whole: Schema, part: Schema) -> bool:
    """Fills `values` as POST (`whole`) or PATCH (`part`) loads them, or `errors`. Returns whether it is valid."""
    try:
        line.values = (whole if line.present is None else part).load(line.given)
    except ValidationError as error:
        _blame(line, error)
        return False
    return True


def _blame(line: Line, error: ValidationError) -> None:
    for name, messages in sentences(error).items():
        line.errors.setdefault(name, []).extend(messages)


def compare(line: Line, schema: Schema, empty: Collection[str] = ()) -> None:
    """Keeps values that differ from the `present` object and adds them to `changes`.

    A field with an `empty` cell does not differ from an empty stored value, whatever its default is.
    """
    if line.present is None:
        return
    before = {name: getattr(line.present, name) for name in line.values}
    line.values = {
        name: value
        for name, value in line.values.items()
        if not _same(before[name], value) and not (name in empty and before[name] in _NOTHING)
    }
    for name, value in line.values.items():
        shown = schema.dump_fields.get(name)
        line.changes[name] = {"before": _shown(shown, before[name]), "after": _shown(shown, value)}


def refuse_twins(lines: Iterable[L], key: Callable[[L], Any], column: str, message: str) -> None:
    """Adds an error to lines whose `key` is also that of an earlier line. A `key` of None is ignored."""
    first: dict[Any, L] = {}
    for line in lines:
        line_key = key(line)
        if line_key is None:
            continue
        if line_key in first:
            line.fail(column, message.format(row=first[line_key].row))
        else:
            first[line_key] = line


def given(schema: Schema, cells: Mapping[str, str], columns: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Returns cells as input of `schema`; `columns` maps columns to fields with other names.

    An empty cell means null or the field's default.
    """
    result: dict[str, Any] = {}
    for column, text in cells.items():
        name = (columns or {}).get(column, column)
        kind = schema.load_fields.get(name)
        if kind is None:
            continue
        if text != "":
            result[name] = _value(kind, text)
        elif kind.allow_none:
            result[name] = None
        elif kind.required:
            result[name] = text
        elif kind.load_default is not missing:
            result[name] = kind.load_default() if callable(kind.load_default) else kind.load_default
    return result


def cell(value: Any) -> str:
    """Returns the cell of a dumped value; `given` can read it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict | list):
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode() if value else ""
    return str(value)


def _value(kind: fields.Field[Any], text: str) -> Any:
    if isinstance(kind, fields.Boolean):
        return text.strip().lower()
    if isinstance(kind, fields.Integer):
        plain = without_groups(text).strip()
        return int(plain) if WHOLE_NUMBER.fullmatch(plain) else text
    if isinstance(kind, Money):
        return without_groups(text)
    if isinstance(kind, fields.List | fields.Dict | fields.Nested) and text.lstrip()[:1] in {"[", "{"}:
        try:
            return orjson.loads(text)
        except orjson.JSONDecodeError:
            return text
    return text


_NO_OBJECT = {"_schema": ["Invalid input type."]}
"""Marshmallow's error for a text instead of an object."""


def sentences(error: ValidationError) -> dict[str, list[str]]:
    """Returns a schema's messages by field; messages of nested fields are listed under the outer field."""
    return {str(name): _sentences(messages) for name, messages in error.messages_dict.items()}


def messages(error: ValidationError) -> list[str]:
    """Returns the messages of a single field."""
    return _sentences(error.messages)


def _sentences(messages: Any) -> list[str]:
    if messages == _NO_OBJECT:
        return ["Not valid JSON. Use the format of the export."]
    if isinstance(messages, dict):
        return [f"{name}: {text}" for name, inner in messages.items() for text in _sentences(inner)]
    return [str(message) for message in (messages if isinstance(messages, list) else [messages])]


def _same(before: Any, after: Any) -> bool:
    """Returns whether the values are equal; null equals an empty text or list."""
    return bool(before == after) or (before in _NOTHING and after in _NOTHING)


def _shown(kind: fields.Field[Any] | None, value: Any) -> Any:
    return kind.serialize("value", {"value": value}) if kind is not None else value
