"""Every field of a response that is money, a credential or an internal note says who sees it."""

import re

import pytest
from marshmallow import Schema, fields

from common import audience
from common import fields as own
from common.roles import BILLING_READERS, CLIENT_USERS, MONEY_READERS, STAFF, TECHNICIAN

MONEY = re.compile(
    r"(^|_)(amount|cost|fee|margin|price|balance|subtotal|revenue|rate)($|_(?!id|review|source|label|change))"
)
PRIVATE = re.compile(r"(^|_)(notes?|password|secret|token|csrf_token|key)$")
OPEN = {
    "PlanAttribute.key": "names an attribute",
    "SubscriptionCategory.key": "names a category",
    "CustomField.key": "names a custom field",
}
"""Fields whose name only sounds like one of these."""


@pytest.fixture(scope="module")
def dumped(services) -> dict[str, tuple[str, fields.Field]]:
    """Returns each field of every response by `Schema.field`, with an operation that sends it."""
    return {
        f"{type(schema).__name__}.{name}": (operation.name, field)
        for service in services.values()
        for routes in service.routes
        for operation in routes.operations
        for schema, name, field in audience.walk(operation.returns)
    }


def test_money_credentials_and_notes_have_an_audience(dumped):
    without = sorted(
        f"{name} ({operation})"
        for name, (operation, field) in dumped.items()
        if _needs_an_audience(name, field) and audience.VISIBLE_TO not in field.metadata
    )

    assert without == [], "say `seen_by` where the field is declared"


def test_exceptions_are_of_fields_that_exist(dumped):
    assert sorted(set(OPEN) - set(dumped)) == []


def test_costs_are_the_msps_own_and_notes_never_a_clients(dumped):
    seen = {name: set(field.metadata.get(audience.VISIBLE_TO, ())) for name, (_, field) in dumped.items()}
    costs = {name: roles for name, roles in seen.items() if re.search(r"\.(cost|margin)", name)}
    internal = {name: roles for name, roles in seen.items() if name.endswith(".internal_notes")}

    assert costs
    assert all(roles <= BILLING_READERS for roles in costs.values()), costs
    assert internal
    assert all(not roles & CLIENT_USERS for roles in internal.values()), internal
    assert all(TECHNICIAN not in seen[name] for name, (_, field) in dumped.items() if isinstance(field, own.Money))


def test_the_contract_says_who_sees_a_field(generator):
    schemas = generator.documents()[generator.ROOT / "services/gateway/openapi.json"]

    assert '"x-visible-to"' in schemas


def test_a_field_some_readers_miss_can_be_empty():
    class Thing(Schema):
        price = own.Money(seen_by=MONEY_READERS)

    audience.check(Thing(), MONEY_READERS)
    with pytest.raises(TypeError, match="needs allow_none"):
        audience.check(Thing(), STAFF)


def test_a_file_shows_nothing_that_a_reader_does_not_see():
    class Row(Schema):
        notes = fields.String(allow_none=True, metadata=audience.seen_by(STAFF))

    audience.check(Row(), STAFF, exported=True)
    with pytest.raises(TypeError, match=r"Row\.notes is exported"):
        audience.check(Row(), CLIENT_USERS, exported=True)


def _needs_an_audience(name: str, field: fields.Field) -> bool:
    words = name.split(".")[1]
    if isinstance(field, own.Money):
        return True
    counted = isinstance(field, (own.Number, fields.Integer, fields.Boolean, fields.UUID, fields.Date, fields.DateTime))
    return name not in OPEN and bool(PRIVATE.search(words) or (MONEY.search(words) and not counted))
