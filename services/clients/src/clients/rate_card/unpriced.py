"""A rate card row as those read it who are not to see money."""

from typing import Any

from clients.rate_card.models import ClientService

MONEY = frozenset({"default_rate", "custom_rate", "effective_rate", "review_rate", "next_rate"})


class Unpriced:
    """The row without its amounts. Badge and source, which follow from them, still say what is true."""

    def __init__(self, row: ClientService) -> None:
        self._row = row

    def __getattr__(self, name: str) -> Any:
        return None if name in MONEY else getattr(self._row, name)
