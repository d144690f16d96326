"""Writing an email as a work order or as a note on one, with its files and the original."""

from collections.abc import Sequence
from io import BytesIO
from uuid import UUID

from agreements import file_kinds
from agreements.conversation import attaching, notes
from agreements.conversation.notes import NewNote
from agreements.mail_in.reading import Email, File
from agreements.work import orders
from agreements.work.models import WorkOrder
from agreements.work.orders import NewOrder
from common.blobs import files
from common.errors import Invalid
from common.uow import UnitOfWork

MEDIA_TYPE = "message/rfc822"
LONGEST_NOTE, LONGEST_DESCRIPTION = 20_000, 50_000
MOST_FILES = 20
NO_TEXT = "(An email without text.)"


def keep_original(work: UnitOfWork, content: bytes) -> UUID:
    """Returns the id of the file with the email as it came."""
    saved = files.save(work, BytesIO(content), name="original.eml", media_type=MEDIA_TYPE)
    files.keep(work, saved.id)
    return saved.id


def as_order(
    work: UnitOfWork, email: Email, original: UUID, *, client_id: UUID, contact_id: UUID | None = None
) -> WorkOrder:
    good, left_out = _sorted_out(email.files)
    description = _text(email, left_out, LONGEST_DESCRIPTION)
    subject = email.subject or None
    new = NewOrder(client_id=client_id, contact_id=contact_id, subject=subject, description=description)
    order = orders.create(work, new)
    work.flush()
    _attach(work, order.id, good, original)
    return order


def as_note(work: UnitOfWork, email: Email, original: UUID, work_order_id: UUID) -> None:
    """Raises Conflict if the order is closed."""
    good, left_out = _sorted_out(email.files)
    attached = _attach(work, work_order_id, good, original)
    text = _text(email, left_out, LONGEST_NOTE)
    notes.add(work, work_order_id, NewNote(text=text, visible=True, attachment_ids=attached))


def _attach(work: UnitOfWork, work_order_id: UUID, good: Sequence[File], original: UUID) -> list[UUID]:
    """Attaches the files for both sides and the original for staff. Returns the ids of the former."""
    attached = [attaching.attach(work, work_order_id, one.data, name=one.name, visible=True) for one in good]
    work.flush()
    attaching.attach_saved(work, work_order_id, original, visible=False)
    return [one.row.id for one in attached]


def _sorted_out(found: Sequence[File]) -> tuple[list[File], list[str]]:
    """Returns the files that may be attached, and the names of the others, which stay in the original."""
    good: list[File] = []
    left_out: list[str] = []
    for one in found:
        try:
            file_kinds.media_type(one.name, one.data)
        except Invalid:
            left_out.append(one.name)
            continue
        if len(good) < MOST_FILES:
            good.append(one)
        else:
            left_out.append(one.name)
    return good, left_out


def _text(email: Email, left_out: Sequence[str], longest: int) -> str:
    end = f"\n\nOnly in the original email: {', '.join(left_out)[:2000]}." if left_out else ""
    return (email.text or NO_TEXT)[: longest - len(end)] + end
