"""The golden files match the events that billing publishes."""

from pathlib import Path

import pytest

from billing.invoice import events as invoices
from billing.labor_rate import events as labor_rates
from billing.payment import events as payments
from common.events import Envelope, EventType

CONTRACTS = Path(__file__).parents[2] / "contracts"
TYPES = [*invoices.ALL, *payments.ALL, *labor_rates.ALL]


@pytest.mark.parametrize("event", TYPES, ids=lambda event: event.name)
def test_every_event_has_an_example_with_exactly_its_fields(event: EventType):
    envelope = Envelope.decode((CONTRACTS / f"{event.name}.json").read_bytes())
    assert (envelope.type, envelope.source) == (event.name, "billing")
    assert set(envelope.data) == set(event.schema.fields)
    assert envelope.sequence == envelope.data["version"]
    assert envelope.subject == envelope.data[next(iter(event.schema.fields))]


def test_no_example_is_left_of_an_event_that_is_gone():
    assert {path.stem for path in CONTRACTS.glob("*.json")} == {event.name for event in TYPES}
