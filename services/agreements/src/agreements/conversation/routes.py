"""HTTP routes for notes and the timeline of work orders."""

from typing import Any
from uuid import UUID

from flask import Response

from agreements.conversation import attaching, notes, timeline
from agreements.conversation.attaching import Attached
from agreements.conversation.notes import NewNote
from agreements.conversation.schemas import ATTACHMENT, ATTACHMENT_QUERY, NOTE, TIMELINE_ENTRY
from common.blobs import files
from common.http.files import respond
from common.http.routes import Routes
from common.http.uploads import ANY
from common.pages import Page
from common.roles import CLIENT_USERS, EVERYONE, WORKERS
from common.uow import UnitOfWork

routes = Routes("work-order-notes", "Notes and attachments of work orders, and their timelines")

ONE = "/work-orders/<uuid:work_order_id>"


@routes.list(f"{ONE}/timeline", "listWorkOrderTimeline", returns=TIMELINE_ENTRY, roles=EVERYONE)
def list_work_order_timeline(work: UnitOfWork, page: Page, work_order_id: UUID) -> dict[str, Any]:
    """Lists notes, changes of status and time, newest first."""
    return timeline.page_of_timeline(work, work_order_id, page)


@routes.post(f"{ONE}/notes", "addWorkOrderNote", body=NOTE, returns=NOTE, roles=WORKERS | CLIENT_USERS)
def add_work_order_note(work: UnitOfWork, body: NewNote, work_order_id: UUID) -> dict[str, Any]:
    """Adds a note. A client's note continues a work order that waits for the client, and reopens a resolved one."""
    return notes.add(work, work_order_id, body)


@routes.upload(
    f"{ONE}/attachments",
    "attachToWorkOrder",
    query=ATTACHMENT_QUERY,
    returns=ATTACHMENT,
    roles=WORKERS | CLIENT_USERS,
    media_types=(ANY,),
    status=201,
)
def attach_to_work_order(work: UnitOfWork, data: bytes, query: dict[str, Any], work_order_id: UUID) -> Attached:
    """Attaches a file of at most 10 MiB, whose content must be what its name says."""
    return attaching.attach(work, work_order_id, data, name=query["name"], visible=query.get("visible"))


@routes.get(
    f"{ONE}/attachments/<uuid:attachment_id>",
    "getWorkOrderAttachment",
    returns=None,
    roles=EVERYONE,
    media_type="application/octet-stream",
)
def get_work_order_attachment(work: UnitOfWork, work_order_id: UUID, attachment_id: UUID) -> Response:
    file = attaching.open_file(work, work_order_id, attachment_id)
    pieces = files.read(work.settings, file)
    return respond(pieces, name=file.name, media_type=file.media_type, size=file.size, sha256=file.sha256)
