"""How many wrong passwords an account takes: few from each place, and few in all from places it does not know.

A place is a browser, known by a cookie of its own, or an address. An account knows those that it has signed in from.
Nobody there can be kept out by strangers, who have one small limit together, from however many addresses they come.
Accounts that do not exist are counted alike.
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
"""Together, for one account."""

LOCKED = (
    "Too many wrong passwords for this email. Wait, use a browser you signed in with before, or ask for a new password."
)
LOCKED_SECONDS = 900
"""The same whichever limit is used up: the answer does not tell."""

Counter = tuple[str, Limit]


def counters(email: str, place: str, *, known: bool) -> list[Counter]:
    """Returns what an attempt counts for, in the order in which it is counted."""
    own = (f"{prefix(email)}{place}", FROM_ONE_PLACE)
    return [own] if known else [own, (f"{prefix(email)}unknown", FROM_UNKNOWN_PLACES)]


def prefix(email: str) -> str:
    """Returns the beginning of the keys of all counters of an account, which is one in any spelling of its email."""
    return f"guess {emails.key(unicodedata.normalize('NFC', email))} "


def reserve(app: App, found: Sequence[Counter]) -> None:
    """Counts an attempt before it is evaluated; raises TooMany when that is one too many.

    Counted first, attempts sent all at once are no cheaper; and those beyond one place's limit use up nobody else's.
    """
    for key, limit in found:
        if counting.hit(app, key, limit) > limit.hits:
            raise counting.TooMany(LOCKED, LOCKED_SECONDS)


def release(app: App, found: Sequence[Counter]) -> None:
    """The attempt was right: its place starts afresh, and strangers' count stands as if it had not been made."""
    (own, _), *shared = found
    counting.forget(app, own)
    for key, limit in shared:
        counting.give_back(app, key, limit)


def forget(session: Session, email: str) -> None:
    """Forgets all wrong passwords for an account, in the caller's transaction: its password was set anew."""
    counting.forget_all(session, prefix(email))


def network(address: str) -> str:
    """Returns the address; of IPv6 the /64, of which one caller has all addresses."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if parsed.version == 4:
        return str(parsed)
    return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))
