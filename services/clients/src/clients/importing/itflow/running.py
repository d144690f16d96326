"""Imports an ITFlow database: plans all rows, writes them if none has an error, and reports by table."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from marshmallow import Schema, fields

from clients.importing import present, writing
from clients.importing.itflow import dump, mapping
from clients.importing.itflow.planning import Planner
from clients.importing.itflow.tables import SOURCES, WANTED
from clients.importing.lines import Plan
from common.errors import Invalid
from common.imports import CREATE, ERROR, UNCHANGED, UPDATE, ImportReport, ImportResult, Refused, report
from common.planning import Line
from common.uow import UnitOfWork

MOST_BYTES = 64 * 1024 * 1024
IMPORTED = ("clients", "locations", "contacts", "services", "domains", "assets")


class DumpResult(ImportResult):
    """The result of a row. `row` is the row's number in ITFlow."""

    table = fields.String()


class DumpTable(Schema):
    """The counts of a table. `unknown_columns` are not columns of ITFlow, `left_columns` are known but not imported.

    `skipped` counts rows without a client.
    """

    name = fields.String()
    rows = fields.Integer()
    created = fields.Integer()
    updated = fields.Integer()
    unchanged = fields.Integer()
    failed = fields.Integer()
    skipped = fields.Integer()
    unknown_columns = fields.List(fields.String())
    left_columns = fields.List(fields.String())


class DumpReport(ImportReport):
    results = fields.List(fields.Nested(DumpResult()))
    tables = fields.List(fields.Nested(DumpTable()))
    other_tables = fields.List(fields.String(), metadata={"description": "Tables of the dump that are not imported"})


DUMP_REPORT = DumpReport()


def run(work: UnitOfWork, data: bytes, *, dry_run: bool) -> dict[str, Any]:
    """Imports the dump and returns the report; raises Refused before writing anything if a row has an error."""
    tables = dump.read(data, WANTED)
    if "clients" not in tables:
        raise Invalid({"file": ["This dump has no clients table, so it is not an ITFlow database."]})
    contents = mapping.contents(tables)
    if not dry_run:
        present.take_turns(work)
    stored = present.read(work, [], _names(contents.clients), lock=not dry_run)
    present.read_cards_and_assets(work, stored)
    planner = Planner(stored, work.organisation)
    with work.session.no_autoflush:
        plan = planner.all(contents)
    if not dry_run:
        if failed := sum(line.action == ERROR for line in plan.lines()):
            raise Refused(failed, DUMP_REPORT.dump(_report(tables, planner, plan, dry_run=True)))
        writing.write(work, plan, stored)
        work.flush()
    return _report(tables, planner, plan, dry_run=dry_run)


def _names(clients: Iterable[mapping.Entry]) -> list[str]:
    """Returns the clients' names and the unique names that clients with duplicate names would get."""
    names = [(entry.given.get("name", ""), entry.row) for entry in clients]
    return [name for name, _ in names] + [f"{name[:180]} (ITFlow {row})" for name, row in names]


def _report(tables: dict[str, dump.Table], planner: Planner, plan: Plan, *, dry_run: bool) -> dict[str, Any]:
    lines = list(plan.lines())
    return report(lines, dry_run=True) | {
        "dry_run": dry_run,
        "tables": [_table(tables, source, planner, lines) for source in SOURCES if source.name in tables],
        "other_tables": sorted(tables.keys() - WANTED),
    }


def _table(tables: dict[str, dump.Table], source: Any, planner: Planner, lines: Iterable[Line]) -> dict[str, Any]:
    table = tables[source.name]
    counts = Counter(line.action for line in lines if getattr(line, "table", None) == source.name)
    return {
        "name": source.name,
        "rows": len(table.rows),
        "created": counts[CREATE],
        "updated": counts[UPDATE],
        "unchanged": counts[UNCHANGED],
        "failed": counts[ERROR],
        "skipped": planner.skipped.get(source.name, 0),
        "unknown_columns": source.unknown(table.columns),
        "left_columns": source.dropped(table.columns),
    }
