"""Searches rate card rows of all clients by the client's name, the service's name or the client's name for it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    Uuid,
    any_,
    false,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY

from clients.client.models import Client
from clients.inbound.replicas import CatalogService
from clients.rate_card.models import ClientService
from common import searching
from common.uow import UnitOfWork

FEW = 1000


@dataclass(frozen=True)
class Match:
    """The conditions that match rows, without conditions that match no row, so that an index can give the order."""

    ways: list[ColumnElement[bool]]
    of_clients: ColumnElement[bool]
    """A condition on clients, if only their names match, so that rows of other clients are not read."""

    @property
    def condition(self) -> ColumnElement[bool]:
        """Returns the condition on rows with their clients joined."""
        return or_(false(), *self.ways) & self.of_clients

    def counted(self, statement: Select[Any]) -> Select[Any] | CompoundSelect[Any]:
        """Returns a statement with a row for each match of `statement`; each condition is counted by its own index."""
        if not self.ways:
            return statement.where(false())
        one: Select[Any] = statement.with_only_columns(literal_column("1").label("one"), maintain_column_froms=True)
        # A custom service has no catalog service, so a condition on it is null.
        before = [func.coalesce(way, False) for way in self.ways]
        parts = [one.where(way, *(not_(other) for other in before[:place])) for place, way in enumerate(self.ways)]
        return union_all(*parts)


def match(work: UnitOfWork, q: str) -> Match:
    searching.plan_each_anew(work.session)
    named = select(CatalogService.id).where(searching.naming((CatalogService.name,), q))
    # The search text has an index; names are folded only for rows whose search text matches.
    of_name = searching.matching(Client.search_text, q) & searching.naming((Client.name,), q)
    called = select(Client.id).where(of_name)
    has_own_name = or_(ClientService.custom_name.is_not(None), ClientService.is_custom)
    own_name = searching.matching(func.folded(func.coalesce(ClientService.custom_name, ClientService.name)), q)
    ways = (
        _among(work, ClientService.service_id, named),
        _among(work, ClientService.client_id, called),
        _among(work, ClientService.id, select(ClientService.id).where(has_own_name, own_name)),
    )
    by_service, by_client, by_own_name = ways
    only_clients = by_client is not None and by_service is None and by_own_name is None
    of_clients = of_name if only_clients else true()
    return Match([way for way in ways if way is not None], of_clients)


def _among(work: UnitOfWork, column: Any, statement: Select[UUID]) -> ColumnElement[bool] | None:
    """Returns the condition that the column has one of the ids; None without ids.

    Few ids become literals, so that an index finds their rows.
    """
    ids = list(work.session.scalars(statement.limit(FEW + 1)))
    if not ids:
        return None
    among: ColumnElement[bool] = column.in_(statement) if len(ids) > FEW else column == any_(literal(ids, ARRAY(Uuid)))
    return column == ids[0] if len(ids) == 1 else among
