"""Marshmallow fields and validators with one meaning across all services."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from marshmallow import ValidationError, fields, validate

from common import audience, emails
from common.money import currencies
from common.numbers import NotANumber, decimal_number, whole_number
from common.texts import trimmed

LARGEST = Decimal("9999999999999.99")


class Number(fields.Field[Decimal]):
    """A decimal string such as "125.00". JSON numbers are taken too if exact; never NaN, never an exponent."""

    default_error_messages = {  # noqa: RUF012 - marshmallow declares it so
        "invalid": 'Enter an amount, such as "125.00".',
        "digits": "At most {places} decimal places.",
        "range": "Too large: at most 9999999999999.99.",
        "negative": "Must not be negative.",
        "positive": "Must be greater than 0.",
    }

    def __init__(
        self,
        *,
        places: int = 4,
        minimum: str | None = None,
        maximum: str | None = None,
        above_zero: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.places, self.minimum, self.maximum, self.above_zero = places, minimum, maximum, above_zero

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else written(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, (str, int, float, Decimal)):
            raise self.make_error("invalid")
        try:
            amount = decimal_number(str(value))
        except NotANumber as error:
            raise ValidationError(str(error)) from error
        exponent = int(amount.as_tuple().exponent)
        if -exponent > self.places:
            raise self.make_error("digits", places=self.places)
        if abs(amount) > LARGEST:
            raise self.make_error("range")
        if self.above_zero and amount <= 0:
            raise self.make_error("positive")
        if self.minimum is not None and amount < Decimal(self.minimum):
            raise self.make_error("negative") if self.minimum == "0" else ValidationError(f"At least {self.minimum}.")
        if self.maximum is not None and amount > Decimal(self.maximum):
            raise ValidationError(f"At most {self.maximum}.")
        return amount


class Money(Number):
    """An amount, cost, rate or price. In a response `seen_by` names the roles that see it."""

    def __init__(
        self, *, seen_by: frozenset[str] | None = None, metadata: Mapping[str, Any] | None = None, **options: Any
    ) -> None:
        told = dict(metadata or {})
        super().__init__(metadata=audience.seen_by(seen_by, **told) if seen_by else told, **options)


class Percent(Number):
    """A percentage, such as "7.50"."""


class Hours(Number):
    """Hours in steps of 0.01."""

    def __init__(self, **options: Any) -> None:
        super().__init__(places=2, **options)


class Integer(fields.Integer):
    """A whole number. A query's text is digits alone; with `strict` JSON must have a number. Never 12.7 or "1_0"."""

    default_error_messages = {"invalid": "Must be a whole number such as 30."}  # noqa: RUF012 - as marshmallow has it

    def _validated(self, value: Any) -> int:
        if isinstance(value, str) and not self.strict:
            try:
                return whole_number(value)
            except NotANumber as error:
                raise ValidationError(str(error)) from error
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.make_error("invalid")
        return value


def written(value: Any) -> str:
    """Returns a number as JSON carries it. A text that is written so already is most of what lists contain."""
    text = str(value)
    return text if text[-3:-2] == "." and text[0] != "-" and "E" not in text else plain(Decimal(value))


def plain(value: Decimal) -> str:
    """Returns the decimal as JSON text: no exponent, at least two places, no sign before zero."""
    if not value:
        value = value.copy_abs()
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent > -2:
        value = value.quantize(Decimal("0.01"))
    return format(value, "f")


class Email(fields.String):
    """A valid address, stored as typed with its domain in lower case; a name or `mailto:` around it is left out."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            return emails.checked(text)
        except ValueError as error:
            raise ValidationError(f'"{text}" is not a valid email address: {error}') from error


class Whole(fields.Nested):
    """Something with fields of its own that a PATCH replaces as a whole: partial loading of the rest stops here."""

    def _load(self, value: Any, partial: Any = None) -> Any:
        return super()._load(value, partial=False)


class Rows(fields.List[Any]):
    """A list whose rows are loaded one by one later, so that a bad row has errors of its own. Documented as a list."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        if not isinstance(value, list):
            raise self.make_error("invalid")
        return value


def text(longest: int, *, required: bool = False, **options: Any) -> fields.String:
    """Returns a field that trims its text. A required text must not be blank."""
    shortest = 1 if required else 0
    return Trimmed(required=required, validate=validate.Length(min=shortest, max=longest), **options)


def line(longest: int, **options: Any) -> fields.String:
    """Returns a field for a text of one line, such as the name in a mail's header."""
    return OneLine(validate=validate.Length(max=longest), **options)


class Trimmed(fields.String):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        given = super()._deserialize(value, attr, data, **kwargs)
        if "\x00" in given:
            raise ValidationError("Must not contain NUL characters.")
        return trimmed(given)


class OneLine(Trimmed):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        given = super()._deserialize(value, attr, data, **kwargs)
        if len(given.splitlines()) > 1:
            raise ValidationError("Must be one line. Remove the line breaks.")
        return given


def currency(**options: Any) -> fields.String:
    return fields.String(validate=_known_currency, metadata={"format": "ISO 4217", "example": "USD"}, **options)


def _known_currency(code: str) -> None:
    if code not in currencies():
        raise ValidationError(f'"{code}" is not an ISO 4217 currency code. Use one such as USD or KYD.')


def one_of(*choices: str, **options: Any) -> fields.String:
    return fields.String(validate=validate.OneOf(choices, error="Must be one of: {choices}."), **options)


def confirm() -> fields.Boolean:
    """Accepts what a 422 with `confirmable: true` asked about (`common.plausible`)."""
    text = "True: accept unusual values after a 422 with confirmable: true"
    return fields.Boolean(load_default=False, load_only=True, metadata={"description": text})


EARLIEST, LATEST = date(1970, 1, 1), date(2999, 12, 31)


def day(**options: Any) -> fields.Date:
    """Returns a field for an ISO date from 1970 to 2999. Other years are typing errors ("0205-11-30")."""
    return Day(format="iso", validate=validate.Range(EARLIEST, LATEST), **options)


class Day(fields.Date):
    """YYYY-MM-DD and no other of ISO 8601's spellings."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date:
        if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValidationError('Not a valid date. Use a format such as "2025-11-30".')
        return super()._deserialize(value, attr, data, **kwargs)


def time_zone(**options: Any) -> fields.String:
    return fields.String(validate=_known_zone, metadata={"example": "America/Cayman"}, **options)


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    """Returns all time zones. Cached, because each call walks through the system's folders."""
    return frozenset(available_timezones())


def _known_zone(name: str) -> None:
    if name not in _zones():
        raise ValidationError(f'"{name}" is not a time zone. Use a tz database name such as America/Cayman.')


class Language(fields.String):
    """A BCP 47 tag that CLDR knows, such as "en-US"."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            return str(Locale.parse(text.replace("_", "-"), sep="-")).replace("_", "-")
        except (UnknownLocaleError, ValueError) as error:
            raise ValidationError(f'"{text}" is not a language tag. Use one such as en-US.') from error
