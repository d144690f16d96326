"""Validators of the settings."""

import re
from string import Formatter

from marshmallow import ValidationError

from common.colors import is_color

CLOCK = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]|24:00")
MONTH_DAY = re.compile("(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
SHORT_MONTHS = {"02": "28", "04": "30", "06": "30", "09": "30", "11": "30"}
PARTS = ["number", "series", "year"]
LITERALS = re.compile(r"[-/._ ]*")


def color(text: str) -> None:
    if not is_color(text):
        raise ValidationError(f'"{text}" is not a color. Use one such as "#17573a".')


def clock(text: str) -> None:
    if not CLOCK.fullmatch(text):
        raise ValidationError(f'"{text}" is not a time of day. Use one such as "09:00" (00:00 to 24:00).')


def month_day(text: str) -> None:
    match = MONTH_DAY.fullmatch(text)
    if not match or match[2] > SHORT_MONTHS.get(match[1], "31"):
        raise ValidationError(f'"{text}" is not a day that every year has. Use month and day, such as "04-06".')


def series(text: str) -> None:
    if not re.fullmatch("[A-Z]{1,10}", text):
        raise ValidationError("Use 1 to 10 capital letters, such as INV.")


def number_format(text: str) -> None:
    """Requires each part once, so that no two invoices get the same number, and harmless characters between them."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError as error:
        raise ValidationError(_format_message(text)) from error
    fields = [part[1] for part in parts if part[1] is not None]
    plain = all(not part[2] and not part[3] for part in parts)
    if sorted(fields) != PARTS or not plain or not all(LITERALS.fullmatch(part[0]) for part in parts):
        raise ValidationError(_format_message(text))
    if len(text) > 60:
        raise ValidationError("Use at most 60 characters.")


def _format_message(text: str) -> str:
    return (
        f'"{text}" is not a number format. Use {{series}}, {{year}} and {{number}} once each, with - / . _ or spaces '
        "between them, such as {series}-{year}-{number}."
    )
