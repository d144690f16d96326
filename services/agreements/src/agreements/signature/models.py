"""Requests for a signature on a document of an agreement."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from agreements.db import Base
from common.db import Aggregate
from common.errors import Conflict

SENT, SIGNED, DECLINED, EXPIRED, REVOKED = "sent", "signed", "declined", "expired", "revoked"
STATUSES = (SENT, SIGNED, DECLINED, EXPIRED, REVOKED)


class Signature(Aggregate, Base):
    """A document that was sent to one person to sign, and what became of it."""

    __tablename__ = "agreement_signature"
    __table_args__ = (
        CheckConstraint(f"status IN {STATUSES}", name="status_known"),
        CheckConstraint(
            "status <> 'signed' OR (signed_name IS NOT NULL AND signed_document_id IS NOT NULL)",
            name="signed_with_name_and_document",
        ),
        Index("ix_agreement_signature_agreement_id", "agreement_id", "created_at", "id"),
        Index("ix_agreement_signature_document_id", "document_id"),
        Index("ix_agreement_signature_signed_document_id", "signed_document_id"),
        Index("uq_agreement_signature_open", "document_id", unique=True, postgresql_where=text("status = 'sent'")),
    )

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    document_id: Mapped[UUID] = mapped_column(ForeignKey("agreement_document.id"))
    document_sha256: Mapped[str]
    """The hash of the bytes that the signer saw."""
    pages: Mapped[int]
    signer_name: Mapped[str]
    signer_email: Mapped[str]
    message: Mapped[str | None]
    activates: Mapped[bool]
    """Whether signing activates the draft."""
    status: Mapped[str] = mapped_column(default=SENT)
    expires_at: Mapped[datetime]
    requested_by_id: Mapped[str]
    requested_by_name: Mapped[str]
    closed_at: Mapped[datetime | None]
    """When it was signed, declined or revoked."""
    signed_name: Mapped[str | None]
    """The name that the signer typed."""
    address: Mapped[str | None]
    """Where the signer's answer came from."""
    reason: Mapped[str | None]
    """Why it was declined or revoked."""
    signed_document_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement_document.id"))

    def status_at(self, now: datetime) -> str:
        """Returns the status; a request that nobody answered expires by itself."""
        return EXPIRED if self.status == SENT and self.expires_at <= now else self.status

    def check_open(self, now: datetime) -> None:
        """Raises Conflict unless the document can still be signed."""
        status = self.status_at(now)
        if status != SENT:
            raise Conflict(ANSWERS[status], status_now=status)

    def close(self, status: str, at: datetime, *, address: str | None = None, reason: str | None = None) -> None:
        self.check_open(at)
        self.status, self.closed_at, self.address, self.reason = status, at, address, reason


ANSWERS = {
    SIGNED: "This document is already signed. Each link can be used once.",
    DECLINED: "Signing this document was declined. Ask for a new link to sign it after all.",
    EXPIRED: "This link has expired. Ask for a new one.",
    REVOKED: "This link was revoked. Ask for a new one if you still want to sign.",
}
"""What a signer, or a member of staff, is told about a request that is closed."""
