"""Schemas of subscription categories in the API."""

from marshmallow import Schema, fields


class PlanAttribute(Schema):
    key = fields.String()
    label = fields.String()
    type = fields.String()
    options = fields.List(fields.String())
    help = fields.String()


class SubscriptionCategory(Schema):
    key = fields.String()
    label = fields.String()
    free = fields.Boolean(metadata={"description": "Also accepts attributes with any name"})
    attributes = fields.List(fields.Nested(PlanAttribute()))


class SubscriptionCategories(Schema):
    items = fields.List(fields.Nested(SubscriptionCategory()))


CATEGORIES = SubscriptionCategories()
