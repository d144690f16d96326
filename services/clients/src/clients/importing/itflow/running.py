"""Importing an ITFlow database: planned whole, carried out without a mistake, and reported table by table."""

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
    """`row` is the row's number in ITFlow."""

    table = fields.String()


class DumpTable(Schema):
    """`unknown_columns` are not ITFlow's as it is known here, `left_columns` are and have no place here.

    `skipped` rows belong to no client.
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
    """The report; raises Refused before anything is written."""
    found = dump.read(data, WANTED)
    if "clients" not in found:
        raise Invalid({"file": ["This dump has no clients table, so it is not an ITFlow database."]})
    contents = mapping.contents(found)
    if not dry_run:
        present.take_turns(work)
    standing = present.read(work, [], _names(contents.clients), lock=not dry_run)
    present.read_cards_and_assets(work, standing)
    planner = Planner(standing, work.organisation)
    with work.session.no_autoflush:
        plan = planner.all(contents)
    if not dry_run:
        if failed := sum(line.action == ERROR for line in plan.lines()):
            raise Refused(failed, DUMP_REPORT.dump(_report(found, planner, plan, dry_run=True)))
        writing.write(work, plan, standing)
        work.flush()
    return _report(found, planner, plan, dry_run=dry_run)


def _names(clients: Iterable[mapping.Entry]) -> list[str]:
    """Also those under which a second client of one name would be found."""
    names = [(entry.given.get("name", ""), entry.row) for entry in clients]
    return [name for name, _ in names] + [f"{name[:180]} (ITFlow {row})" for name, row in names]


def _report(found: dict[str, dump.Table], planner: Planner, plan: Plan, *, dry_run: bool) -> dict[str, Any]:
    lines = list(plan.lines())
    return report(lines, dry_run=True) | {
        "dry_run": dry_run,
        "tables": [_table(found, source, planner, lines) for source in SOURCES if source.name in found],
        "other_tables": sorted(found.keys() - WANTED),
    }


def _table(found: dict[str, dump.Table], source: Any, planner: Planner, lines: Iterable[Line]) -> dict[str, Any]:
    table = found[source.name]
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
