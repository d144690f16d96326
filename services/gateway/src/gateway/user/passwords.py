"""Passwords: what makes a good one, and argon2id, of which only so many run at once (46 MiB each)."""

from contextlib import AbstractContextManager
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

SHORTEST, LONGEST = 12, 200

_hasher = PasswordHasher(time_cost=1, memory_cost=47104, parallelism=1)
_NOBODY = _hasher.hash("the password of nobody at all")


def faults(password: str, email: str) -> list[str]:
    """What is wrong with it, as sentences; empty when it may be used."""
    found = []
    if len(password) < SHORTEST:
        found.append(f"At least {SHORTEST} characters.")
    if len(password) > LONGEST:
        found.append(f"At most {LONGEST} characters.")
    if password.strip().casefold() == email.casefold():
        found.append("Must not be the email address.")
    if password and len(set(password)) < 4:
        found.append("Too simple: use more different characters.")
    return found


class Passwords:
    """Hashing for one process."""

    def __init__(self, at_once: int) -> None:
        self._slots = BoundedSemaphore(at_once)

    def turn(self) -> AbstractContextManager[object]:
        """Holds one of the slots; `hash` and `matches` are to be called within."""
        return self._slots

    def hash(self, password: str) -> str:
        return _hasher.hash(password)

    def matches(self, stored: str | None, password: str) -> bool:
        """Takes the same time for a user who does not exist (`stored` is None)."""
        try:
            _hasher.verify(stored or _NOBODY, password)
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False
        return stored is not None

    def outdated(self, stored: str) -> bool:
        return _hasher.check_needs_rehash(stored)
