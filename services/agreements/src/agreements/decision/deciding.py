"""Deciding about the next term of an agreement: who decides, when to come back to it, and what was decided."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from agreements.access import user_id
from agreements.agreement import amending, rates
from agreements.agreement.events import CHANGED, DECIDED
from agreements.agreement.models import Agreement
from agreements.agreement.queries import get
from agreements.decision import cycles, queries
from agreements.decision.models import LET_END, RENEGOTIATE, RENEW, Decision
from agreements.inbound.replicas import User
from common.commands import UNSET, Unset, sent
from common.errors import Conflict, Invalid
from common.ids import new_id
from common.replicas import find
from common.roles import MANAGERS
from common.uow import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionChanges:
    """`ends_on` names the cycle that the decision is about: the present one, unless set."""

    ends_on: date | Unset = UNSET
    owner_id: UUID | Unset | None = UNSET
    snoozed_until: date | Unset | None = UNSET
    outcome: str | Unset | None = UNSET
    note: str | Unset | None = UNSET


def decide(work: UnitOfWork, agreement_id: UUID, changes: DecisionChanges) -> dict[str, Any]:
    """Changes the decision about the present cycle, and returns it.

    Raises Conflict if the agreement is not in force, or if its present cycle is another one.
    """
    agreement = get(work, agreement_id, lock=True)
    cycle = queries.one(work, agreement_id)
    if changes.ends_on not in (UNSET, cycle["ends_on"]):
        message = (
            f"The decision about {agreement.number} is now about {cycle['ends_on']}, not {changes.ends_on}. Reload."
        )
        raise Conflict(message)
    decision = _open(work, agreement, cycle["ends_on"])
    values = sent(changes, "ends_on")
    _check(work, agreement, cycle, values)
    for name, value in values.items():
        setattr(decision, name, value)
    if decision.outcome == RENEGOTIATE and not decision.note:
        raise Invalid({"note": ["Say what is to be renegotiated."]})
    if "outcome" in values:
        _close(work, decision)
        _apply(work, agreement, decision)
    decision.touch(work.now)
    work.flush()
    shown = queries.one(work, agreement_id)
    work.emit(DECIDED, {**shown, "id": agreement_id, "version": agreement.version})
    return shown


def _open(work: UnitOfWork, agreement: Agreement, ends_on: date) -> Decision:
    statement = select(Decision).where(Decision.agreement_id == agreement.id, Decision.ends_on == ends_on)
    decision = work.session.scalar(statement)
    if decision is not None:
        work.check_version(decision)
        return decision
    decision = Decision(id=new_id(), agreement_id=agreement.id, ends_on=ends_on)
    work.session.add(decision)
    return decision


def _check(work: UnitOfWork, agreement: Agreement, cycle: dict[str, Any], values: dict[str, Any]) -> None:
    if (owner_id := values.get("owner_id")) is not None and owner_id != user_id(work):
        user = find(work, User, owner_id)
        if user is None:
            raise Invalid({"owner_id": ["There is no user with this id. Choose a manager."]})
        if user.role is not None and user.role not in MANAGERS:
            role = user.role.replace("_", " ")
            message = f"{user.name} has the role {role}, which decides about no agreements. Choose a manager."
            raise Invalid({"owner_id": [message]})
    day = values.get("snoozed_until")
    if day is not None and day <= work.today:
        raise Invalid({"snoozed_until": [f"{day} is not in the future. Choose a later day than {work.today}."]})
    if day is not None and cycle["kind"] == cycles.END and day > cycle["ends_on"]:
        raise Invalid({"snoozed_until": [f"{agreement.number} ends on {cycle['ends_on']}. Choose a day before."]})


def _close(work: UnitOfWork, decision: Decision) -> None:
    decided = decision.outcome is not None
    decision.decided_at = work.now if decided else None
    decision.decided_by_name = work.actor.name if decided else None
    if decided:
        decision.snoozed_until = None


def _apply(work: UnitOfWork, agreement: Agreement, decision: Decision) -> None:
    """Makes the agreement follow the decision: the job at its end renews it only if it renews automatically."""
    renews = {RENEW: True, LET_END: False}.get(decision.outcome or "")
    if agreement.end_date is None or renews is None or agreement.auto_renew == renews:
        return
    agreement.auto_renew = renews
    amending.record(work, agreement, reason="Renewal decision")
    rates.announce(work, CHANGED, agreement)
