"""The compiled dumper writes what Marshmallow would, for every response and event of every service."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import orjson
import pytest
from marshmallow import Schema, fields

from common import audience
from common import fields as own
from common.dumping import dumper
from common.events import Envelope, EventType
from common.roles import EVERYONE

SAMPLES = range(12)
DAY = date(2025, 11, 30)
VALUES: list[tuple[Any, Callable[[Random], Any]]] = [
    (own.Number, lambda r: r.choice([Decimal(r.randrange(-(10**9), 10**9)).scaleb(-r.randrange(5)), "12.50", "-0.00"])),
    (fields.UUID, lambda r: UUID(int=r.getrandbits(128))),
    (fields.Integer, lambda r: r.randrange(-(2**40), 2**40)),
    (fields.Boolean, lambda r: r.random() < 0.5),
    (fields.DateTime, lambda r: datetime(2025, 11, 30, 12, tzinfo=UTC) + timedelta(microseconds=r.randrange(10**12))),
    (fields.Date, lambda r: DAY + timedelta(days=r.randrange(4000))),
    (fields.String, lambda r: r.choice(["", "Acme", "Ünïcode ✓", '"quoted"'])),
    (fields.Raw, lambda r: r.choice([None, "text", 3, [1, 2], {"a": None}])),
]


@pytest.fixture(scope="module")
def responses(services) -> dict[Schema, set[str]]:
    """Returns each schema that is sent, with the roles it is sent to."""
    found: dict[Schema, set[str]] = {}
    for service in services.values():
        for routes in service.routes:
            for operation in routes.operations:
                found.setdefault(operation.returns, set()).update(operation.roles)
    return found


@pytest.mark.parametrize("seed", SAMPLES)
def test_every_response_is_dumped_as_marshmallow_does(responses, seed):
    random = Random(seed)
    for schema in responses:
        value = _sample(schema, random)
        assert _read(dumper(schema)(value)) == _read(schema.dump(value)), type(schema).__name__
        if not _computes(schema):
            assert _read(dumper(schema)(vars(value))) == _read(schema.dump(vars(value))), type(schema).__name__


@pytest.mark.parametrize("seed", SAMPLES)
def test_every_event_is_dumped_as_marshmallow_does(services, seed):
    random = Random(seed)
    for event in (event for service in services.values() for event in service.events):
        value = vars(_sample(event.schema, random))
        assert _sent(event, dumper(event.schema)(value)) == _sent(event, event.schema.dump(value))


def _sent(event: EventType, data: dict[str, Any]) -> bytes:
    named = {"id": UUID(int=1), "type": event.name, "source": event.source, "subject": "1", "actor": "system:test"}
    context = {"time": datetime(2025, 11, 30, tzinfo=UTC), "sequence": 1, "correlation_id": "1", "causation_id": None}
    return Envelope(**named, **context, data=data).encode()


def test_each_role_gets_each_field_that_it_sees_and_the_others_empty(responses):
    random, masked = Random(1), 0
    for schema, roles in responses.items():
        value = _sample(schema, random)
        whole = _read(dumper(schema)(value))
        for role in roles & EVERYONE:
            masked += _compared(schema, role, _read(dumper(schema, role)(value)), whole)

    assert masked > 100


def _compared(schema: Schema, role: str, seen: Any, whole: Any) -> int:
    """Returns how many fields were masked."""
    masked = 0
    assert seen.keys() == whole.keys()
    for name, field in schema.dump_fields.items():
        inner = audience.nested(field)
        if not audience.sees(role, field):
            assert seen[name] == audience.empty(field), f"{type(schema).__name__}.{name} for {role}"
            masked += 1
        elif inner is None or isinstance(field, fields.Dict) or whole[name] is None:
            assert seen[name] == whole[name], f"{type(schema).__name__}.{name} for {role}"
        elif isinstance(field, fields.List):
            pairs = zip(seen[name], whole[name], strict=True)
            masked += sum(_compared(inner, role, *pair) for pair in pairs)
        else:
            masked += _compared(inner, role, seen[name], whole[name])
    return masked


def _read(dumped: Any) -> Any:
    return orjson.loads(orjson.dumps(dumped))


def _computes(schema: Schema) -> bool:
    return any(isinstance(field, fields.Function) for _, _, field in audience.walk(schema))


def _sample(schema: Schema, random: Random) -> Any:
    """Returns an object with every attribute that the schema reads; null only where nothing is computed from it."""
    computes, found = _computes(schema), SimpleNamespace(name="Acme")
    for name, field in schema.dump_fields.items():
        if not field._CHECK_ATTRIBUTE:
            found.__dict__.setdefault(name, Decimal("1.50"))
            continue
        *path, last = (field.attribute or name).split(".")
        place = found
        for step in path:
            place = place.__dict__.setdefault(step, SimpleNamespace())
        value = None if not computes and random.random() < 0.2 else _value(field, random)
        setattr(place, last, Decimal(value) if computes and isinstance(field, own.Number) else value)
        if computes and last == "currency":
            place.currency = "USD"
    return found


def _value(field: Any, random: Random) -> Any:
    if isinstance(field, fields.Nested):
        return _sample(field.schema, random)
    if isinstance(field, fields.List):
        return [_value(field.inner, random) for _ in range(2)]
    if isinstance(field, fields.Dict):
        return {"one": random.random() if field.value_field is None else _value(field.value_field, random)}
    return next(make for kind, make in VALUES if isinstance(field, kind))(random)
