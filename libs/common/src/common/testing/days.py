"""The day on which a test runs."""

from datetime import date

from common.clock import date_in, now
from common.organisation.settings import DEFAULTS


def today() -> date:
    """Returns the MSP's date under the default settings. In UTC it may be tomorrow already."""
    return date_in(DEFAULTS.time_zone, now())
