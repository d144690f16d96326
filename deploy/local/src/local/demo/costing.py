"""Sets labor rates for the technicians of the demo."""

from datetime import date, timedelta
from itertools import cycle

from local.api import Api

RATES = ("46.00", "52.50", "61.00")
RAISE = ("48.50", "55.00", "64.00")
HALF_A_YEAR = timedelta(days=182)


def set_labor_rates(api: Api, today: date) -> None:
    """Gives each technician without a rate one since last year, and a raise half a year ago."""
    begin = date(today.year - 1, 1, 1)
    rates = cycle(zip(RATES, RAISE, strict=True))
    for technician in list(api.items("/labor-rates")):
        first, second = next(rates)
        if not technician["rates"]:
            for day, rate in ((begin, first), (today - HALF_A_YEAR, second)):
                body = {"technician_id": technician["technician_id"], "valid_from": day.isoformat(), "rate": rate}
                api.post("/labor-rates", body)
