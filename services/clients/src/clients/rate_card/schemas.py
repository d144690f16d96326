"""Schemas of rate cards in the API."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from clients.client.fields import Forgiving
from clients.client.models import STATUSES
from clients.rate_card.across import effect
from clients.rate_card.copying import CUSTOM_RATES
from clients.rate_card.copying import WHOLE_CARD as WHOLE
from clients.rate_card.models import IMPORTANCES, KINDS
from clients.rate_card.rates import BADGES, percent_of
from clients.tag.fields import TagFilter
from common import fields as own
from common.audience import seen_by
from common.roles import BILLING_READERS, MONEY_READERS, STAFF
from common.texts import one_line

LARGEST_CARD = 1000


class Amount(fields.Function):
    """An amount computed from the row, dumped like other amounts. Only the MSP's readers of money see it."""

    def __init__(self, compute: Callable[[Any], Decimal | None]) -> None:
        metadata = seen_by(BILLING_READERS, type=["string", "null"], format="decimal")
        super().__init__(lambda row: _plain(compute(row)), allow_none=True, metadata=metadata)


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else own.plain(value)


def _percent(difference: Decimal | None, base: Decimal | None) -> Decimal | None:
    return None if difference is None or base is None else percent_of(difference, base)


class NextRate(Schema):
    custom_rate = own.Money(seen_by=MONEY_READERS, allow_none=True)
    valid_from = fields.Date()


class ClientService(Schema):
    id = fields.UUID()
    client_id = fields.UUID()
    service_id = fields.UUID(allow_none=True)
    name = fields.String(attribute="display_name")
    catalog_name = fields.Function(
        lambda row: None if row.is_custom else row.name,
        metadata={"type": ["string", "null"], "description": "Name of the catalog service"},
    )
    custom_name = fields.String(allow_none=True)
    description = fields.String()
    category = fields.String(allow_none=True)
    unit = fields.String()
    minimum_hours = own.Hours(allow_none=True)
    currency = fields.String(attribute="client.currency")
    default_rate = own.Money(seen_by=MONEY_READERS, allow_none=True)
    custom_rate = own.Money(seen_by=MONEY_READERS, allow_none=True)
    effective_rate = own.Money(seen_by=MONEY_READERS, allow_none=True)
    rate_source = own.one_of("client", "catalog", allow_none=True, metadata=seen_by(MONEY_READERS))
    badge = own.one_of(*BADGES)
    included = fields.Boolean()
    is_custom = fields.Boolean()
    kind = own.one_of(
        *KINDS, allow_none=True, metadata={"description": "Kind of a custom service; null: the catalog service's kind"}
    )
    notes = fields.String(allow_none=True, metadata=seen_by(STAFF))
    importance = own.one_of(*IMPORTANCES)
    rate_review = fields.Boolean(metadata=seen_by(STAFF))
    review_rate = own.Money(seen_by=BILLING_READERS, allow_none=True)
    custom_rate_valid_from = fields.Date(allow_none=True)
    custom_rate_valid_until = fields.Date(allow_none=True)
    next_rate = fields.Nested(NextRate(), allow_none=True, metadata=seen_by(MONEY_READERS))
    version = fields.Integer()
    created_at = fields.DateTime()
    updated_at = fields.DateTime()


class ServiceName(own.Trimmed):
    """A name whose runs of spaces become one space."""

    def __init__(self, longest: int) -> None:
        super().__init__(validate=validate.Length(max=longest))

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        return one_line(super()._deserialize(value, attr, data, **kwargs))


class Agreed(Forgiving):
    """The terms of a service; `name`, `category`, `unit` and `kind` only for custom services."""

    custom_rate = own.Money(allow_none=True, minimum="0")
    custom_name = own.text(200, allow_none=True)
    name = ServiceName(200)
    description = own.text(2000)
    category = own.text(100, allow_none=True)
    unit = own.text(20)
    kind = own.one_of(*KINDS)
    notes = own.text(10_000, allow_none=True)
    importance = own.one_of(*IMPORTANCES)

    @validates_schema
    def _check_not_blank(self, data: dict[str, Any], **_: Any) -> None:
        blank = [name for name in ("name", "unit") if data.get(name) == ""]
        if blank:
            raise ValidationError({name: ["Must not be blank."] for name in blank})


class ClientServicePatch(Agreed):
    included = fields.Boolean()


class ClientServiceCreate(Agreed):
    """Either a `service_id` from the catalog, or `is_custom` with a name and a rate."""

    service_id = fields.UUID()
    is_custom = fields.Boolean(load_default=False)
    rate = own.Money(minimum="0")

    @validates_schema
    def _check_kind_of_service(self, data: dict[str, Any], **_: Any) -> None:
        wrong = _wrong_for_custom(data) if data["is_custom"] else _wrong_for_catalog(data)
        if wrong:
            raise ValidationError(wrong)


class CardRow(Agreed):
    """A row of a whole card: the `id` of an existing row, or the fields of ClientServiceCreate."""

    id = fields.UUID()
    service_id = fields.UUID()
    is_custom = fields.Boolean(load_default=False)
    included = fields.Boolean(load_default=True)
    rate = own.Money(minimum="0")
    version = fields.Integer(strict=True)

    @validates_schema
    def _says_which(self, data: dict[str, Any], **_: Any) -> None:
        if "id" in data:
            return
        wrong = _wrong_for_custom(data) if data["is_custom"] else _wrong_for_catalog(data)
        if wrong:
            raise ValidationError(wrong)


def _wrong_for_custom(data: dict[str, Any]) -> dict[str, list[str]]:
    wrong = {name: ["Required for a custom service."] for name in ("name", "rate") if name not in data}
    not_for_custom = ("service_id", "custom_name", "custom_rate")
    return wrong | {
        name: ["Not allowed for a custom service. Use name and rate."] for name in not_for_custom if name in data
    }


def _wrong_for_catalog(data: dict[str, Any]) -> dict[str, list[str]]:
    if "service_id" not in data:
        return {"service_id": ["Choose a catalog service, or send is_custom with name and rate."]}
    hints = {
        "rate": "custom_rate",
        "name": "custom_name",
        "category": "is_custom",
        "unit": "is_custom",
        "kind": "is_custom",
    }
    return {name: [f"Only allowed for a custom service. Use {hint}."] for name, hint in hints.items() if name in data}


class WholeCard(Schema):
    services = fields.List(fields.Nested(CardRow()), required=True, validate=validate.Length(max=LARGEST_CARD))


class Card(Schema):
    items = fields.List(fields.Nested(ClientService()))
    next_cursor = fields.String(allow_none=True)
    total = fields.Integer()


class ClientServiceFilters(Schema):
    included = fields.Boolean()
    is_custom = fields.Boolean()
    rate_review = fields.Boolean()
    badge = own.one_of(*BADGES)
    category = fields.String()
    service_id = fields.UUID()


class ClientRateChange(Schema):
    id = fields.UUID()
    old_rate = own.Money(seen_by=MONEY_READERS, allow_none=True)
    new_rate = own.Money(seen_by=MONEY_READERS, allow_none=True)
    rate_source = fields.String()
    changed_at = fields.DateTime()
    changed_by = fields.String()
    changed_by_name = fields.String()
    reason = fields.String(allow_none=True, metadata=seen_by(STAFF))


class ClientServiceAcross(ClientService):
    """A row of any card, with its client."""

    client_name = fields.String(attribute="client.name")
    client_status = fields.String(attribute="client.status")
    difference = own.Money(seen_by=BILLING_READERS, allow_none=True)
    difference_percent = Amount(lambda row: _percent(row.difference, row.default_rate))
    hours_last_12_months = own.Hours(allow_none=True)
    revenue_effect = Amount(lambda row: effect(row.difference, row.hours_last_12_months, row.client.currency))


class AcrossFilters(ClientServiceFilters):
    client_id = fields.UUID()
    currency = own.currency()
    client_status = own.one_of(*STATUSES)
    tag = TagFilter()


class OfServiceFilters(Schema):
    badge = own.one_of(*BADGES)
    included = fields.Boolean()
    rate_review = fields.Boolean()
    currency = own.currency()
    client_status = own.one_of(*STATUSES)
    tag = TagFilter()


class RateReview(ClientServiceAcross):
    """A rate review with the effect of accepting it."""

    difference = Amount(lambda row: row.review_rate - row.default_rate)  # type: ignore[assignment]
    difference_percent = Amount(lambda row: _percent(row.review_rate - row.default_rate, row.default_rate))
    revenue_effect = Amount(
        lambda row: effect(row.review_rate - row.default_rate, row.hours_last_12_months, row.client.currency)
    )


class RateReviewFilters(Schema):
    client_id = fields.UUID()
    service_id = fields.UUID()
    category = fields.String()
    currency = own.currency()


class RateReviewSummaryQuery(RateReviewFilters):
    q = fields.String()


class RateReviewTotal(Schema):
    currency = fields.String()
    rows = fields.Integer()
    hours_last_12_months = own.Hours()
    revenue_effect = own.Money(seen_by=BILLING_READERS)


class RateReviewSummary(Schema):
    count = fields.Integer()
    totals = fields.List(fields.Nested(RateReviewTotal()))


class ServiceSetChoice(Schema):
    service_set_id = fields.UUID(required=True)


class AppliedSet(Schema):
    items = fields.List(fields.Nested(ClientService()))
    added = fields.Integer()
    skipped = fields.List(fields.String(), metadata={"description": "Services of the set that are archived"})


class CopyCard(Schema):
    from_client_id = fields.UUID(required=True)
    mode = own.one_of(CUSTOM_RATES, WHOLE, required=True)
    include_custom_services = fields.Boolean(load_default=False)
    dry_run = fields.Boolean(load_default=False)


class CopiedRow(Schema):
    client_service_id = fields.UUID()
    name = fields.String()
    action = own.one_of("added", "changed", "excluded", "skipped")
    before = own.Money(seen_by=BILLING_READERS, allow_none=True)
    after = own.Money(seen_by=BILLING_READERS, allow_none=True)
    error = fields.String(allow_none=True)


class CopiedCard(Schema):
    dry_run = fields.Boolean()
    results = fields.List(fields.Nested(CopiedRow()))
    added = fields.Integer()
    changed = fields.Integer()
    excluded = fields.Integer()
    skipped = fields.Integer()


CLIENT_SERVICE, CLIENT_SERVICE_CREATE, CLIENT_SERVICE_PATCH = (
    ClientService(),
    ClientServiceCreate(),
    ClientServicePatch(),
)
WHOLE_CARD, CARD, FILTERS, RATE_CHANGE = WholeCard(), Card(), ClientServiceFilters(), ClientRateChange()
ACROSS, ACROSS_FILTERS, OF_SERVICE_FILTERS = ClientServiceAcross(), AcrossFilters(), OfServiceFilters()
RATE_REVIEW, REVIEW_FILTERS = RateReview(), RateReviewFilters()
SUMMARY_QUERY, REVIEW_SUMMARY = RateReviewSummaryQuery(), RateReviewSummary()
SET_CHOICE, APPLIED_SET, COPY_CARD, COPIED_CARD = ServiceSetChoice(), AppliedSet(), CopyCard(), CopiedCard()
