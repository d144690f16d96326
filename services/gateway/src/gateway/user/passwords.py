"""Checks and hashes passwords with argon2id, which needs 46 MiB for each, so few run at once."""

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
    """Returns the password's faults as sentences."""
    result = []
    password = prepare(password)
    if any(unicodedata.category(character) in FORBIDDEN for character in password):
        result.append("Must not contain control characters such as tabs or line breaks.")
    if len(password) < SHORTEST:
        result.append(f"At least {SHORTEST} characters.")
    if len(password) > LONGEST:
        result.append(f"At most {LONGEST} characters.")
    if password.strip().casefold() == email.casefold():
        result.append("Must not be the email address.")
    if password and len(set(password)) < 4:
        result.append("Too simple: use more different characters.")
    return result


class Passwords:
    """Hashes passwords in one process, with a limited number at once."""

    def __init__(self, at_once: int) -> None:
        self._slots = BoundedSemaphore(at_once)

    def turn(self) -> AbstractContextManager[object]:
        """Returns a context in which `hash` and `matches` may be called."""
        return self._slots

    def hash(self, password: str) -> str:
        return _hasher.hash(prepare(password))

    def matches(self, stored: str | None, password: str) -> bool:
        """Returns whether the password matches. Takes the same time for an unknown user (`stored` is None)."""
        fits = any(_verified(stored or _NOBODY, form) for form in _forms(password))
        return fits and stored is not None

    def renewed(self, stored: str, password: str) -> str | None:
        """Returns a new hash for a right password if the stored hash has older parameters, else None."""
        if not _hasher.check_needs_rehash(stored) and (password.isascii() or _verified(stored, prepare(password))):
            return None
        return self.hash(password)


def _forms(password: str) -> list[str]:
    """Returns the spellings that may have been hashed; older hashes are of the spelling that the keyboard sent."""
    return list(dict.fromkeys((prepare(password), password, unicodedata.normalize("NFD", password))))


def _verified(stored: str, form: str) -> bool:
    try:
        return _hasher.verify(stored, form)
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False
