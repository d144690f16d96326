"""A delivery: one message to one recipient over one channel, with its outcome."""

import re
from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from common import searching
from common.blobs.files import File
from common.db import Aggregate
from common.errors import Conflict
from common.ids import new_id
from common.merges import FOLLOWS
from notifications.db import Base

QUEUED, SENDING, SENT, FAILED = "queued", "sending", "sent", "failed"
STATUSES = (QUEUED, SENDING, SENT, FAILED)
_SIGNED_LINK = re.compile(r"(/portal/[a-z]+#)[\w-]+")
PENDING = "status IN ('queued', 'sending')"
"""Text instead of a parameter, because PostgreSQL uses a partial index only for its own condition."""
EMAIL = "email"
CHANNELS = (EMAIL,)
BILLING, SUPPORT, STAFF, SIGNER = "billing", "support", "staff", "signer"
ADDRESSEES = (BILLING, SUPPORT, STAFF, SIGNER)


def _among(column: str, choices: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(choice) for choice in choices)})"


class Delivery(Aggregate, Base):
    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("event_id", "recipient", "channel", name="uq_delivery_event_recipient_channel"),
        CheckConstraint(_among("status", STATUSES), name="status_known"),
        CheckConstraint(_among("addressee", ADDRESSEES), name="addressee_known"),
        CheckConstraint("cardinality(cc) <= 10", name="cc_at_most_10"),
        Index("ix_delivery_due", "channel", "next_attempt_at", postgresql_where=text(PENDING)),
        Index("ix_delivery_created_at", "created_at", "id"),
        Index("ix_delivery_status", "status", "created_at", "id"),
        Index("ix_delivery_client_id", "client_id", "created_at", "id"),
        Index("ix_delivery_reference_id", "reference_id", "created_at", "id"),
        Index("ix_delivery_event_type", "event_type", "created_at", "id"),
        Index("ix_delivery_recipient_created_at", "recipient", "created_at", "id"),
        Index("ix_delivery_recipient", "recipient", "id"),
        Index("ix_delivery_subject", "subject", "id"),
        searching.index("delivery"),
    )

    search_text: Mapped[str] = searching.column("subject", "recipient", "reference")
    event_id: Mapped[UUID]
    event_type: Mapped[str]
    correlation_id: Mapped[str]
    channel: Mapped[str]
    template: Mapped[str]
    addressee: Mapped[str]
    """The role of the recipient, to which a resend goes."""
    recipient: Mapped[str] = mapped_column(String(320))
    """Empty if there is no recipient; the delivery has then failed from the start."""
    recipient_name: Mapped[str] = mapped_column(Text, default="")
    cc: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    subject: Mapped[str]
    status: Mapped[str] = mapped_column(default=QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    """Attempts since it was last queued, for the retry delay."""
    resends: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime | None]
    """When a sender may take it: the next attempt if queued, the end of the lease if being sent."""
    last_error: Mapped[str | None]
    provider_message_id: Mapped[str | None]
    message_id: Mapped[str]
    client_id: Mapped[UUID | None] = mapped_column(info=FOLLOWS)
    client_name: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="")
    """The invoice or agreement number it is about."""
    reference_id: Mapped[UUID | None]
    sent_at: Mapped[datetime | None]

    content: Mapped["DeliveryContent"] = relationship(cascade="all, delete-orphan", lazy="raise_on_sql")
    attachments: Mapped[list["Attachment"]] = relationship(
        cascade="all, delete-orphan", lazy="raise_on_sql", order_by="Attachment.id"
    )

    def succeed(self, at: datetime, provider_message_id: str | None, remark: str | None) -> None:
        self.status, self.sent_at, self.next_attempt_at = SENT, at, None
        self.provider_message_id, self.last_error = provider_message_id, remark

    def retry(self, at: datetime, error: str) -> None:
        self.status, self.next_attempt_at, self.last_error = QUEUED, at, error

    def fail(self, error: str) -> None:
        self.status, self.next_attempt_at, self.last_error = FAILED, None, error

    def requeue(self, at: datetime, message_id: str) -> None:
        """Queues the delivery again as a new message, by request."""
        if self.status not in (SENT, FAILED):
            raise Conflict("This message is already being sent. Wait until it is sent or has failed.")
        self.resends += 1
        self.status, self.tries, self.next_attempt_at, self.message_id = QUEUED, 0, at, message_id


class DeliveryContent(Base):
    """The content, stored apart from the delivery to keep lists fast."""

    __tablename__ = "delivery_content"

    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("delivery.id", ondelete="CASCADE"), primary_key=True)
    html: Mapped[str]
    text: Mapped[str]

    @property
    def shown_html(self) -> str:
        """Returns the HTML part for staff, without the secret of a signed link: only its recipient may use it."""
        return _SIGNED_LINK.sub(r"\1…", self.html)

    @property
    def shown_text(self) -> str:
        return _SIGNED_LINK.sub(r"\1…", self.text)


class Attachment(Base):
    """A file to send along. Its bytes stay in the file store, with the service that owns them."""

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_delivery_id", "delivery_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("delivery.id", ondelete="CASCADE"))
    file_id: Mapped[UUID]
    owner: Mapped[str]
    filename: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]

    @property
    def file(self) -> File:
        return File(self.file_id, self.owner, self.filename, self.media_type, self.size, self.sha256)
