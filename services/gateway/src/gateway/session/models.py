"""Sessions and their tokens. Tokens are stored as hashes only."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from common.ids import new_id
from gateway.db import Base

ACCESS, COOKIE, REFRESH = "access", "cookie", "refresh"


class Session(Base):
    """A sign-in. Ending it ends all of its tokens."""

    __tablename__ = "session"
    __table_args__ = (
        Index("ix_session_user_id_created_at", "user_id", "created_at", "id"),
        Index("ix_session_created_at_id", "created_at", "id"),
        Index("ix_session_expires_at", "expires_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str | None]
    """signed_out, revoked, token_reused, password_changed"""
    last_seen_at: Mapped[datetime]
    address: Mapped[str]
    user_agent: Mapped[str] = mapped_column(String(300))


class SignInPlace(Base):
    """A browser or an address that a user has signed in from."""

    __tablename__ = "sign_in_place"
    __table_args__ = (Index("ix_sign_in_place_last_used_at", "last_used_at"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)
    """`device` and the hash of its cookie, or `address` and the address or network."""
    last_used_at: Mapped[datetime]


class SessionToken(Base):
    __tablename__ = "session_token"
    __table_args__ = (
        Index("ix_session_token_session_id", "session_id"),
        Index("ix_session_token_expires_at", "expires_at"),
    )

    hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"))
    kind: Mapped[str]
    """access, cookie or refresh"""
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    """The time at which a refresh token was exchanged; a second use means that it was stolen."""
