"""Reads what the SLA clock needs to know of work orders."""

from datetime import datetime

from sqlalchemy import RowMapping, func, select, text
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.sql.selectable import LateralFromClause

from agreements.conversation.models import Note, StatusChange
from agreements.sla import targets
from agreements.sla.clock import OpenHours
from agreements.sla.targets import Change, Progress, Target
from agreements.work.models import WorkOrder


def changes() -> LateralFromClause:
    """Returns a query joined to each work order: its changes of status as `changes`, oldest first."""
    change = func.jsonb_build_array(
        StatusChange.from_status, StatusChange.to_status, StatusChange.at, StatusChange.by_client
    )
    listed = func.jsonb_agg(aggregate_order_by(change, StatusChange.at, StatusChange.id))
    statement = select(func.coalesce(listed, text("'[]'::jsonb")).label("changes"))
    return statement.where(StatusChange.work_order_id == WorkOrder.id).lateral("status_changes")


def reply() -> LateralFromClause:
    """Returns a query joined to each work order: its first visible note of staff as `replied_at`."""
    statement = select(func.min(Note.created_at).label("replied_at"))
    mine = (Note.work_order_id == WorkOrder.id, Note.visible.is_(True), Note.by_client.is_(False))
    return statement.where(*mine).lateral("reply")


def targets_of(order: WorkOrder, row: RowMapping, hours: OpenHours, now: datetime) -> list[Target]:
    """Returns the order's targets from a row with `changes` and `replied_at`."""
    history = [
        Change(before, after, datetime.fromisoformat(at), client) for before, after, at, client in row["changes"]
    ]
    return targets.of(Progress(order.priority, order.status, order.created_at, history, row["replied_at"]), hours, now)
