"""Helpers to create the parts of the demo."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from dateutil.relativedelta import relativedelta

from local.api import Api, Problem
from local.importer.waiting import until

T = TypeVar("T")
R = TypeVar("R")
Record = dict[str, Any]
THREADS = 4


@dataclass
class Making:
    """The API, the last day of the demo's year, and created records by name."""

    api: Api
    today: date
    taxes: dict[str, Record] = field(default_factory=dict)
    services: dict[str, str] = field(default_factory=dict)
    clients: dict[str, Record] = field(default_factory=dict)
    technicians: dict[str, str] = field(default_factory=dict)
    """Ids of users by name."""

    @property
    def a_month_ahead(self) -> str:
        """Returns a day after the real today, because scheduled changes must be in the future."""
        return (max(self.today, datetime.now().astimezone().date()) + relativedelta(months=1)).isoformat()

    def make(self, path: str, body: Record) -> Record:
        """Creates a record, or returns the one of that name from an earlier, interrupted run."""
        try:
            made: Record = self.api.post(path, body)
        except Problem as problem:
            if problem.status != 409:
                raise
            name = "key" if "key" in body else "name"
            made = next(item for item in self.api.items(path) if item[name] == body[name])
        return made

    def once(self, path: str, body: Record, what: str) -> Record:
        """Creates a record without a name, once per day."""
        made: Record = self.api.post(path, body, key=f"demo-{self.today}-{what}")
        return made

    def load(self, path: str, table: bytes) -> dict[str, str]:
        """Imports a table, all rows or none. Waits for data from other services that the rows name."""
        until(lambda: self.api.upload(path, table)["failed"] == 0)
        report = self.api.upload(path, table, dry_run="false")
        return {result["name"]: result["id"] for result in report["results"]}


def at_once(function: Callable[[T], R], items: Iterable[T]) -> list[R]:
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(function, items))
