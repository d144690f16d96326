"""Why time is covered by an agreement or not: each condition, met or not. Pure: no session, no clock."""

from dataclasses import dataclass
from datetime import date

from agreements.agreement import hour_math as hm
from agreements.agreement.ledger import text
from agreements.agreement.models import ACTIVE, FIXED_PRICE, Agreement
from agreements.inbound.replicas import ClientService

BILLABLE, AGREEMENT, STATUS = "billable", "agreement", "active"
DATES, SERVICE, HOURS = "dates", "service", "hours"
CHECKS = (BILLABLE, AGREEMENT, STATUS, DATES, SERVICE, HOURS)


@dataclass(frozen=True)
class Check:
    check: str
    met: bool
    detail: str


def of(
    agreement: Agreement | None, service: ClientService | None, drawn: hm.Split | None, *, day: date, billable: bool
) -> list[Check]:
    """Returns the conditions of coverage in the order in which they are decided."""
    first = Check(BILLABLE, billable, "The time is billable." if billable else "The time is not billable.")
    if agreement is None:
        return [first, Check(AGREEMENT, False, "The work order has no agreement.")]
    return [
        first,
        Check(AGREEMENT, True, f"{agreement.number} ({agreement.name})"),
        Check(STATUS, agreement.takes_work, _status(agreement)),
        _dates(agreement, day),
        _service(agreement, service),
        of_hours(agreement, drawn),
    ]


def _status(agreement: Agreement) -> str:
    if agreement.takes_work and agreement.status != ACTIVE:
        return f"{agreement.number} was in force until {agreement.end_date}."
    return f"{agreement.number} is {agreement.status}."


def _dates(agreement: Agreement, day: date) -> Check:
    end = agreement.end_date or "further notice"
    within = "within" if agreement.spans(day) else "outside"
    return Check(DATES, agreement.spans(day), f"{day} is {within} {agreement.start_date} to {end}.")


def _service(agreement: Agreement, service: ClientService | None) -> Check:
    met = agreement.covers(service.id if service else None)
    name = f'"{service.name}"' if service else "Work without a service"
    return Check(SERVICE, met, f"{name} is {'' if met else 'not '}covered.")


def of_hours(agreement: Agreement, drawn: hm.Split | None) -> Check:
    """Returns whether enough hours were left."""
    if agreement.type == FIXED_PRICE:
        return Check(HOURS, True, "A fixed price has no limit of hours.")
    if not agreement.has_hours:
        return Check(HOURS, False, "Time and materials have no included hours.")
    if drawn is None:
        return Check(HOURS, False, "No hours are drawn.")
    if drawn.overage:
        return Check(HOURS, False, f"{text(drawn.overage)} h exceed the hours that are left.")
    return Check(HOURS, True, f"{text(drawn.covered)} h are left for this work.")
