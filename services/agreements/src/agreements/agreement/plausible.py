"""Agreement dates that look like typing mistakes."""

from collections.abc import Collection
from datetime import date

from agreements.agreement.models import Agreement
from common.plausible import years_from

YEARS_BACK, YEARS_AHEAD = 30, 5
LONGEST_TERM = 80
"""Years; open-ended agreements often end on 31 December 2099."""


def doubts(agreement: Agreement, today: date, names: Collection[str]) -> dict[str, list[str]]:
    """Returns the reasons why fields in `names` may be mistakes, by field."""
    start, end = agreement.start_date, agreement.end_date
    found = {}
    if start < years_from(today, -YEARS_BACK):
        found["start_date"] = [f"{start} is more than {YEARS_BACK} years ago."]
    elif start > years_from(today, YEARS_AHEAD):
        found["start_date"] = [f"{start} is more than {YEARS_AHEAD} years ahead."]
    if end is not None and end > years_from(start, LONGEST_TERM):
        found["end_date"] = [f"{end} is more than {LONGEST_TERM} years after the start ({start})."]
    return {name: messages for name, messages in found.items() if name in names}
