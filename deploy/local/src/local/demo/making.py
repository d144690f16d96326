"""What every part of the demo is made with."""

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
    """The API, the day the demo's year ends on, and what was made so far by name."""

    api: Api
    today: date
    taxes: dict[str, Record] = field(default_factory=dict)
    services: dict[str, str] = field(default_factory=dict)
    clients: dict[str, Record] = field(default_factory=dict)

    @property
    def a_month_ahead(self) -> str:
        """Scheduled things lie ahead of the real day, whichever day the demo's year ends on."""
        return (max(self.today, datetime.now().astimezone().date()) + relativedelta(months=1)).isoformat()

    def make(self, path: str, body: Record) -> Record:
        """Creates it, or finds the one of that name when an earlier, interrupted demo left it."""
        try:
            made: Record = self.api.post(path, body)
        except Problem as problem:
            if problem.status != 409:
                raise
            name = "key" if "key" in body else "name"
            made = next(item for item in self.api.items(path) if item[name] == body[name])
        return made

    def once(self, path: str, body: Record, what: str) -> Record:
        """Creates what has no name of its own; a demo started again on that day gets the first answer."""
        made: Record = self.api.post(path, body, key=f"demo-{self.today}-{what}")
        return made

    def load(self, path: str, table: bytes) -> dict[str, str]:
        """Imports a table: all rows or none. It may name what has to come from another service as an event first."""
        report = until(lambda: self._loaded(path, table)) or self.api.upload(path, table, dry_run="false")
        return {result["name"]: result["id"] for result in report["results"]}

    def _loaded(self, path: str, table: bytes) -> Record | None:
        try:
            report: Record = self.api.upload(path, table, dry_run="false")
        except Problem as problem:
            if problem.status == 422:
                return None
            raise
        return report


def at_once(function: Callable[[T], R], items: Iterable[T]) -> list[R]:
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(function, items))
