"""HTTP routes for notes and the timeline of work orders."""

from typing import Any
from uuid import UUID

from agreements.conversation import notes, timeline
from agreements.conversation.models import Note
from agreements.conversation.notes import NewNote
from agreements.conversation.schemas import NOTE, TIMELINE_ENTRY
from common.http.routes import Routes
from common.pages import Page
from common.roles import CLIENT_USERS, EVERYONE, WORKERS
from common.uow import UnitOfWork

routes = Routes("work-order-notes", "Notes on work orders, and their timelines")

ONE = "/work-orders/<uuid:work_order_id>"


@routes.list(f"{ONE}/timeline", "listWorkOrderTimeline", returns=TIMELINE_ENTRY, roles=EVERYONE)
def list_work_order_timeline(work: UnitOfWork, page: Page, work_order_id: UUID) -> dict[str, Any]:
    """Lists notes, changes of status and time, newest first."""
    return timeline.page_of_timeline(work, work_order_id, page)


@routes.post(f"{ONE}/notes", "addWorkOrderNote", body=NOTE, returns=NOTE, roles=WORKERS | CLIENT_USERS)
def add_work_order_note(work: UnitOfWork, body: NewNote, work_order_id: UUID) -> Note:
    """Adds a note. A client's note continues a work order that waits for the client, and reopens a resolved one."""
    return notes.add(work, work_order_id, body)
