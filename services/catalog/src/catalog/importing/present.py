"""What stands in the catalog of what a table names: read in one statement each, however many lines it has."""

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
    """Names in lower case."""

    by_id: dict[UUID, CatalogService]
    by_name: dict[str, CatalogService]
    tax_codes: dict[str, TaxCode]
    categories: dict[str, Category]

    def tax_code_name(self, tax_code_id: UUID | None) -> str | None:
        return next((code.name for code in self.tax_codes.values() if code.id == tax_code_id), None)


def take_turns(work: UnitOfWork) -> None:
    """A second import of the same table waits, and then finds everything unchanged."""
    work.session.execute(_TAKE_TURNS)


def read(work: UnitOfWork, ids: Iterable[UUID], names: Iterable[str], *, lock: bool) -> Present:
    """The services with one of the ids or names, and every category and tax code; `lock` keeps others from them."""
    wanted_ids = literal(list(ids), ARRAY(Uuid))
    # Both sides by the database's idea of lower case, which is the unique index's.
    wanted_names = select(func.lower(func.unnest(literal(sorted(set(names)), ARRAY(String)))))
    statement = select(CatalogService).where(
        or_(CatalogService.id == any_(wanted_ids), func.lower(CatalogService.name).in_(wanted_names))
    )
    if lock:
        statement = statement.order_by(CatalogService.id).with_for_update().execution_options(populate_existing=True)
    services = work.session.scalars(statement).all()
    return Present(
        by_id={service.id: service for service in services},
        by_name=_named(services),
        tax_codes=_named(work.session.scalars(select(TaxCode))),
        categories=_named(work.session.scalars(select(Category))),
    )


def _named(things: Iterable[Any]) -> dict[str, Any]:
    return {thing.name.lower(): thing for thing in things}
