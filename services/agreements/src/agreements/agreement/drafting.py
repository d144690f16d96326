"""Creating and editing agreements: drafts freely, active ones only in fields without promises."""

from uuid import UUID

from sqlalchemy import exists, func, select

from agreements import known_clients
from agreements.agreement import amending, coverage, events, grants, lifecycle, plausible, rates, redrawing
from agreements.agreement import ledger as ledgers
from agreements.agreement.commands import AgreementChanges, NewAgreement
from agreements.agreement.models import DRAFT, NUMBER, Agreement
from agreements.agreement.queries import get
from agreements.document.models import Document
from agreements.inbound.replicas import Client
from agreements.work.models import TimeEntry, WorkOrder
from common.commands import Unset, sent
from common.errors import Conflict, Invalid
from common.ids import new_id
from common.money import fits, minor_unit
from common.plausible import require_confirmed
from common.uow import UnitOfWork

DATES = frozenset({"start_date", "end_date"})
SET_HERE = ("client_id", "currency", "net_terms", "services", "activate", "confirm")


def create(work: UnitOfWork, new: NewAgreement, *, number: str | None = None) -> Agreement:
    """Creates a draft and activates it if requested. Without a number it gets the next one."""
    agreement = compose(work, new)
    agreement.number = number or next_number(work)
    work.session.add(agreement)
    work.session.flush()
    rates.announce(work, events.CREATED, agreement)
    if new.activate:
        lifecycle.put_in_force(work, agreement)
    return agreement


def compose(work: UnitOfWork, new: NewAgreement) -> Agreement:
    """Returns a checked draft in the client's currency, without a number and not stored."""
    client = _client(work, new.client_id, new.currency)
    agreement = Agreement(
        id=new_id(),
        client_id=new.client_id,
        currency=client.currency,
        net_terms=client.net_terms if new.net_terms is None else new.net_terms,
        status=DRAFT,
        **sent(new, *SET_HERE),
    )
    check(agreement)
    coverage.put(work, agreement, new.services)
    coverage.check(agreement, field="services", whole=True)
    require_confirmed(plausible.doubts(agreement, work.today, DATES), confirm=new.confirm)
    return agreement


def next_number(work: UnitOfWork) -> str:
    return f"AGR-{work.session.scalar(select(NUMBER.next_value())):04d}"


def update(work: UnitOfWork, agreement_id: UUID, changes: AgreementChanges) -> Agreement:
    agreement = get(work, agreement_id, lock=True)
    work.check_version(agreement)
    values = sent(changes, "confirm", "services")
    first_day, reason = values.pop("first_day", None), values.pop("reason", None)
    changed = {name: value for name, value in values.items() if getattr(agreement, name) != value}
    _check_allowed(agreement, set(changed))
    before = coverage.allocations(agreement)
    for name, value in changed.items():
        setattr(agreement, name, value)
    check(agreement)
    whole = not isinstance(changes.services, Unset)
    if not isinstance(changes.services, Unset):
        coverage.check_open(agreement)
        coverage.put(work, agreement, changes.services)
    if agreement.status != DRAFT and changed.keys() & {"start_date", "end_date"}:
        _check_time_within(work, agreement)
    coverage.check(agreement, field="services" if whole else "total_hours", whole=whole)
    require_confirmed(plausible.doubts(agreement, work.today, changed), confirm=changes.confirm)
    if changed or whole:
        amending.record(work, agreement, reason=reason, first_day=first_day)
    if "draw_order" in changed and agreement.status != DRAFT and agreement.has_hours:
        redrawing.settle(work, ledgers.read(work, agreement), agreement.start_date)
    if "end_date" in changed:
        agreement.reminded_days = None
        grants.reschedule(work, agreement)
    if whole:
        # a monthly total counts from the next grant on, and so do the hours allocated of it
        coverage.settle(work, agreement, before, later="total_hours" in changed and agreement.status != DRAFT)
    elif changed:
        rates.announce(work, events.CHANGED, agreement)
    return agreement


def delete(work: UnitOfWork, agreement_id: UUID) -> None:
    """Deletes an unreferenced draft. Raises Conflict for any other agreement, which can be canceled instead."""
    agreement = get(work, agreement_id, lock=True)
    work.check_version(agreement)
    used = exists().where(WorkOrder.agreement_id == agreement_id) | exists().where(
        TimeEntry.agreement_id == agreement_id
    )
    if agreement.status != DRAFT or work.session.scalar(select(used)):
        raise Conflict(f"{agreement.number} is {agreement.status} or has work orders. Cancel it instead.")
    if work.session.scalar(select(exists().where(Document.agreement_id == agreement_id))):
        raise Conflict(f"{agreement.number} has documents. Delete them first, or cancel the agreement instead.")
    work.emit_deleted(events.DELETED, agreement, **rates.parts(work, [agreement])[agreement.id])


def check(agreement: Agreement) -> None:
    """Raises Invalid with every field that breaks a rule."""
    errors: dict[str, list[str]] = {}
    if agreement.end_date is not None and agreement.end_date < agreement.start_date:
        errors["end_date"] = [f"Must not be before the start ({agreement.start_date})."]
    if agreement.has_hours and not agreement.total_hours:
        errors["total_hours"] = ["Block hours need a total greater than 0."]
    if agreement.total_hours is not None and not agreement.has_hours:
        errors["total_hours"] = ["Only block hours agreements have total hours. Leave it out."]
    for name in ("recurring_amount", "overage_rate"):
        amount = getattr(agreement, name)
        if amount is not None and not fits(amount, agreement.currency):
            errors[name] = [f"{agreement.currency} amounts can't be finer than {minor_unit(agreement.currency)}."]
    if errors:
        raise Invalid(errors)


def _check_allowed(agreement: Agreement, names: set[str]) -> None:
    refused = names & set(agreement.fixed_fields)
    if refused:
        message = f"Can't be changed because {agreement.number} is {agreement.status}."
        if "total_hours" in refused:
            message += " Add a grant or an adjustment to its hours."
        raise Conflict(message, {name: [message] for name in sorted(refused)})


def _check_time_within(work: UnitOfWork, agreement: Agreement) -> None:
    """Raises Invalid if new dates exclude logged time.

    Logging takes the agreement's lock too, so no time is added meanwhile.
    """
    logged = select(func.min(TimeEntry.worked_on), func.max(TimeEntry.worked_on)).where(
        TimeEntry.agreement_id == agreement.id, TimeEntry.deleted_at.is_(None)
    )
    first, last = work.session.execute(logged).one()
    if last is not None and agreement.end_date is not None and agreement.end_date < last:
        raise Invalid({"end_date": [f"Time is logged up to {last}. Choose that day or a later one."]})
    if first is not None and agreement.start_date > first:
        raise Invalid({"start_date": [f"Time is logged from {first}. Choose that day or an earlier one."]})


def _client(work: UnitOfWork, client_id: UUID, currency: str | None) -> Client:
    client = known_clients.read(work, [client_id]).usable(client_id)
    if currency is not None and currency != client.currency:
        message = f'"{client.name}" is invoiced in {client.currency}; an agreement has its client\'s currency.'
        raise Invalid({"currency": [message]})
    return client
