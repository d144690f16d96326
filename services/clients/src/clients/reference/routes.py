"""Lists that forms choose from."""

from typing import Any

from marshmallow import Schema, fields

from clients.reference import countries as world
from common.http.auth import EVERYONE
from common.http.routes import Routes
from common.uow import UnitOfWork

routes = Routes("reference", "Countries and currencies, from CLDR")


class Choice(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)


class Choices(Schema):
    items = fields.List(fields.Nested(Choice()), required=True)
    next_cursor = fields.String(allow_none=True, required=True)
    total = fields.Integer(required=True)


CHOICES = Choices()


@routes.get("/countries", "listCountries", returns=CHOICES, roles=EVERYONE)
def list_countries(_work: UnitOfWork) -> dict[str, Any]:
    return _all(world.countries())


@routes.get("/currencies", "listCurrencies", returns=CHOICES, roles=EVERYONE)
def list_currencies(_work: UnitOfWork) -> dict[str, Any]:
    return _all(world.current_currencies())


def _all(names: dict[str, str]) -> dict[str, Any]:
    items = [{"code": code, "name": name} for code, name in names.items()]
    return {"items": items, "next_cursor": None, "total": len(items)}
