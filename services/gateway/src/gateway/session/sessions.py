"""Starts, extends and ends sessions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import update

from common.ids import new_id
from common.uow import UnitOfWork
from gateway.audit.recording import record
from gateway.config import Settings
from gateway.session import tokens
from gateway.session.models import ACCESS, COOKIE, REFRESH, Session, SessionToken
from gateway.user.models import ACTIVE, User

SIGNED_OUT, REVOKED, REUSED, PASSWORD_CHANGED = "signed_out", "revoked", "token_reused", "password_changed"


@dataclass(frozen=True)
class Granted:
    """New tokens in clear text, which are returned once. `cookie` is only set at sign-in."""

    session: Session
    user: User
    access: str
    refresh: str
    cookie: str | None
    expires_in: int
    time_zone: ZoneInfo
    """The organisation's."""
    device: str | None = None
    """The browser's token, new or from an earlier sign-in."""


def begin(work: UnitOfWork, settings: Settings, user: User, address: str, user_agent: str) -> Granted:
    session = Session(
        id=new_id(),
        user_id=user.id,
        created_at=work.now,
        expires_at=work.now + timedelta(days=settings.refresh_days),
        ended_at=None,
        ended_why=None,
        last_seen_at=work.now,
        address=address,
        user_agent=user_agent[:300],
    )
    work.session.add(session)
    work.session.flush()
    cookie = tokens.new_token(tokens.SESSION)
    _store_token(work, session, cookie, COOKIE, work.now + timedelta(hours=settings.cookie_hours))
    return _grant(work, settings, session, user, cookie)


def refresh(work: UnitOfWork, settings: Settings, refresh_token: str) -> Granted | None:
    """Returns new tokens for a refresh token, or None if it is not valid.

    A second use ends the session, because either the first or the second user stole the token. Returns None instead
    of raising an error, so that the end of the session is committed.
    """
    token = work.session.get(SessionToken, tokens.digest(refresh_token), with_for_update=True)
    if token is None or token.kind != REFRESH:
        return None
    session = work.session.get_one(Session, token.session_id)
    if session.ended_at is not None or session.expires_at <= work.now:
        return None
    if token.used_at is not None:
        end(work, session, REUSED)
        record(work, "gateway.session.token_reused.v1", session.id, user_id=session.user_id, address=session.address)
        return None
    user = work.session.get_one(User, session.user_id)
    if user.status != ACTIVE:
        return None
    token.used_at = work.now
    session.last_seen_at = work.now
    return _grant(work, settings, session, user, None)


def keep_cookie_alive(work: UnitOfWork, settings: Settings, cookie: str) -> bool:
    """Extends a cookie's life after half of it has passed; returns whether it did."""
    life = timedelta(hours=settings.cookie_hours)
    token = work.session.get(SessionToken, tokens.digest(cookie))
    if token is None or token.kind != COOKIE or token.expires_at - work.now > life / 2:
        return False
    ends = work.session.get_one(Session, token.session_id).expires_at
    token.expires_at = min(work.now + life, ends)
    return True


def end(work: UnitOfWork, session: Session, why: str) -> None:
    if session.ended_at is None:
        session.ended_at, session.ended_why = work.now, why


def end_all_of(work: UnitOfWork, user_id: UUID, why: str, but: UUID | None = None) -> None:
    statement = update(Session).where(Session.user_id == user_id, Session.ended_at.is_(None))
    if but is not None:
        statement = statement.where(Session.id != but)
    work.session.execute(statement.values(ended_at=work.now, ended_why=why))


def _grant(work: UnitOfWork, settings: Settings, session: Session, user: User, cookie: str | None) -> Granted:
    access, fresh = tokens.new_token(tokens.SESSION), tokens.new_token(tokens.REFRESH)
    life = timedelta(minutes=settings.access_minutes)
    _store_token(work, session, access, ACCESS, min(work.now + life, session.expires_at))
    _store_token(work, session, fresh, REFRESH, session.expires_at)
    return Granted(session, user, access, fresh, cookie, int(life.total_seconds()), work.organisation.time_zone)


def _store_token(work: UnitOfWork, session: Session, token: str, kind: str, expires_at: datetime) -> None:
    row = SessionToken(hash=tokens.digest(token), session_id=session.id, kind=kind, expires_at=expires_at, used_at=None)
    work.session.add(row)
