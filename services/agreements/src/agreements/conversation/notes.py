"""Writing notes on work orders."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select

from agreements.access import is_client_user
from agreements.conversation import attaching, events, timeline
from agreements.conversation.models import Note, StatusChange
from agreements.sla import counting
from agreements.work import moving
from agreements.work.models import ASSIGNED, CLOSED, IN_PROGRESS, RESOLVED, WAITING, WorkOrder
from agreements.work.queries import get_order
from common.errors import Conflict, Invalid
from common.ids import new_id
from common.uow import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class NewNote:
    """A note. Without `visible`, a note of staff is internal and a client's note is visible."""

    text: str
    visible: bool | None = None
    attachment_ids: Sequence[UUID] = ()


def add(work: UnitOfWork, work_order_id: UUID, new: NewNote) -> dict[str, Any]:
    """Adds a note. A client's note continues an order that waits for the client, and reopens a resolved one.

    Raises Conflict for a client's note on a closed order.
    """
    order = get_order(work, work_order_id, lock=True)
    by_client = is_client_user(work)
    if by_client and new.visible is False:
        raise Invalid({"visible": ["Your notes are always visible to you. Leave this out."]})
    if by_client and order.status == CLOSED:
        raise Conflict(f"{order.number} is closed. Send a new work order instead.")
    note = Note(
        id=new_id(),
        work_order_id=order.id,
        text=new.text,
        visible=by_client or bool(new.visible),
        by_client=by_client,
        author_id=work.actor.id,
        author_name=work.actor.name,
        created_at=work.now,
        updated_at=work.now,
    )
    work.session.add(note)
    work.session.flush()
    attached = attaching.join_note(work, note, new.attachment_ids) if new.attachment_ids else []
    _announce(work, order, note, [one.name for one in attached])
    if by_client:
        _continue(work, order)
    elif note.visible:
        counting.count(work, [order])
    return timeline.with_attachments(note, attached)


def _announce(work: UnitOfWork, order: WorkOrder, note: Note, files: Sequence[str]) -> None:
    people = {name: getattr(order, name) for name in ("client_id", "contact_id", "technician_id")}
    work.emit(
        events.ADDED,
        note,
        **people,
        work_order_number=order.number,
        work_order_subject=order.subject,
        work_order_status=order.status,
        text=note.text if note.visible else None,
        files=files if note.visible else [],
    )


def _continue(work: UnitOfWork, order: WorkOrder) -> None:
    if order.status == RESOLVED:
        moving.move(work, order, IN_PROGRESS)
    elif order.status == WAITING:
        started = order.technician_id is None or _was_in_progress(work, order)
        moving.move(work, order, IN_PROGRESS if started else ASSIGNED)


def _was_in_progress(work: UnitOfWork, order: WorkOrder) -> bool:
    changes = exists().where(StatusChange.work_order_id == order.id, StatusChange.from_status == IN_PROGRESS)
    return bool(work.session.scalar(select(changes)))
