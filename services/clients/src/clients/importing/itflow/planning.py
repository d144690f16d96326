"""Plans the import of a dump, from its contents and the stored clients; writes nothing.

ITFlow accepts values that this service does not. A row's required fields must be valid. An invalid value of another
field is moved to the notes with a warning, so that a bad phone number does not stop the import of a client.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from clients import naming
from clients.importing import planning_clients as of_clients
from clients.importing import planning_parts as of_parts
from clients.importing.itflow.mapping import Contents, Entry
from clients.importing.lines import ClientLine, PartLine, Plan
from clients.importing.present import Present
from common.countries import country_code
from common.organisation.settings import Organisation
from common.planning import Line
from common.tasks.progress import counted

L = TypeVar("L", bound=Line)
LONGEST_NOTES = 10_000
"""Longer notes are cut off."""
NEEDED = frozenset({"name", "currency", "rate", "kind", "id"})
LinesByNumber = dict[int, PartLine]
"""Lines by the row's number in ITFlow."""


class Planner:
    """Plans one dump. Remembers each client's line by number and the stored rows that already have a line."""

    def __init__(self, present: Present, organisation: Organisation) -> None:
        self.plan = Plan()
        self.skipped: dict[str, int] = defaultdict(int)
        self._present, self._organisation = present, organisation
        self._owners: dict[int, ClientLine] = {}
        self._taken: set[Any] = set()
        self._names: set[tuple[int, str]] = set()

    def all(self, contents: Contents) -> Plan:
        countries = _countries(contents.locations)
        for entry in counted(contents.clients):
            self._client(entry, countries.get(entry.client))
        places = {entry.row: line for entry, line in self._parts(contents.locations, self._location)}
        people = {}
        for entry, line in self._parts(contents.contacts, self._contact):
            people[entry.row] = line
            _refer(line, "location_id", places, entry.location)
        for entry in contents.locations:
            if entry.row in places:
                _refer(places[entry.row], "contact_id", people, entry.contact)
        for _ in self._parts(contents.services, self._service):
            pass
        for entry, line in self._parts(contents.assets, self._asset):
            _refer(line, "location_id", places, entry.location)
            _refer(line, "contact_id", people, entry.contact)
        return self.plan

    def _client(self, entry: Entry, country: str | None) -> None:
        if country is not None:
            entry.given.setdefault("country", country)
        warnings = self._make_unique(entry, 0)

        def judged(given: dict[str, Any]) -> ClientLine:
            line = ClientLine(entry.row, dict(given))
            of_clients.find(line, self._present, "", given.get("name", ""))
            of_clients.judge(line, self._present, self._organisation)
            return line

        line = _tolerate(entry, judged)
        line.warnings = {**warnings, **line.warnings}
        if line.present is not None and line.status is not None:
            line.changes.pop("status", None)  # the stored status is newer
            line.status = None
        if entry.archived:
            of_clients.move(line, "archived")
        self._owners[entry.client] = line
        self.plan.clients.append(line)

    def _parts(
        self, entries: Iterable[Entry], judge: Callable[[Entry, ClientLine], PartLine]
    ) -> Iterable[tuple[Entry, PartLine]]:
        for entry in entries:
            owner = self._owners.get(entry.client)
            if owner is None:
                self.skipped[entry.table] += 1  # number 0 is the company that runs ITFlow
            else:
                yield entry, judge(entry, owner)

    def _location(self, entry: Entry, owner: ClientLine) -> PartLine:
        def judged(given: dict[str, Any]) -> PartLine:
            line = _line(entry, owner, given)
            known = self._free(self._present.locations, owner)
            line.present = of_parts.location_named(known, given.get("name"))
            of_parts.judge_location(line, self._present)
            return line

        return self._add(self.plan.locations, entry, judged)

    def _contact(self, entry: Entry, owner: ClientLine) -> PartLine:
        def judged(given: dict[str, Any]) -> PartLine:
            line = _line(entry, owner, given)
            known = self._free(self._present.contacts, owner)
            line.present = of_parts.contact_named(known, given.get("email"), given.get("name"))
            of_parts.judge_contact(line, self._present)
            return line

        return self._add(self.plan.contacts, entry, judged)

    def _service(self, entry: Entry, owner: ClientLine) -> PartLine:
        warnings = self._make_unique(entry, entry.client)

        def judged(given: dict[str, Any]) -> PartLine:
            line = _line(entry, owner, given)
            line.present = of_parts.service_named(self._free(self._present.services, owner), given.get("name"))
            of_parts.judge_service(line)
            return line

        line = self._add(self.plan.services, entry, judged)
        line.warnings = {**warnings, **line.warnings}
        if line.present is not None:
            line.warnings.pop("rate", None)
        return line

    def _asset(self, entry: Entry, owner: ClientLine) -> PartLine:
        def judged(given: dict[str, Any]) -> PartLine:
            line = _line(entry, owner, given)
            known = self._free(self._present.assets, owner)
            line.present = of_parts.asset_named(known, given.get("kind"), given.get("name"))
            of_parts.judge_asset(line, self._present)
            return line

        return self._add(self.plan.assets, entry, judged)

    def _add(self, lines: list[PartLine], entry: Entry, judged: Callable[[dict[str, Any]], PartLine]) -> PartLine:
        line = _tolerate(entry, judged)
        if line.present is not None:
            self._taken.add(line.present.id)
            if not entry.archived:
                line.archived = None  # a row archived here stays archived
        lines.append(line)
        return line

    def _free(self, known: dict[Any, list[Any]], owner: ClientLine) -> list[Any]:
        """Returns the owner's stored rows without a line, so that rows with equal names match different rows."""
        of_owner = known.get(owner.client_id, []) if owner.client_id else []
        return [thing for thing in of_owner if thing.id not in self._taken]

    def _make_unique(self, entry: Entry, scope: int) -> dict[str, list[str]]:
        """Makes a name unique, because ITFlow allows duplicate names; returns a warning if the name changed."""
        name = entry.given.get("name", "")
        if (scope, naming.key(name)) not in self._names:
            self._names.add((scope, naming.key(name)))
            return {}
        entry.given["name"] = f"{name[:180]} (ITFlow {entry.row})"
        return {"name": [f'Another row has the name "{name}". Imported as "{entry.given["name"]}".']}


def _line(entry: Entry, owner: ClientLine, given: dict[str, Any]) -> PartLine:
    return PartLine(
        entry.row,
        dict(given),
        name=given.get("name"),
        owner=owner,
        table=entry.table,
        archived=entry.archived,
        becomes_primary=entry.is_primary and not entry.archived,
    )


def _tolerate(entry: Entry, judged: Callable[[dict[str, Any]], L]) -> L:
    """Returns the entry's line, moving invalid values of optional fields to the notes with a warning."""
    given, skipped = dict(entry.given), dict[str, list[str]]()
    line = judged(given)
    while line.errors and all(name in given and name not in NEEDED for name in line.errors):
        skipped |= {name: texts for name, texts in line.errors.items() if name != "notes"}
        words = [f"ITFlow {name}: {given.pop(name)}" for name in line.errors if name != "notes"]
        given["notes"] = "\n".join(filter(None, (*words, given.get("notes"))))[:LONGEST_NOTES]
        line = judged(given)
    warnings = {name: [f"Skipped and kept in the notes: {text}" for text in texts] for name, texts in skipped.items()}
    line.warnings = {**entry.warnings, **line.warnings, **warnings}
    return line


def _refer(line: PartLine, name: str, lines: LinesByNumber, number: int | None) -> None:
    """Sets the reference if the other line has the same client and is not archived."""
    other = lines.get(number or 0)
    if other is not None and other.owner is line.owner and not other.archived:
        line.references[name] = other


def _countries(locations: Iterable[Entry]) -> dict[int, str]:
    """Returns the country of each client's primary or first location, because ITFlow clients have no country."""
    countries: dict[int, str] = {}
    for entry in sorted(locations, key=lambda entry: (not entry.is_primary, entry.row)):
        code = country_code(entry.given.get("country", ""))
        if code is not None:
            countries.setdefault(entry.client, code)
    return countries
