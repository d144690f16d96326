"""The golden examples are what this service publishes."""

from pathlib import Path

import pytest

from clients.asset import events as asset
from clients.client import events as client
from clients.contact import events as contact
from clients.location import events as location
from clients.merging import events as merging
from clients.note import events as note
from clients.rate_card import events as card
from clients.technician import events as technician
from common.events import Envelope, EventType

CONTRACTS = Path(__file__).parents[2] / "contracts"
TYPES = [*client.ALL, *contact.ALL, *location.ALL, *asset.ALL, *note.ALL, *card.ALL, *technician.ALL, *merging.ALL]


@pytest.mark.parametrize("event", TYPES, ids=lambda event: event.name)
def test_every_event_has_an_example_with_exactly_its_fields(event: EventType):
    envelope = Envelope.decode((CONTRACTS / f"{event.name}.json").read_bytes())

    assert (envelope.type, envelope.source) == (event.name, "clients")
    assert set(envelope.data) == set(event.schema.fields)
    if event is card.CHANGED:
        assert {frozenset(row) for row in envelope.data["services"]} == {frozenset(card.CardRow().fields)}
    else:
        assert (envelope.subject, envelope.sequence) == (envelope.data["id"], envelope.data["version"])


def test_no_example_is_left_of_an_event_that_is_gone():
    assert {path.stem for path in CONTRACTS.glob("*.json")} == {event.name for event in TYPES}
