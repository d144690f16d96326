"""What a slip of the finger looks like: days too far off and amounts no invoice has."""

from datetime import date, timedelta

from common.errors import Invalid
from common.http.fields import LARGEST

BACK = timedelta(days=366)
AHEAD = timedelta(days=31)
TOMORROW = timedelta(days=1)
"""Money may have come in where the day is already the next one."""

TOO_LARGE = f"Comes to more than {LARGEST:,}."


def issued_on(day: date, today: date) -> None:
    if not today - BACK <= day <= today + AHEAD:
        raise Invalid({"issued_on": [f"Choose a day from {today - BACK} to {today + AHEAD}."]})


def as_of(day: date, today: date) -> None:
    """A run may catch up with any past, but not bill far ahead."""
    if day > today + AHEAD:
        raise Invalid({"as_of": [f"At the latest {today + AHEAD}."]})


def received_on(day: date, today: date) -> None:
    if day > today + TOMORROW:
        raise Invalid({"received_on": ["Money cannot have been received in the future."]})
