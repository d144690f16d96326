"""Amendments: recording what is agreed from which day on, and finding what was agreed on a day."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from agreements.agreement import differences
from agreements.agreement.amendment_models import AmendedService, Amendment
from agreements.agreement.models import AGREED, AGREED_OF_SERVICE, DRAFT, Agreement, AgreementService
from agreements.inbound.replicas import ClientService
from common.errors import Invalid
from common.uow import UnitOfWork

COPIED = ("position", "client_service_id", "service_id", *AGREED_OF_SERVICE)
COLUMNS = tuple(name for name in Agreement.__mapper__.columns.keys() if name not in AGREED and name != "search_text")  # noqa: SIM118


def record(work: UnitOfWork, agreement: Agreement, *, reason: str | None = None, first_day: date | None = None) -> None:
    """Records the present terms from `first_day` (today) on, if they differ from the last recorded ones.

    Raises Invalid for a day before the present terms began, or after today. The caller holds the agreement's lock.
    """
    if agreement.status == DRAFT:
        if first_day:
            raise Invalid({"first_day": [f"{agreement.number} is a draft and has no earlier terms. Leave it out."]})
        return
    begins = agreement.terms_from or agreement.start_date
    day = first_day or max(work.today, begins)
    _check_day(work, agreement, day, begins)
    with work.session.no_autoflush:  # the change and its first day are one new version
        last = _last(work, agreement.id)
    terms = _terms(agreement)
    if last is not None and last.terms == terms and _rows(last.services) == _rows(agreement.services):
        return
    work.session.add(
        Amendment(
            agreement_id=agreement.id,
            number=1 if last is None else last.number + 1,
            from_day=agreement.start_date if last is None else day,
            terms=terms,
            reason=reason,
            actor=str(work.actor),
            actor_name=work.actor.name,
            created_at=work.now,
            services=[AmendedService(**_copied(row)) for row in agreement.services],
        )
    )
    agreement.terms_from = agreement.start_date if last is None else day


def _check_day(work: UnitOfWork, agreement: Agreement, day: date, begins: date) -> None:
    if day < begins:
        raise Invalid({"first_day": [f"The present terms began on {begins}. Choose that day or a later one."]})
    if day > max(work.today, begins):
        raise Invalid({"first_day": [f"{day} has not come yet. Choose today ({work.today}) or an earlier day."]})


def as_of(work: UnitOfWork, agreement: Agreement, day: date) -> Agreement:
    """Returns the agreement with the terms of that day. Raises Invalid for a day before its start."""
    if day < agreement.start_date:
        message = f"{agreement.number} starts on {agreement.start_date}. Choose that day or a later one."
        raise Invalid({"as_of": [message]})
    return on(agreement, day, of(work, [agreement]).get(agreement.id, ()))


def on(agreement: Agreement, day: date, amendments: Sequence[Amendment]) -> Agreement:
    """Returns the agreement itself, or an unsaved copy of it with the terms of an earlier day."""
    if agreement.terms_from is None or day >= agreement.terms_from or not amendments:
        return agreement
    begun = [one for one in amendments if one.from_day <= day]
    applied = begun[-1] if begun else amendments[0]
    past = Agreement(**{name: getattr(agreement, name) for name in COLUMNS}, **_read(applied.terms))
    past.services = [AgreementService(id=row.id, **_copied(row)) for row in applied.services]
    past.terms_from = applied.from_day
    return past


def of(work: UnitOfWork, agreements: Collection[Agreement]) -> dict[UUID, list[Amendment]]:
    """Returns the amendments of agreements that were amended since their start, in order, by agreement."""
    amended = [one.id for one in agreements if one.terms_from is not None and one.status != DRAFT]
    if not amended:
        return {}
    statement = select(Amendment).where(Amendment.agreement_id.in_(amended))
    rows = work.session.scalars(statement.order_by(Amendment.agreement_id, Amendment.number))
    return {key: list(group) for key, group in groupby(rows, key=lambda row: row.agreement_id)}


def overage_rate(amendment: Amendment) -> Decimal | None:
    """Returns the overage rate of these terms."""
    rate = amendment.terms["overage_rate"]
    return None if rate is None else Decimal(rate)


def history(work: UnitOfWork, agreement: Agreement) -> list[dict[str, Any]]:
    """Returns the amendments, the newest first, each with its last day and what it changed."""
    amendments = of(work, [agreement]).get(agreement.id, [])
    ids = {row.client_service_id for one in amendments for row in one.services}
    named = select(ClientService.id, ClientService.name).where(ClientService.id.in_(ids))
    names = dict(work.session.execute(named).all()) if ids else {}
    found = [
        _entry(earlier, later, differences.between(_state(earlier), _state(later), names))
        for earlier, later in pairwise([None, *amendments])
        if later is not None
    ]
    for entry, following in pairwise(found):
        entry["last_day"] = following["from_day"] - timedelta(days=1)
    return found[::-1]


def _entry(earlier: Amendment | None, later: Amendment, changes: list[dict[str, Any]]) -> dict[str, Any]:
    names = ("id", "number", "from_day", "reason", "actor_name", "created_at")
    entry = {name: getattr(later, name) for name in names}
    return {**entry, "last_day": None, "changes": changes if earlier is not None else []}


def _state(amendment: Amendment | None) -> differences.State:
    if amendment is None:
        return {}, {}
    services = {row.client_service_id: _agreed(row) for row in amendment.services}
    return _read(amendment.terms), services


def _last(work: UnitOfWork, agreement_id: UUID) -> Amendment | None:
    newest = select(func.max(Amendment.number)).where(Amendment.agreement_id == agreement_id).scalar_subquery()
    statement = select(Amendment).where(Amendment.agreement_id == agreement_id, Amendment.number == newest)
    return work.session.scalar(statement)


def _copied(row: AgreementService | AmendedService) -> dict[str, Any]:
    return {name: getattr(row, name) for name in COPIED}


def _agreed(row: AgreementService | AmendedService) -> dict[str, Any]:
    return {name: getattr(row, name) for name in AGREED_OF_SERVICE}


def _rows(rows: Sequence[AgreementService] | Sequence[AmendedService]) -> dict[UUID, dict[str, Any]]:
    return {row.client_service_id: _agreed(row) for row in rows}


def _terms(agreement: Agreement) -> dict[str, Any]:
    return {name: _written(getattr(agreement, name)) for name in AGREED}


def _written(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if isinstance(value, date) else value


def _read(terms: dict[str, Any]) -> dict[str, Any]:
    """Returns the terms with decimals and dates. A field that was added since has its present default."""
    columns = Agreement.__table__.c
    return {name: _parsed(columns[name].type.python_type, value) for name, value in terms.items()}


def _parsed(kind: type[Any], value: Any) -> Any:
    if value is None:
        return None
    if kind is Decimal:
        return Decimal(value)
    return date.fromisoformat(value) if kind is date else value
