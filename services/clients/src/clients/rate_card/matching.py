"""Which rows of all cards a text finds: by the client's name, the service's, or the client's own name for it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    Uuid,
    and_,
    any_,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY

from clients.client import naming
from clients.client.models import Client
from clients.inbound.replicas import CatalogService
from clients.rate_card.models import ClientService
from common.uow import UnitOfWork

FEW = 1000


@dataclass(frozen=True)
class Match:
    """The three ways to be found."""

    of_service: ColumnElement[bool]
    of_client: ColumnElement[bool]
    by_own_name: ColumnElement[bool]

    @property
    def condition(self) -> ColumnElement[bool]:
        return or_(self.of_client, self.of_service, self.by_own_name)

    def counted(self, statement: Select[Any]) -> CompoundSelect[Any]:
        """As many rows as `statement` has of those found: way by way, each from an index alone."""
        # A custom service is of no catalog service.
        others = or_(ClientService.service_id.is_(None), not_(self.of_service))
        ways = (
            self.of_service,
            and_(self.of_client, others),
            and_(self.by_own_name, others, not_(self.of_client)),
        )
        one: Select[Any] = statement.with_only_columns(literal_column("1").label("one"), maintain_column_froms=True)
        return union_all(*(one.where(way) for way in ways))


def match(work: UnitOfWork, q: str) -> Match:
    named = select(CatalogService.id).where(CatalogService.name.icontains(q, autoescape=True))
    # The key is lower case already: LIKE reads 20,000 of them in a tenth of the time that ILIKE takes for names.
    called = select(Client.id).where(Client.name_key.contains(naming.key(q), autoescape=True))
    has_own_name = or_(ClientService.custom_name.is_not(None), ClientService.is_custom)
    own = func.coalesce(ClientService.custom_name, ClientService.name).icontains(q, autoescape=True)
    return Match(
        of_service=_among(work, ClientService.service_id, named),
        of_client=_among(work, ClientService.client_id, called),
        by_own_name=has_own_name & own,
    )


def _among(work: UnitOfWork, column: Any, statement: Select[UUID]) -> ColumnElement[bool]:
    """Few ids are looked up first, so that an index finds their rows; among many, rows are soon found anyway."""
    ids = list(work.session.scalars(statement.limit(FEW + 1)))
    if len(ids) > FEW:
        among: ColumnElement[bool] = column.in_(statement)
        return among
    known: ColumnElement[bool] = column == any_(literal(ids, ARRAY(Uuid)))
    return known
