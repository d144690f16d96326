"""The state of an import: the API, known names, and the result of each row."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from rich.progress import track

from common.roles import WORKERS
from local.api import Api, Problem
from local.importer.sheets import Row, RowError

T = TypeVar("T")
Record = dict[str, object]
CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"


@dataclass
class Session:
    api: Api
    quiet: bool = False
    confirm: bool = False
    """Accepts values that the API asks to confirm, such as days long ago."""
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    last_entries: dict[str, str] = field(default_factory=dict)
    """The newest billable time entry logged for each client, by client id."""

    def each(self, label: str, rows: Iterable[Row], load: Callable[["Session", Row], str]) -> None:
        """Imports the rows in order. A failed row is reported with its line, and the next one follows."""
        for row in self.track(label, list(rows)):
            with self.reporting(label, row):
                row.check()
                self.count(label, load(self, row))

    def track(self, label: str, parts: Sequence[T]) -> Iterable[T]:
        """Returns the parts, showing the progress."""
        self.counts.setdefault(label, Counter())
        return track(parts, description=f"{label:<18}", disable=self.quiet)

    def count(self, label: str, outcome: str) -> None:
        self.counts[label][outcome] += 1

    @contextmanager
    def reporting(self, label: str, row: Row) -> Iterator[None]:
        """Reports an error of the row with its line."""
        try:
            yield
        except (RowError, Problem) as error:
            self.count(label, "errors")
            self.errors.append(f"{row.file}:{row.line}: {error}")

    def warn(self, row: Row, text: str) -> None:
        self.warnings.append(f"{row.file}:{row.line}: {text}")

    @cached_property
    def services(self) -> dict[str, Record]:
        """Returns catalog services by lower-case name."""
        return {str(item["name"]).lower(): item for item in self.api.items("/services")}

    @cached_property
    def clients(self) -> dict[str, Record]:
        return {str(item["name"]).lower(): item for item in self.api.items("/clients")}

    @cached_property
    def tax_codes(self) -> dict[str, Record]:
        return {str(item["name"]): item for item in self.api.items("/tax-codes")}

    @cached_property
    def technicians(self) -> dict[str, list[str]]:
        """Returns the ids of users who may log time, by lower-case name."""
        found: dict[str, list[str]] = defaultdict(list)
        for user in self.api.items("/users"):
            if user["role"] in WORKERS:
                found[str(user["name"]).strip().lower()].append(str(user["id"]))
        return found

    @cached_property
    def agreements(self) -> dict[tuple[str, str], Record]:
        """Returns agreements by client id and lower-case name."""
        return {(str(item["client_id"]), str(item["name"]).lower()): item for item in self.api.items("/agreements")}

    @cached_property
    def cards(self) -> dict[str, dict[str, Record]]:
        return {}

    def client(self, row: Row) -> Record:
        name = row.required("client")
        found = self.clients.get(name.lower())
        if found is None:
            raise RowError(f'client: no client is named "{name}"')
        return found

    def card(self, client_id: str, *, fresh: bool = False) -> dict[str, Record]:
        """Returns a client's rate card by lower-case service name."""
        if fresh or client_id not in self.cards:
            items = self.api.items(f"/clients/{client_id}/services")
            self.cards[client_id] = {str(item["name"]).lower(): item for item in items}
        return self.cards[client_id]
