"""Signs users in by email and password; all failures get the same answer after the same time."""

from dataclasses import dataclass, replace

from common.app import App
from common.context import Actor, Context
from common.errors import Unauthenticated
from gateway.audit.recording import record
from gateway.config import Settings
from gateway.limits import counting, guessing
from gateway.limits.window import Limit
from gateway.session import places, sessions, tokens
from gateway.session.sessions import Granted
from gateway.user import accounts
from gateway.user.models import ACTIVE, User
from gateway.user.passwords import Passwords

LOGINS = Limit(300, 60)
"""All attempts from an address, successful or not."""

REFUSED = "The email or password is wrong, or the user is disabled."


@dataclass(frozen=True)
class Attempt:
    email: str
    password: str
    address: str
    user_agent: str
    device: str | None = None
    """The cookie of a browser that was used to sign in before."""

    @property
    def places(self) -> list[str]:
        devices = [places.of_device(self.device)] if self.device else []
        return [*devices, places.of_address(self.address)]


def sign_in(app: App, settings: Settings, context: Context, passwords: Passwords, attempt: Attempt) -> Granted:
    """Signs the user in. Raises Unauthenticated or TooMany. Hashes the password outside of transactions."""
    logins = f"logins {guessing.network(attempt.address)}"
    counting.spend(app, logins, LOGINS, "Too many sign-in attempts from your address. Wait a moment.")
    with app.work(context) as work:
        user = accounts.find(work, attempt.email)
        known = places.known(work.session, user.id if user else None, attempt.places)
    place = known or places.of_address(attempt.address)
    counters = guessing.counters(user.email if user else attempt.email, place, known=known is not None)
    with passwords.turn():
        guessing.reserve(app, counters)
        is_right = passwords.matches(user.password_hash if user else None, attempt.password)
        renewed_hash = passwords.renewed(user.password_hash, attempt.password) if is_right and user else None
    if user is None or not is_right or user.status != ACTIVE:
        _record_refusal(app, context, attempt, user)
        raise Unauthenticated(REFUSED)
    guessing.release(app, counters)
    return _begin(app, settings, context, attempt, user, renewed_hash)


def _record_refusal(app: App, context: Context, attempt: Attempt, user: User | None) -> None:
    with app.work(context) as work:
        subject = user.id if user else attempt.email
        data = {"email": attempt.email, "address": attempt.address, "user_agent": attempt.user_agent}
        record(work, "gateway.session.refused.v1", subject, **data)


def _begin(
    app: App, settings: Settings, context: Context, attempt: Attempt, user: User, renewed_hash: str | None
) -> Granted:
    actor = Actor(str(user.id), user.name, user.role, user.client_id)
    with app.work(replace(context, actor=actor)) as work:
        granted = sessions.begin(work, settings, user, attempt.address, attempt.user_agent)
        # Not through the aggregate, because a sign-in is not a change of the user to publish.
        accounts.note_sign_in(work, user.id, renewed_hash)
        device = attempt.device or tokens.new_token(tokens.DEVICE)
        places.remember(work.session, user.id, replace(attempt, device=device).places, work.now)
        data = {"session_id": granted.session.id, "address": attempt.address, "user_agent": attempt.user_agent}
        record(work, "gateway.session.started.v1", user.id, **data)
    return replace(granted, device=device)
