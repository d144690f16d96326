"""Every reader can read the golden file of each event it handles."""

import json
import re
from copy import deepcopy
from typing import Any
from uuid import UUID

from marshmallow import RAISE, Schema, ValidationError

from common.events import Envelope

NAME = re.compile(r"[a-z]+(\.[a-z][a-z_]*){2}\.v[1-9]\d*")


def test_names_say_who_what_and_which_version(services):
    odd = [
        event.name
        for name, service in services.items()
        for event in service.events
        if not NAME.fullmatch(event.name) or event.source != name
    ]

    assert odd == []


def test_no_type_has_two_producers(services):
    names = [event.name for service in services.values() for event in service.events]

    assert sorted(names) == sorted(set(names))


def test_every_type_has_its_golden_example_and_every_example_its_type(services, goldens):
    expected = {(name, event.name) for name, service in services.items() for event in service.events}
    found = {(golden.service, golden.type) for golden in goldens.values()}

    assert sorted(expected - found) == []
    assert sorted(found - expected) == []


def test_every_example_is_an_envelope_as_it_travels(goldens):
    for golden in goldens.values():
        envelope, raw = Envelope.decode(golden.raw), golden.envelope

        assert (envelope.type, envelope.source) == (golden.type, golden.service), golden.path
        assert Envelope.decode(envelope.encode()) == envelope, golden.path
        assert set(raw) >= set(_travelling(envelope)), f"{golden.path}: an envelope carries more than this"
        assert raw["source"] == f"/evergreen/{golden.service}", golden.path
        assert isinstance(raw["sequence"], str), golden.path
        assert UUID(envelope.subject), golden.path
        version = envelope.data.get("version")
        assert version is None or version == envelope.sequence, f"{golden.path}: sequence is the version"


def _travelling(envelope: Envelope) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(envelope.encode())
    fields.pop("causationid", None)
    return fields


def test_every_example_carries_the_full_state_its_producer_declares(goldens, produced):
    failures = {}
    for name in produced.keys() & goldens.keys():
        problem = _incomplete(produced[name].schema, goldens[name].envelope["data"])
        if problem:
            failures[name] = problem

    assert failures == {}


def _incomplete(schema: Schema, data: dict[str, Any]) -> Any:
    try:
        state = schema.load(deepcopy(data), unknown=RAISE)
    except ValidationError as error:
        return error.messages
    missing = {field.data_key or key for key, field in schema.dump_fields.items()} - set(data)
    if missing:
        return f"lacks {sorted(missing)}"
    published = schema.dump(state)
    return None if published == data else f"would be published as {published}"


def test_every_handled_type_is_published(bound, produced):
    assert [(consumer, event_type) for consumer, event_type, _ in bound if event_type not in produced] == []


NO_COPY = {
    ("agreements", "billing.invoice"): "marks the time of issued invoices; drafts mark none",
    ("gateway", "clients.technician"): "marks an end when its answer passes by; the event takes a mark back",
}
"""Consumer and aggregate whose state it does not copy, with the reason why some of its events suffice."""


def test_who_copies_an_aggregate_hears_every_change_of_it(bound, produced):
    """Finds the new event type that a copy would miss, and stay in the old state for ever."""
    heard: dict[tuple[str, str, type[Schema]], set[str]] = {}
    for consumer, name, handler in bound:
        aggregate = name.rsplit(".", 2)[0]
        if handler.reader is not None and (consumer, aggregate) not in NO_COPY:
            heard.setdefault((consumer, aggregate, type(produced[name].schema)), set()).add(name)
    missed = {
        f"{consumer}: {event.name}"
        for (consumer, aggregate, schema), names in heard.items()
        for event in produced.values()
        if event.name.rsplit(".", 2)[0] == aggregate and type(event.schema) is schema and event.name not in names
    }

    assert not missed, "\n".join(sorted(missed))


def test_every_reader_reads_the_example_of_each_type_it_binds(bound, goldens):
    failures = {}
    for consumer, event_type, handler in bound:
        if handler.reader is None or event_type not in goldens:
            continue
        problem = _misread(handler.reader, goldens[event_type].envelope["data"])
        if problem:
            failures[f"{consumer} reads {event_type}"] = problem

    assert failures == {}


def test_readers_take_what_they_do_not_know(bound, goldens):
    """Producers may add fields at any depth without changing readers."""
    failures = {}
    for consumer, event_type, handler in bound:
        if handler.reader is None or event_type not in goldens:
            continue
        problem = _misread(handler.reader, _with_more(goldens[event_type].envelope["data"]))
        if problem:
            failures[f"{consumer} reads {event_type}"] = problem

    assert failures == {}


def test_no_service_handles_its_own_events_by_type(bound):
    """A service's reaction to its own event belongs in the transaction that causes the event."""
    assert [(who, event_type) for who, event_type, _ in bound if event_type.split(".")[0] == who] == []


def _misread(reader: Any, data: dict[str, Any]) -> Any:
    try:
        reader.load(deepcopy(data))
    except ValidationError as error:
        return error.messages
    return None


def _with_more(value: Any) -> Any:
    if isinstance(value, dict):
        return {**{key: _with_more(inner) for key, inner in value.items()}, "added_later": {"a": [1]}}
    if isinstance(value, list):
        return [_with_more(inner) for inner in value]
    return value
