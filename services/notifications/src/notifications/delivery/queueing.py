"""Queues deliveries in the transaction of the event that causes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text
from sqlalchemy.dialects.postgresql import insert as upsert

from common.blobs.files import File
from common.colors import text_on
from common.ids import new_id
from common.organisation.calendar import hours_text
from common.uow import UnitOfWork
from notifications.channel.addresses import one_line
from notifications.channel.message import LOGO, message_id, safe_filename
from notifications.config import Settings
from notifications.delivery import events
from notifications.delivery.addressing import Addressee
from notifications.delivery.models import EMAIL, FAILED, QUEUED, Attachment, Delivery, DeliveryContent
from notifications.delivery.sending import WAKE
from notifications.template.rendering import Brand, Mail, render


@dataclass(frozen=True)
class Notice:
    """The message for one event; `values` fill the template, plus each addressee's `name`."""

    event_type: str
    template: str
    client_id: UUID
    client_name: str
    reference: str
    reference_id: UUID
    locale: str | None
    values: Mapping[str, Any]
    attachments: tuple[File, ...] = ()


def queue(work: UnitOfWork, notice: Notice, addressees: Sequence[Addressee]) -> list[Delivery]:
    """Queues a delivery for each addressee. One without an address fails at once, with the reason.

    Skips an addressee that already has a delivery for this event. Returns the new deliveries.
    """
    brand = brand_of(work)
    mails = {
        a.address: render(notice.template, brand, notice.locale, {**notice.values, "name": a.name}) for a in addressees
    }
    rows = [_row(work, notice, addressee, mails[addressee.address]) for addressee in addressees]
    statement = upsert(Delivery).values(rows).on_conflict_do_nothing().returning(Delivery)
    deliveries = list(work.session.scalars(statement))
    if not deliveries:
        return []
    _write_content(work, notice, deliveries, mails)
    for delivery in deliveries:
        if delivery.status == FAILED:
            work.emit(events.FAILED, delivery)
    wake_senders(work)
    return deliveries


def wake_senders(work: UnitOfWork) -> None:
    """Notifies senders at commit. They also check by themselves, so a lost notification costs only seconds."""
    work.session.execute(text(f"NOTIFY {WAKE}"))


def brand_of(work: UnitOfWork) -> Brand:
    """Returns how emails show the organisation, from the current settings."""
    organisation = work.organisation
    return Brand(
        company=organisation.name,
        url=Settings.of(work).evergreen_url.rstrip("/"),
        contact=organisation.mail_reply_to or organisation.mail_from,
        color=organisation.brand_color,
        ink=text_on(organisation.brand_color),
        logo=f"cid:{LOGO}" if organisation.logo else "",
        hours=hours_text(organisation),
    )


def _row(work: UnitOfWork, notice: Notice, addressee: Addressee, mail: Mail) -> dict[str, Any]:
    identifier = new_id()
    return {
        "id": identifier,
        "version": 1,
        "created_at": work.now,
        "updated_at": work.now,
        "event_id": UUID(work.context.causation_id),
        "event_type": notice.event_type,
        "correlation_id": work.context.correlation_id,
        "channel": EMAIL,
        "template": notice.template,
        "addressee": addressee.kind,
        "recipient": addressee.address,
        "recipient_name": addressee.name,
        "cc": list(addressee.cc),
        "subject": one_line(mail.subject),
        "status": FAILED if addressee.problem else QUEUED,
        "next_attempt_at": None if addressee.problem else work.now,
        "last_error": addressee.problem,
        "message_id": message_id(identifier, 0, work.organisation.mail_from, notice.reference_id),
        "client_id": notice.client_id,
        "client_name": notice.client_name,
        "reference": notice.reference,
        "reference_id": notice.reference_id,
    }


def _write_content(work: UnitOfWork, notice: Notice, deliveries: Sequence[Delivery], mails: Mapping[str, Mail]) -> None:
    contents = [
        {"delivery_id": delivery.id, "html": mails[delivery.recipient].html, "text": mails[delivery.recipient].text}
        for delivery in deliveries
    ]
    work.session.execute(insert(DeliveryContent), contents)
    attached = [
        {
            "id": new_id(),
            "delivery_id": delivery.id,
            "file_id": file.id,
            "owner": file.owner,
            "filename": safe_filename(file.name),
            "media_type": file.media_type,
            "size": file.size,
            "sha256": file.sha256,
        }
        for delivery in deliveries
        for file in notice.attachments
    ]
    if attached:
        work.session.execute(insert(Attachment), attached)
