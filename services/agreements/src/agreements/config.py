"""Settings of the agreements service beyond the common ones."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from environs import EnvError

import common.config
from common.uow import UnitOfWork

ONE_DAY = Decimal(24)
STEP = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Settings(common.config.Settings):
    time_increment: Decimal | None = None
    """Hours. Each time entry is rounded up to a multiple of this. None bills the worked hours."""
    time_minimum: Decimal | None = None
    """Hours billed at least per entry, unless its service has its own minimum. None: no minimum."""

    @classmethod
    def read(cls, env: Any, prefix: str) -> dict[str, Any]:
        env.add_parser("hours", _hours)
        return super().read(env, prefix) | {
            "time_increment": env.hours("AGREEMENTS_TIME_INCREMENT", "0"),
            "time_minimum": env.hours("AGREEMENTS_TIME_MINIMUM", "0"),
        }


def settings_of(work: UnitOfWork) -> Settings:
    assert isinstance(work.settings, Settings)
    return work.settings


def _hours(value: str) -> Decimal | None:
    """Returns the hours; an empty value or 0 turns the rule off. Raises EnvError for anything else."""
    text = value.strip() or "0"
    hours = Decimal(text) if text.replace(".", "", 1).isdecimal() and text.isascii() else None
    if hours is None or hours > ONE_DAY or hours % STEP:
        raise EnvError(f'"{value}" is not a number of hours from 0.01 to 24 such as 0.25 (0 or empty: off)')
    return hours or None
