"""Passwords: what makes a good one, and argon2id, of which only so many run at once (46 MiB each)."""

import unicodedata
from contextlib import AbstractContextManager
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

SHORTEST, LONGEST = 12, 200
FORBIDDEN = frozenset({"Cc", "Cs", "Zl", "Zp"})

_hasher = PasswordHasher(time_cost=1, memory_cost=47104, parallelism=1)
_NOBODY = _hasher.hash("the password of nobody at all")


def prepare(password: str) -> str:
    """Returns the password as it is hashed: the OpaqueString profile of RFC 8265 (spaces of any width, NFC).

    A keyboard on one device may send "é" as one character, on another as two.
    """
    spaced = "".join(" " if unicodedata.category(character) == "Zs" else character for character in password)
    return unicodedata.normalize("NFC", spaced)


def faults(password: str, email: str) -> list[str]:
    """Returns what is wrong with it, as sentences; empty when it may be used."""
    found = []
    password = prepare(password)
    if any(unicodedata.category(character) in FORBIDDEN for character in password):
        found.append("Must not contain control characters such as tabs or line breaks.")
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
        return _hasher.hash(prepare(password))

    def matches(self, stored: str | None, password: str) -> bool:
        """Takes the same time for a user who does not exist (`stored` is None)."""
        fits = any(_verified(stored or _NOBODY, form) for form in _forms(password))
        return fits and stored is not None

    def renewed(self, stored: str, password: str) -> str | None:
        """Returns a new hash for a right password whose stored one is of an older kind, else None."""
        if not _hasher.check_needs_rehash(stored) and (password.isascii() or _verified(stored, prepare(password))):
            return None
        return self.hash(password)


def _forms(password: str) -> list[str]:
    """Returns the spellings that a hash may have been made of: before they were prepared, passwords were hashed as
    the keyboard sent them."""
    return list(dict.fromkeys((prepare(password), password, unicodedata.normalize("NFD", password))))


def _verified(stored: str, form: str) -> bool:
    try:
        return _hasher.verify(stored, form)
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False
