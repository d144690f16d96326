"""Limits wrong passwords for an account: few from each place, and few in total from unknown places.

A place is a browser, identified by a cookie, or an address. A place is known if the account has signed in from it.
Attempts from unknown places share one small limit, so they can't lock out the user's own browsers and addresses.
Attempts for unknown accounts are counted in the same way.
"""

import unicodedata
from collections.abc import Sequence
from ipaddress import ip_address, ip_network

from sqlalchemy.orm import Session

from common import emails
from common.app import App
from gateway.limits import counting
from gateway.limits.window import Limit

FROM_ONE_PLACE = Limit(10, 15 * 60)
FROM_UNKNOWN_PLACES = Limit(20, 60 * 60)
"""The total for an account."""

LOCKED = (
    "Too many wrong passwords for this email. Wait, use a browser you signed in with before, or ask for a new password."
)
LOCKED_SECONDS = 900
"""Seconds. The same for both limits, so that the answer does not disclose which limit applies."""

Counter = tuple[str, Limit]


def counters(email: str, place: str, *, known: bool) -> list[Counter]:
    """Returns the counters of an attempt, in the order in which they are counted."""
    of_place = (f"{prefix(email)}{place}", FROM_ONE_PLACE)
    return [of_place] if known else [of_place, (f"{prefix(email)}unknown", FROM_UNKNOWN_PLACES)]


def prefix(email: str) -> str:
    """Returns the prefix of the keys of an account's counters; all spellings of its email have the same prefix."""
    return f"guess {emails.key(unicodedata.normalize('NFC', email))} "


def reserve(app: App, counters: Sequence[Counter]) -> None:
    """Counts an attempt before it is checked; raises TooMany if it exceeds a limit.

    Counting first also limits concurrent attempts. Attempts beyond a place's limit do not use up the shared limit.
    """
    for key, limit in counters:
        if counting.hit(app, key, limit) > limit.hits:
            raise counting.TooMany(LOCKED, LOCKED_SECONDS)


def release(app: App, counters: Sequence[Counter]) -> None:
    """Resets the place's counter after a right password and takes the attempt back from the shared counter."""
    (place_key, _), *shared = counters
    counting.forget(app, place_key)
    for key, limit in shared:
        counting.give_back(app, key, limit)


def forget(session: Session, email: str) -> None:
    """Deletes an account's counts in the caller's transaction, after its password was set."""
    counting.forget_all(session, prefix(email))


def network(address: str) -> str:
    """Returns the address or, for IPv6, its /64 network, because a caller usually has all addresses of one."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if parsed.version == 4:
        return str(parsed)
    return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))
