"""Writes the audit log from events and from actions of the gateway."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

from common.clock import now
from common.events import Envelope
from common.ids import new_id
from common.uow import UnitOfWork
from gateway.audit.models import AuditEntry

LONGEST_TEXT = 2000
"""The limit in characters; a longer text is stored as its length and digest."""
# One parameter for all rows, so that the statement is compiled and planned once.
RECORD = text("""
    INSERT INTO audit_entry
    SELECT * FROM jsonb_populate_recordset(NULL::audit_entry, CAST(:rows AS jsonb)) ON CONFLICT DO NOTHING
""")


def record_events(session: Session, envelopes: Iterable[Envelope]) -> None:
    """Adds an entry for each event, in one statement; an entry that exists stays."""
    rows = [_row(envelope) for envelope in envelopes]
    session.execute(RECORD, {"rows": orjson.dumps(rows).decode()})


def _row(envelope: Envelope) -> dict[str, Any]:
    role, _, actor_id = envelope.actor.partition(":")
    return {
        "id": envelope.id,
        "occurred_at": envelope.time,
        "recorded_at": now(),
        "actor_id": actor_id or role,
        "actor_role": role,
        "type": envelope.type,
        "aggregate": aggregate_of(envelope.type),
        "subject": envelope.subject,
        "sequence": envelope.sequence,
        "correlation_id": envelope.correlation_id,
        "causation_id": envelope.causation_id,
        "data": shortened(envelope.data),
    }


def record(work: UnitOfWork, type_: str, subject: object, **data: Any) -> None:
    """Adds an entry for an action of the gateway that has no event, such as a sign-in."""
    entry = AuditEntry(
        id=new_id(),
        occurred_at=work.now,
        recorded_at=work.now,
        actor_id=work.actor.id,
        actor_role=work.actor.role,
        type=type_,
        aggregate=aggregate_of(type_),
        subject=str(subject),
        sequence=0,
        correlation_id=work.context.correlation_id,
        causation_id=work.context.causation_id,
        data=orjson.loads(orjson.dumps(data)),
    )
    work.session.add(entry)


def aggregate_of(type_: str) -> str:
    """Returns the aggregate of an event type: `catalog.service.rate_changed.v1` → `catalog.service`."""
    return ".".join(type_.split(".")[:2])


def shortened(value: Any) -> Any:
    """Returns the data without NUL characters, which JSONB refuses, and with digests instead of long texts."""
    if isinstance(value, dict):
        return {str(key).replace("\x00", ""): shortened(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shortened(inner) for inner in value]
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            return {"length": len(value), "sha256": sha256(value.encode("utf-8", "replace")).hexdigest()}
        return value.replace("\x00", "")
    return value
