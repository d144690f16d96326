"""The documents of agreements."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from agreements.db import Base
from common.db import Aggregate

CONTRACT, AMENDMENT, WORK_STATEMENT, CORRESPONDENCE, OTHER = (
    *("contract", "amendment", "statement_of_work"),
    *("correspondence", "other"),
)
KINDS = (CONTRACT, AMENDMENT, WORK_STATEMENT, CORRESPONDENCE, OTHER)
UPLOADED, GENERATED, SIGNED = "uploaded", "generated", "signed"
ORIGINS = (UPLOADED, GENERATED, SIGNED)


class Document(Aggregate, Base):
    """A file that belongs to an agreement. Its name, size and SHA-256 are in table `file`."""

    __tablename__ = "agreement_document"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind_known"),
        CheckConstraint(f"origin IN {ORIGINS}", name="origin_known"),
        Index("ix_agreement_document_agreement_id", "agreement_id", "created_at", "id"),
    )

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    file_id: Mapped[UUID]
    kind: Mapped[str]
    origin: Mapped[str]
    """Whether it was uploaded, generated from the agreement's terms, or made by its signature."""
    added_by_name: Mapped[str]
