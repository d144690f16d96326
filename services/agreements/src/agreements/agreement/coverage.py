"""The services an agreement covers, with their rates and allocated hours."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from agreements.agreement import amending, events, rates, redrawing
from agreements.agreement import hour_math as hm
from agreements.agreement import ledger as ledgers
from agreements.agreement.commands import Cover, CoverChanges
from agreements.agreement.ledger import text, total
from agreements.agreement.models import DRAFT, ENDED, Agreement, AgreementService
from agreements.agreement.queries import get
from agreements.inbound import card
from agreements.inbound.replicas import Client, ClientService
from common.commands import sent
from common.errors import Conflict, Invalid, NotFound
from common.fields import written
from common.ids import new_id
from common.money import fits, minor_unit
from common.uow import UnitOfWork

ALLOCATED = "hours_allocated"


def add(work: UnitOfWork, agreement_id: UUID, item: Cover) -> tuple[Agreement, AgreementService]:
    agreement, before = _open(work, agreement_id)
    (found,) = resolve(work, agreement.client_id, [item])
    if agreement.service(found.id) is not None:
        raise Conflict(f'"{found.name}" is already covered.', {"service_id": [f'"{found.name}" is already covered.']})
    row = _row(found, item, position=1 + max((row.position for row in agreement.services), default=-1))
    agreement.services.append(row)
    _close(work, agreement, before, field=ALLOCATED)
    return agreement, row


def replace(work: UnitOfWork, agreement_id: UUID, services: Sequence[Cover]) -> Agreement:
    """Replaces all covered services; rows for the same service keep their ids."""
    agreement, before = _open(work, agreement_id)
    put(work, agreement, services)
    _close(work, agreement, before, field="services", whole=True)
    return agreement


def put(work: UnitOfWork, agreement: Agreement, services: Sequence[Cover]) -> None:
    """Sets the rows without the checks across rows; call `check` afterwards."""
    found = resolve(work, agreement.client_id, services, prefix="services.")
    rows = []
    for position, (client_service, item) in enumerate(zip(found, services, strict=True)):
        row = agreement.service(client_service.id) or _row(client_service, item, position)
        row.position, row.custom_rate = position, item.custom_rate
        row.hours_allocated, row.negotiated_quantity = item.hours_allocated, item.negotiated_quantity
        row.recurring_share = item.recurring_share
        rows.append(row)
    agreement.services = rows


def update(
    work: UnitOfWork, agreement_id: UUID, row_id: UUID, changes: CoverChanges
) -> tuple[Agreement, AgreementService]:
    agreement, before = _open(work, agreement_id)
    row = _find(agreement, row_id)
    for name, value in sent(changes).items():
        setattr(row, name, value)
    _close(work, agreement, before, field=ALLOCATED)
    return agreement, row


def remove(work: UnitOfWork, agreement_id: UUID, row_id: UUID) -> None:
    agreement, before = _open(work, agreement_id)
    agreement.services.remove(_find(agreement, row_id))
    _close(work, agreement, before, field=ALLOCATED)


def distribute(work: UnitOfWork, agreement_id: UUID) -> Agreement:
    """Splits the total hours equally over the covered services; the first one gets the remainder."""
    agreement, before = _open(work, agreement_id)
    if not agreement.has_hours:
        raise Conflict(f"{agreement.number} has no hours to distribute because its type is {agreement.type}.")
    if not agreement.services:
        raise Invalid({"services": ["Choose the covered services first."]})
    shares = hm.distribute(agreement.total_hours or hm.ZERO, len(agreement.services))
    for row, share in zip(agreement.services, shares, strict=True):
        row.hours_allocated = share
    _close(work, agreement, before, field="services", whole=True)
    return agreement


def check(agreement: Agreement, *, field: str, whole: bool) -> None:
    """Raises Invalid for a row that breaks a rule, and for allocations that do not add up.

    Strict allocations must sum to the total if the set is `whole` or the agreement is not a draft.
    A draft that is filled row by row only must not exceed the total.
    """
    errors: dict[str, list[str]] = {}
    for position, row in enumerate(agreement.services):
        prefix = f"services.{position}." if whole else ""
        for name in ("custom_rate", "recurring_share"):
            amount = getattr(row, name)
            if amount is not None and not fits(amount, agreement.currency):
                message = f"{agreement.currency} amounts can't be finer than {minor_unit(agreement.currency)}."
                errors[f"{prefix}{name}"] = [message]
        if row.hours_allocated is not None and not agreement.has_hours:
            errors[f"{prefix}{ALLOCATED}"] = ["Only block hours agreements can allocate hours."]
    if errors:
        raise Invalid(errors)
    _check_split(agreement, field, whole=whole)
    if agreement.has_hours:
        _check_sum(agreement, field, whole=whole)


def _check_split(agreement: Agreement, field: str, *, whole: bool) -> None:
    shares = [row.recurring_share for row in agreement.services if row.recurring_share is not None]
    split, amount = sum(shares, Decimal(0)), agreement.recurring_amount or Decimal(0)
    if split > amount:
        where = field if whole else "recurring_share" if field == ALLOCATED else "recurring_amount"
        message = f"The services' parts ({written(split)}) exceed the recurring amount ({written(amount)})."
        raise Invalid({where: [message]}, message)


def _check_sum(agreement: Agreement, field: str, *, whole: bool) -> None:
    allocated = total(row.hours_allocated for row in agreement.services)
    agreed = agreement.total_hours or hm.ZERO
    strict = agreement.allocation_policy == hm.STRICT
    complete = agreement.status != DRAFT or (whole and allocated > 0)
    if allocated > agreed and not strict:
        message = f"Total allocated hours ({text(allocated)}) exceed agreement hours ({text(agreed)})"
        raise Invalid({field: [message]}, message)
    if strict and (allocated > agreed or (complete and allocated != agreed)):
        message = f"Total allocated hours ({text(allocated)}) ≠ Agreement hours ({text(agreed)})"
        raise Invalid({field: [message]}, message)


def resolve(work: UnitOfWork, client_id: UUID, items: Sequence[Cover], prefix: str = "") -> list[ClientService]:
    """Returns the rate card row of each item. Raises Invalid for unknown, excluded and repeated rows."""
    named = [_named(item) for item in items]
    rows = card.find_rows(work, client_id, [identifier for _, identifier in named if identifier])
    errors: dict[str, list[str]] = {}
    seen: set[UUID] = set()
    for position, (field, identifier) in enumerate(named):
        place = f"{prefix}{position}.{field}" if prefix else field
        problem = _problem(work, client_id, rows.get(identifier) if identifier else None, identifier, seen)
        if problem:
            errors[place] = [problem]
    if errors:
        raise Invalid(errors)
    return [rows[identifier] for _, identifier in named if identifier]


def _named(item: Cover) -> tuple[str, UUID | None]:
    if item.client_service_id:
        return "client_service_id", item.client_service_id
    return "service_id", item.service_id


def _problem(
    work: UnitOfWork, client_id: UUID, row: ClientService | None, identifier: UUID | None, seen: set[UUID]
) -> str | None:
    if identifier is None:
        return "Choose a service of the client's rate card. Send service_id or client_service_id."
    if row is None:
        return card.why_not(work, work.session.get_one(Client, client_id), identifier)
    if not row.included:
        return f'"{row.name}" is not included in the client\'s rate card.'
    if row.id in seen:
        return f'"{row.name}" is in the list twice. Remove one.'
    seen.add(row.id)
    return None


def _row(client_service: ClientService, item: Cover, position: int) -> AgreementService:
    return AgreementService(
        id=new_id(),
        position=position,
        client_service_id=client_service.id,
        service_id=client_service.service_id,
        custom_rate=item.custom_rate,
        hours_allocated=item.hours_allocated,
        negotiated_quantity=item.negotiated_quantity,
        recurring_share=item.recurring_share,
    )


def _find(agreement: Agreement, row_id: UUID) -> AgreementService:
    for row in agreement.services:
        if row.id == row_id:
            return row
    raise NotFound("Service not found on this agreement.")


def _open(work: UnitOfWork, agreement_id: UUID) -> tuple[Agreement, dict[UUID, Decimal]]:
    """Returns the locked agreement, and each service's allocated hours before the change."""
    agreement = get(work, agreement_id, lock=True)
    work.check_version(agreement)
    check_open(agreement)
    return agreement, allocations(agreement)


def check_open(agreement: Agreement) -> None:
    """Raises Conflict if the agreement is over."""
    if agreement.status in ENDED:
        raise Conflict(f"{agreement.number} is {agreement.status}, so its covered services can't be changed.")


def allocations(agreement: Agreement) -> dict[UUID, Decimal]:
    return {row.client_service_id: row.hours_allocated or hm.ZERO for row in agreement.services}


def _close(
    work: UnitOfWork, agreement: Agreement, before: dict[UUID, Decimal], *, field: str, whole: bool = False
) -> None:
    check(agreement, field=field, whole=whole)
    amending.record(work, agreement)
    settle(work, agreement, before)


def settle(work: UnitOfWork, agreement: Agreement, before: dict[UUID, Decimal], *, later: bool = False) -> None:
    """Records changed allocations in the ledger of an agreement in force, and announces the checked rows.

    With `later`, new allocations count from the next grant on; only hours of removed services move now.
    """
    check_chosen(agreement)
    if agreement.has_hours and agreement.status != DRAFT:
        after = allocations(agreement)
        moved = before.keys() - after.keys() if later else {*before, *after}
        gains = {key: after.get(key, hm.ZERO) - before.get(key, hm.ZERO) for key in moved}
        _move(work, agreement, gains)
    agreement.touch(work.now)
    rates.announce(work, events.CHANGED, agreement)


def _move(work: UnitOfWork, agreement: Agreement, gains: dict[UUID, Decimal]) -> None:
    """Records changed allocations in the ledger. Hours that a removed service has used stay with it."""
    ledger = ledgers.read(work, agreement)
    covered = {row.client_service_id for row in agreement.services}
    left = {key: -ledger.balance(key) if key not in covered else gain for key, gain in gains.items()}
    changes = {key: gain for key, gain in left.items() if gain}
    if changes:
        ledger.reallocate(changes)
        redrawing.settle(work, ledger, ledger.current())


def check_chosen(agreement: Agreement) -> None:
    """Raises Invalid for an active agreement that should have covered services and has none."""
    if agreement.status != DRAFT and agreement.coverage == "selected" and not agreement.services:
        raise Invalid({"services": ['Choose at least one covered service, or set coverage to "all".']})
