"""The places a user has signed in from: browsers, by a cookie that outlives the session, and addresses."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from gateway.limits.guessing import network
from gateway.session import tokens
from gateway.session.models import SignInPlace

KEPT = timedelta(days=180)
NOBODY = UUID(int=0)


def of_device(token: str) -> str:
    return f"device {tokens.digest(token).hex()}"


def of_address(address: str) -> str:
    return f"address {network(address)}"


def known(session: Session, user_id: UUID | None, places: list[str]) -> str | None:
    """Returns the first of `places` that the user has signed in from. Runs the same query for an unknown user."""
    of_user = SignInPlace.user_id == (user_id or NOBODY)
    known_places = set(session.scalars(select(SignInPlace.place).where(of_user, SignInPlace.place.in_(places))))
    return next((place for place in places if place in known_places), None)


def remember(session: Session, user_id: UUID, places: list[str], now: datetime) -> None:
    rows = [{"user_id": user_id, "place": place, "last_used_at": now} for place in sorted(places)]
    statement = insert(SignInPlace).values(rows)
    values = {"last_used_at": statement.excluded.last_used_at}
    session.execute(statement.on_conflict_do_update(index_elements=["user_id", "place"], set_=values))


def prune(session: Session, now: datetime) -> None:
    session.execute(delete(SignInPlace).where(SignInPlace.last_used_at < now - KEPT))
