"""Passwords as they are hashed: any keyboard's spelling of one password is that password."""

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from gateway.user.passwords import Passwords, faults, prepare

PASSWORDS = Passwords(1)
OLD = PasswordHasher(time_cost=1, memory_cost=47104, parallelism=1)
COMPOSED, DECOMPOSED = "Stra\u00dfencaf\u00e9 \u00fcber alles", "Stra\u00dfencafe\u0301 u\u0308ber alles"


@pytest.mark.parametrize("chosen", [COMPOSED, DECOMPOSED])
@pytest.mark.parametrize(
    "typed", [COMPOSED, DECOMPOSED, COMPOSED.replace(" ", "\u00a0"), COMPOSED.replace(" ", "\u3000")]
)
def test_one_password_in_every_spelling(chosen, typed):
    assert PASSWORDS.matches(PASSWORDS.hash(chosen), typed)
    assert not PASSWORDS.matches(PASSWORDS.hash(chosen), typed.upper())


@pytest.mark.parametrize("chosen", [COMPOSED, DECOMPOSED, "no-break\u00a0space is kept", "tab\tin the middle"])
def test_hashes_made_before_keep_working_and_are_renewed(chosen):
    stored = OLD.hash(chosen)

    assert PASSWORDS.matches(stored, chosen)
    renewed = PASSWORDS.renewed(stored, chosen)
    if prepare(chosen) == chosen:
        assert renewed is None
    else:
        assert PASSWORDS.renewed(renewed, chosen) is None
        assert PASSWORDS.matches(renewed, prepare(chosen))


def test_an_old_decomposed_one_is_found_from_a_keyboard_that_composes():
    assert PASSWORDS.matches(OLD.hash(DECOMPOSED), COMPOSED)


@pytest.mark.parametrize("character", ["\t", "\n", "\x00", "\x7f", "\x85", "\u2028"])
def test_control_characters_are_refused(character):
    assert any("control characters" in fault for fault in faults(f"a long enough{character}passphrase", ""))


@pytest.mark.parametrize("password", ["", "e\u0301" * 11, " " * 20])
def test_length_and_variety_are_those_of_the_prepared_password(password):
    assert faults(password, "")


@given(st.text(max_size=50))
def test_preparing_twice_changes_nothing(password):
    assert prepare(prepare(password)) == prepare(password)
