"""Fields of prices that several resources share."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from common import fields as own
from common.audience import seen_by
from common.pricing import GRADUATED, MODELS, PACKAGE, VOLUME
from common.roles import BILLING_READERS, MONEY_READERS

TIERED = (GRADUATED, VOLUME)
MOST_TIERS = 50


class Tier(Schema):
    """A tier: units up to and including `up_to`, counted from the first unit; the last tier has no end.

    With a `package_size`, units are sold in packages and `unit_price` is the price of a package.
    """

    up_to = own.Number(required=True, allow_none=True, dump_default=None, above_zero=True)
    unit_price = own.Money(seen_by=MONEY_READERS, required=True, minimum="0")
    flat_fee = own.Money(seen_by=MONEY_READERS, allow_none=True, dump_default=None, minimum="0")
    package_size = own.Number(allow_none=True, dump_default=None, above_zero=True)


class PriceModel(Schema):
    """A price model. `default_rate` is the price of a unit or package, or of the first priced tier.

    `included_units` are free and come before the tiers. At least `minimum_units` of the others are charged, and at
    least `minimum_charge` in total.
    """

    model = own.one_of(*MODELS, required=True)
    tiers = fields.List(
        fields.Nested(Tier()), allow_none=True, dump_default=None, validate=validate.Length(1, MOST_TIERS)
    )
    package_size = own.Number(allow_none=True, dump_default=None, above_zero=True)
    minimum_charge = own.Money(seen_by=MONEY_READERS, allow_none=True, dump_default=None, minimum="0")
    minimum_units = own.Number(allow_none=True, dump_default=None, minimum="0")
    included_units = own.Number(allow_none=True, dump_default=None, minimum="0")

    @validates_schema
    def _check_model(self, data: Mapping[str, Any], **_: Any) -> None:
        errors: dict[str, list[str]] = {}
        model, tiers = data["model"], data.get("tiers") or []
        if model in TIERED and not tiers:
            errors["tiers"] = [f"A {model} price needs at least one tier."]
        elif model not in TIERED and tiers:
            errors["tiers"] = ["Only graduated and volume prices have tiers. Use default_rate instead."]
        if (model == PACKAGE) != (data.get("package_size") is not None):
            errors["package_size"] = ["Required for package prices, and only for them."]
        if tiers and (problem := _tiers_problem(tiers)):
            errors["tiers"] = [problem]
        if errors:
            raise ValidationError(errors)


def _tiers_problem(tiers: list[Mapping[str, Any]]) -> str | None:
    ends = [tier["up_to"] for tier in tiers]
    if ends[-1] is not None:
        return "The last tier must be open-ended. Set its up_to to null."
    if None in ends[:-1]:
        return "Only the last tier can be open-ended. Enter up_to."
    if any(later <= earlier for earlier, later in pairwise(ends[:-1])):
        return "Each tier must end above the one before it."
    if not any(tier["unit_price"] or tier.get("flat_fee") for tier in tiers):
        return "At least one tier must have a price."
    return None


class Whole(fields.Nested):
    """A nested object that is only replaced as a whole, also in a PATCH."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, partial: Any = None, **kwargs: Any
    ) -> Any:
        return super()._deserialize(value, attr, data, **kwargs)


class StoredPriceModel(Whole):
    """A price model in its stored form: JSON with amounts as texts."""

    def __init__(self, **options: Any) -> None:
        super().__init__(PriceModel(), metadata=seen_by(MONEY_READERS), **options)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, partial: Any = None, **kwargs: Any
    ) -> Any:
        loaded = super()._deserialize(value, attr, data, **kwargs)
        stored = _without_nulls(PRICE_MODEL.dump(loaded))
        if "tiers" in stored:
            stored["tiers"] = [{"up_to": None, **_without_nulls(tier)} for tier in stored["tiers"]]
        return stored


def _without_nulls(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


class ListedPrice(Schema):
    """The current price in a further currency."""

    id = fields.UUID()
    currency = fields.String()
    default_rate = own.Money(seen_by=MONEY_READERS)
    setup_fee = own.Money(seen_by=MONEY_READERS, allow_none=True)
    cost = own.Money(seen_by=BILLING_READERS, allow_none=True)
    price_model = StoredPriceModel(allow_none=True)
    valid_from = fields.Date()


class NextPrice(ListedPrice):
    """The next scheduled price; `keeps` names the fields that keep their value."""

    keeps = fields.List(fields.String())


PRICE_MODEL = PriceModel()
