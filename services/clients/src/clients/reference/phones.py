"""Parses and formats phone numbers."""

from functools import lru_cache

import phonenumbers

from common.errors import Invalid


def e164(text: str, country: str | None, field: str = "phone") -> str:
    """Returns the number in E.164: "(345) 949-1234" of country KY as "+13459491234". Raises Invalid with a hint."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as error:
        raise Invalid({field: [_hint(text, country)]}) from error
    if not phonenumbers.is_possible_number(number):
        raise Invalid({field: [_hint(text, country)]})
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def extension(text: str, country: str | None) -> str | None:
    """Returns the extension of a number that `e164` accepts."""
    return phonenumbers.parse(text, country).extension or None


def display(number: str | None, extension: str | None = None) -> str | None:
    """Returns the international form, such as "+1 345-949-1234 ext. 12"."""
    if number is None:
        return None
    text = _international(number)
    return f"{text} ext. {extension}" if extension else text


@lru_cache(maxsize=50_000)
def _international(number: str) -> str:
    return phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _hint(text: str, country: str | None) -> str:
    if country is None:
        return f'"{text}" is not a valid phone number. Start with the country code, such as +1 345 949 1234.'
    return f'"{text}" is not a valid phone number in {country}. Use the local format, or start with the country code.'
