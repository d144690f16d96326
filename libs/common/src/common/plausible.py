"""Checks for allowed values that look like a mistake, which the request must confirm."""

from collections.abc import Mapping, Sequence
from datetime import date

from common.errors import Unconfirmed


def require_confirmed(doubts: Mapping[str, Sequence[str]], *, confirm: bool) -> None:
    """Raises Unconfirmed with the reason for each field, unless the request says `confirm: true`.

    Call it after all checks that can't be confirmed, so that a confirmed request does not fail later.
    """
    if doubts and not confirm:
        raise Unconfirmed(doubts)


def years_from(day: date, years: int) -> date:
    """Returns the same day `years` later, or earlier when negative; 29 February becomes 28 in other years."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
