"""A rate card row without amounts."""

from typing import Any

from clients.rate_card.models import ClientService

MONEY = frozenset({"default_rate", "custom_rate", "effective_rate", "review_rate", "next_rate"})


class Unpriced:
    """A row without its amounts. Badge and source are still computed from the amounts."""

    def __init__(self, row: ClientService) -> None:
        self._row = row

    def __getattr__(self, name: str) -> Any:
        return None if name in MONEY else getattr(self._row, name)
