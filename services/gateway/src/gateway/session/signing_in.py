"""Signing in with email and password: the same answer, after the same time, for whatever does not fit."""

from dataclasses import dataclass, replace

from common import emails
from common.context import Actor, Context
from common.errors import Unauthenticated
from common.service import Service
from gateway.audit.recording import record
from gateway.config import Settings
from gateway.limits import counting
from gateway.limits.window import Limit
from gateway.session import sessions
from gateway.session.sessions import Granted
from gateway.user import accounts
from gateway.user.models import ACTIVE, User
from gateway.user.passwords import Passwords

FAILURES = Limit(10, 15 * 60)
"""Wrong passwords for one email from one address."""
LOGINS = Limit(300, 60)
"""Attempts of whatever kind from one address."""

REFUSED = "Email or password is wrong, or this user may not sign in."
LOCKED = "Too many wrong passwords for this email. Wait before you try again."


@dataclass(frozen=True)
class Attempt:
    email: str
    password: str
    address: str
    user_agent: str

    @property
    def key(self) -> str:
        return f"failed {self.address} {emails.key(self.email)}"


def sign_in(service: Service, settings: Settings, context: Context, passwords: Passwords, attempt: Attempt) -> Granted:
    """Raises Unauthenticated or TooMany. Hashing happens outside of any transaction."""
    counting.spend(service, f"logins {attempt.address}", LOGINS, "Too many sign-ins from your address. Wait a moment.")
    with service.work(context) as work:
        user = accounts.find(work, attempt.email)
    with passwords.turn():
        # Asked only when it is our turn to hash: guesses sent all at once are then no cheaper than one by one.
        _refuse_if_locked(service, attempt)
        fits = passwords.matches(user.password_hash if user else None, attempt.password)
        renewed = passwords.hash(attempt.password) if fits and user and passwords.outdated(user.password_hash) else None
    if user is None or not fits or user.status != ACTIVE:
        _remember_failure(service, context, attempt, user)
        raise Unauthenticated(REFUSED)
    _refuse_if_locked(service, attempt)
    counting.forget(service, attempt.key)
    return _begin(service, settings, context, attempt, user, renewed)


def _refuse_if_locked(service: Service, attempt: Attempt) -> None:
    wait = counting.wait_for(service, attempt.key, FAILURES)
    if wait:
        raise counting.TooMany(LOCKED, wait)


def _remember_failure(service: Service, context: Context, attempt: Attempt, user: User | None) -> None:
    """Of attempts made at the same time, those beyond the limit learn nothing from their answer."""
    with service.work(context) as work:
        subject = user.id if user else attempt.email
        told = {"email": attempt.email, "address": attempt.address, "user_agent": attempt.user_agent}
        record(work, "gateway.session.refused.v1", subject, **told)
    if counting.hit(service, attempt.key, FAILURES) > FAILURES.hits:
        raise counting.TooMany(LOCKED, max(1, counting.wait_for(service, attempt.key, FAILURES)))


def _begin(
    service: Service, settings: Settings, context: Context, attempt: Attempt, user: User, renewed: str | None
) -> Granted:
    actor = Actor(str(user.id), user.name, user.role, user.client_id)
    with service.work(replace(context, actor=actor)) as work:
        granted = sessions.begin(work, settings, user, attempt.address, attempt.user_agent)
        # Not through the aggregate: a sign-in is no change of the user that others would want to hear of.
        accounts.note_sign_in(work, user.id, renewed)
        told = {"session_id": granted.session.id, "address": attempt.address, "user_agent": attempt.user_agent}
        record(work, "gateway.session.started.v1", user.id, **told)
    return granted
