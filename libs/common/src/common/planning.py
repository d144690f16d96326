"""What an import would do, line by line: judged by the schemas of the API against what stands, nothing written.

The dry run shows the plan and the real run carries it out, so that both say the same.
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
    """One line of what is imported and what becomes of it."""

    row: int
    given: dict[str, Any]
    """What the schema is to read, by field."""
    name: str | None = None
    present: Any = None
    """The object that stands already; None for a new one."""
    values: dict[str, Any] = field(default_factory=dict)
    """What the schema made of `given`; for an update only what differs."""
    changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    warnings: dict[str, list[str]] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    """What goes into other tables with it."""
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


def read(line: Line, whole: Schema, part: Schema) -> bool:
    """Fills `values` as POST (`whole`) or PATCH (`part`) would read them, or `errors` with the mistakes."""
    try:
        line.values = (whole if line.present is None else part).load(line.given)
    except ValidationError as error:
        for name, messages in sentences(error).items():
            line.errors.setdefault(name, []).extend(messages)
        return False
    return True


def compare(line: Line, schema: Schema, empty: Collection[str] = ()) -> None:
    """Keeps in `values` what differs from the `present` object, and tells it in `changes`.

    A field whose cell is `empty` does not differ from one that has nothing in it, whatever the default is.
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
    """Two lines for one thing: both are told of the other. A `key` of None has no twin."""
    first: dict[Any, L] = {}
    for line in lines:
        wanted = key(line)
        if wanted is None:
            continue
        if wanted in first:
            line.fail(column, message.format(row=first[wanted].row))
        else:
            first[wanted] = line


def given(schema: Schema, cells: Mapping[str, str], columns: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The cells of a table as the fields of `schema` take them; `columns` names the field where it is named otherwise.

    An empty cell means what a new one would have: nothing, or the default.
    """
    found: dict[str, Any] = {}
    for column, text in cells.items():
        name = (columns or {}).get(column, column)
        kind = schema.load_fields.get(name)
        if kind is None:
            continue
        if text != "":
            found[name] = _value(kind, text)
        elif kind.allow_none:
            found[name] = None
        elif kind.required:
            found[name] = text
        elif kind.load_default is not missing:
            found[name] = kind.load_default() if callable(kind.load_default) else kind.load_default
    return found


def cell(value: Any) -> str:
    """What stands in a cell for a dumped value; `given` reads it back."""
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
"""What marshmallow says of a text where an object was to be."""


def sentences(error: ValidationError) -> dict[str, list[str]]:
    """What a schema says, by field; mistakes in the parts of a field are told at the field."""
    return {str(name): _sentences(messages) for name, messages in error.messages_dict.items()}


def messages(error: ValidationError) -> list[str]:
    """What a single field says."""
    return _sentences(error.messages)


def _sentences(messages: Any) -> list[str]:
    if messages == _NO_OBJECT:
        return ["Not valid JSON. Use the format of the export."]
    if isinstance(messages, dict):
        return [f"{name}: {text}" for name, inner in messages.items() for text in _sentences(inner)]
    return [str(message) for message in (messages if isinstance(messages, list) else [messages])]


def _same(before: Any, after: Any) -> bool:
    """Nothing and an empty text or list are the same to whoever fills in a table."""
    return bool(before == after) or (before in _NOTHING and after in _NOTHING)


def _shown(kind: fields.Field[Any] | None, value: Any) -> Any:
    return kind.serialize("value", {"value": value}) if kind is not None else value
