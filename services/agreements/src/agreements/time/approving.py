"""Approving logged time, or returning it with a reason. Until then, its client's invoice waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from agreements.work import events
from agreements.work.models import APPROVED, RETURNED, WAITING_APPROVAL, TimeEntry
from agreements.work.queries import matching_entries
from common.bulk import FAILED, SKIPPED, SUCCEEDED, check_count, result, tally
from common.uow import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class Approval:
    """Entries by `ids`, or all that match `filter`, of which the caller expects `expected_count`."""

    ids: Sequence[UUID] = ()
    filter: Mapping[str, Any] | None = None
    expected_count: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Return(Approval):
    reason: str


def approve(work: UnitOfWork, command: Approval) -> dict[str, Any]:
    """Approves entries that wait or were returned. Skips the others."""
    return _decide(work, command, APPROVED, WAITING_APPROVAL, None)


def give_back(work: UnitOfWork, command: Return) -> dict[str, Any]:
    """Returns entries to their technicians with a reason, approved ones too. Skips invoiced and returned ones."""
    return _decide(work, command, RETURNED, {*WAITING_APPROVAL, APPROVED} - {RETURNED}, command.reason)


def _decide(
    work: UnitOfWork, command: Approval, to: str, of: frozenset[str] | set[str], reason: str | None
) -> dict[str, Any]:
    statement = matching_entries(work, command.filter or {})
    if command.filter is None:
        statement = statement.where(TimeEntry.id.in_(command.ids))
    entries = {one.id: one for one in work.session.scalars(statement.order_by(TimeEntry.id).with_for_update())}
    if command.filter is not None:
        check_count(len(entries), command.expected_count)
    ids = command.ids if command.filter is None else list(entries)
    return tally(_one(work, key, entries.get(key), to, of, reason) for key in dict.fromkeys(ids))


def _one(
    work: UnitOfWork, key: UUID, entry: TimeEntry | None, to: str, of: frozenset[str] | set[str], reason: str | None
) -> dict[str, Any]:
    if entry is None:
        return result(key, FAILED, "Time entry not found.")
    if entry.invoiced:
        return result(key, SKIPPED, f"This time is on invoice {entry.invoice_number}.")
    if entry.approval not in of:
        state = "does not need approval" if entry.approval is None else f"is {entry.approval}"
        return result(key, SKIPPED, f"This time {state}.")
    entry.approval, entry.approval_reason = to, reason
    entry.decided_by_name, entry.decided_at = work.actor.name, work.now
    work.session.flush()
    work.emit(events.CORRECTED, entry)
    return result(key, SUCCEEDED)
