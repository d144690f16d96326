"""Reads the stored services, tax codes and categories for an import, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import String, Uuid, any_, func, literal, or_, select, text
from sqlalchemy.dialects.postgresql import ARRAY

from catalog.category.models import Category
from catalog.service.models import CatalogService
from catalog.tax.models import TaxCode
from common.uow import UnitOfWork

_TAKE_TURNS = text("SELECT pg_advisory_xact_lock(hashtextextended('catalog: import', 0))")


@dataclass(frozen=True)
class Present:
    """The stored rows; names are in lower case."""

    by_id: dict[UUID, CatalogService]
    by_name: dict[str, CatalogService]
    tax_codes: dict[str, TaxCode]
    categories: dict[str, Category]

    def tax_code_name(self, tax_code_id: UUID | None) -> str | None:
        return next((code.name for code in self.tax_codes.values() if code.id == tax_code_id), None)


def take_turns(work: UnitOfWork) -> None:
    """Makes a concurrent import wait, so that it sees the rows of this one."""
    work.session.execute(_TAKE_TURNS)


def read(work: UnitOfWork, ids: Iterable[UUID], names: Iterable[str], *, lock: bool) -> Present:
    """Returns the services with these ids or names, and all categories and tax codes; `lock` locks the services."""
    id_array = literal(list(ids), ARRAY(Uuid))
    # PostgreSQL lowers both sides, as the unique index does.
    lower_names = select(func.lower(func.unnest(literal(sorted(set(names)), ARRAY(String)))))
    statement = select(CatalogService).where(
        or_(CatalogService.id == any_(id_array), func.lower(CatalogService.name).in_(lower_names))
    )
    if lock:
        statement = statement.order_by(CatalogService.id).with_for_update().execution_options(populate_existing=True)
    services = work.session.scalars(statement).all()
    return Present(
        by_id={service.id: service for service in services},
        by_name=_by_name(services),
        tax_codes=_by_name(work.session.scalars(select(TaxCode))),
        categories=_by_name(work.session.scalars(select(Category))),
    )


def _by_name(things: Iterable[Any]) -> dict[str, Any]:
    return {thing.name.lower(): thing for thing in things}
