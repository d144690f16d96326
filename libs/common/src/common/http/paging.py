"""What a list is asked for, read from the query string, and the schema of a page."""

from functools import cache
from typing import Any

from flask import request
from marshmallow import EXCLUDE, Schema, fields, validate

from common import audience
from common import fields as own
from common.context import Actor
from common.errors import Invalid
from common.pages import COUNTED, DEFAULT_SIZE, LARGEST_SIZE, Page
from common.roles import CLIENT_USERS


def exact() -> fields.String:
    """Returns the field by which a caller asks for an exact total."""
    return own.one_of("exact", metadata={"description": f"Count more than {COUNTED} rows too, which costs time"})


class PageQuery(Schema):
    """What every list takes beside its own filters."""

    page_size = own.Integer(load_default=DEFAULT_SIZE, validate=validate.Range(1, LARGEST_SIZE))
    cursor = fields.String(load_default=None)
    sort = fields.String(load_default=None, metadata={"example": "-created_at,name"})
    q = fields.String(load_default=None, metadata={"description": "Free text search"})
    total = exact()


PAGE_QUERY = PageQuery(unknown=EXCLUDE)
NO_FILTERS = Schema.from_dict({}, name="NoFilters")()


def total() -> fields.Integer:
    return own.Integer(required=True, allow_none=True, metadata={"description": "Null on all pages but the first"})


def total_is_exact() -> fields.Boolean:
    text = f"False: no total, or an estimate of more than {COUNTED}"
    return fields.Boolean(required=True, metadata={"description": text})


@cache
def page_of(returns: Schema) -> Schema:
    """Returns the schema of a page. Cached, so that the API document names each page once."""
    return Schema.from_dict(
        {
            "items": fields.List(fields.Nested(returns), required=True),
            "next_cursor": fields.String(allow_none=True, required=True),
            "total": total(),
            "total_is_exact": total_is_exact(),
        },
        name=type(returns).__name__ + "Page",
    )()


def query(schema: Schema) -> Any:
    return schema.load(_parameters())


def _parameters() -> dict[str, str]:
    """Returns the query string's parameters. Raises Invalid for NUL characters, which no database stores."""
    values = request.args.to_dict()
    spoilt = [name for name, value in values.items() if "\x00" in value]
    if spoilt:
        raise Invalid({name: ["Must not contain NUL characters."] for name in spoilt})
    return values


def page(filters: Schema, actor: Actor, shows: Schema) -> Page:
    """Reads paging and filters from the query string; an unknown parameter is refused, not ignored.

    A filter by something the actor does not see would tell it: staff get a 422, a client's users find nothing.
    """
    values = _parameters()
    paging = PAGE_QUERY.load(values)
    rest = {name: value for name, value in values.items() if name not in PAGE_QUERY.fields and value != ""}
    loaded, hidden = filters.load(rest), audience.hidden(shows, actor.role)
    hidden_filters = audience.hidden(filters, actor.role)
    bare = {name: name.removesuffix("_gte").removesuffix("_lte") for name in loaded}
    secret = [name for name in loaded if name in hidden_filters or bare[name] in hidden]
    if secret and actor.role not in CLIENT_USERS:
        raise Invalid({name: ["Your role does not see what this filters by."] for name in secret})
    return Page(
        paging["page_size"],
        paging["cursor"],
        paging["sort"],
        paging["q"] or None,
        {name: value for name, value in loaded.items() if name not in secret},
        hidden,
        finds_nothing=bool(secret),
        exact="total" in paging,
    )
