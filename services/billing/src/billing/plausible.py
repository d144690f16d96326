"""Checks for typing mistakes: days too far away and amounts no invoice has."""

from datetime import date, timedelta
from uuid import UUID

from common.clock import date_in
from common.errors import Invalid
from common.fields import LARGEST
from common.ids import born_at
from common.plausible import years_from
from common.uow import UnitOfWork

BACK = timedelta(days=366)
AHEAD = timedelta(days=31)
TOMORROW = timedelta(days=1)
"""A payment may arrive in a time zone where the next day has started."""
YEARS_AHEAD, YEARS_BEFORE_CLIENT = 2, 2

TOO_LARGE = f"The total is more than {LARGEST:,}."


def issued_on(day: date, today: date) -> None:
    if not today - BACK <= day <= today + AHEAD:
        raise Invalid({"issued_on": [f"Choose a date from {today - BACK} to {today + AHEAD}."]})


def as_of(day: date, today: date) -> None:
    """Raises Invalid for a run too far in the future. Any past day is allowed."""
    if day > today + AHEAD:
        raise Invalid({"as_of": [f"Choose {today + AHEAD} or an earlier date."]})


def received_on(day: date, today: date) -> None:
    if day > today + TOMORROW:
        raise Invalid({"received_on": ["The payment date can't be in the future."]})


def doubts_about_payment(work: UnitOfWork, client_id: UUID, received_on: date) -> dict[str, list[str]]:
    """Returns the field and reason if the payment is dated years before the client was added."""
    return _before_client(work, client_id, "received_on", received_on)


def doubts_about_item(work: UnitOfWork, client_id: UUID, dated_on: date) -> dict[str, list[str]]:
    """Returns the field and reason if the item is dated years from now, or years before the client was added."""
    latest = years_from(work.today, YEARS_AHEAD)
    if dated_on > latest:
        return {"dated_on": [f"{dated_on} is more than {YEARS_AHEAD} years from now."]}
    return _before_client(work, client_id, "dated_on", dated_on)


def _before_client(work: UnitOfWork, client_id: UUID, field: str, day: date) -> dict[str, list[str]]:
    """Returns the doubt, from the time in the client's id; none for an id without a time."""
    instant = born_at(client_id)
    if instant is None:
        return {}
    added = date_in(work.organisation.time_zone, instant)
    if day >= years_from(added, -YEARS_BEFORE_CLIENT):
        return {}
    return {field: [f"{day} is more than {YEARS_BEFORE_CLIENT} years before the client was added ({added})."]}
