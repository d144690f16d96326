"""The envelope: what goes out comes back, and what cannot be read says why."""

from datetime import UTC, datetime

import pytest
from marshmallow import fields

from common.events import Envelope, Reader, Unreadable, read
from common.ids import born_at, new_id


def envelope(**changes):
    values = {
        "id": new_id(),
        "type": "catalog.service.created.v1",
        "source": "catalog",
        "subject": "s-1",
        "time": datetime(2025, 11, 30, 12, tzinfo=UTC),
        "sequence": 3,
        "correlation_id": "c-1",
        "causation_id": None,
        "actor": "admin:1",
        "data": {"name": "Remote Support", "new_field": 1},
    }
    return Envelope(**{**values, **changes})


def test_an_envelope_survives_the_wire():
    sent = envelope(causation_id="e-0")
    assert Envelope.decode(sent.encode()) == sent


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"\x00\xff", "not JSON"),
        (b"[]", "not a JSON object"),
        (b"{}", "envelope lacks id, type, source, time, data"),
        (envelope().encode().replace(b'"data":{', b'"data":3,"x":{'), "data is not an object"),
        (envelope().encode().replace(b'"sequence":"3"', b'"sequence":"three"'), "malformed"),
    ],
)
def test_what_cannot_be_read_says_why(body, reason):
    with pytest.raises(Unreadable, match=reason):
        Envelope.decode(body)


class NameReader(Reader):
    name = fields.String(required=True)


class PriceReader(Reader):
    price = fields.Decimal(required=True)


def test_a_reader_takes_its_own_fields_and_ignores_the_rest():
    assert read(NameReader(), envelope()) == {"name": "Remote Support"}


def test_a_missing_field_is_unreadable_and_named():
    with pytest.raises(Unreadable, match="price"):
        read(PriceReader(), envelope())


def test_ids_sort_by_birth_and_tell_it():
    first, second = new_id(), new_id()
    assert first < second
    assert abs((born_at(first) - datetime.now(UTC)).total_seconds()) < 5
