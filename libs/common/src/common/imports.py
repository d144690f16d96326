"""The answer of imports: the result or, in a dry run, the preview of each row."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from marshmallow import Schema, fields

from common import fields as own
from common.csvfiles import Row
from common.errors import DomainError
from common.uow import UnitOfWork

CREATE, UPDATE, UNCHANGED, ERROR = ACTIONS = ("create", "update", "unchanged", "error")


ALL, GOOD = "all", "good"


class Line(Protocol):
    """A row of the file with its result."""

    @property
    def row(self) -> int: ...
    @property
    def action(self) -> str: ...
    @property
    def id(self) -> UUID | None: ...
    @property
    def name(self) -> str | None: ...
    @property
    def changes(self) -> Mapping[str, Mapping[str, Any]]: ...
    @property
    def errors(self) -> Mapping[str, Sequence[str]]: ...
    @property
    def warnings(self) -> Mapping[str, Sequence[str]]: ...


class ImportQuery(Schema):
    dry_run = fields.Boolean(load_default=True, metadata={"description": "Dry run: preview only. Send false to import"})


class TableQuery(ImportQuery):
    rows = own.one_of(
        ALL,
        GOOD,
        load_default=ALL,
        metadata={"description": "all: all rows or none; good: skip the rows with errors"},
    )


class FieldChange(Schema):
    before = fields.Raw(allow_none=True)
    after = fields.Raw(allow_none=True)


def _messages() -> fields.Dict:
    return fields.Dict(keys=fields.String(), values=fields.List(fields.String()))


class ImportResult(Schema):
    """The result of a row. `errors` and `warnings` are by column; `_row` is the row as a whole."""

    row = fields.Integer(metadata={"description": "The header is row 1"})
    action = own.one_of(*ACTIONS)
    id = fields.UUID(allow_none=True)
    name = fields.String(allow_none=True)
    changes = fields.Dict(keys=fields.String(), values=fields.Nested(FieldChange()))
    errors = _messages()
    warnings = _messages()


class ImportReport(Schema):
    dry_run = fields.Boolean()
    rows = fields.Integer()
    created = fields.Integer()
    updated = fields.Integer()
    unchanged = fields.Integer()
    failed = fields.Integer()
    warned = fields.Integer()
    results = fields.List(fields.Nested(ImportResult()))


IMPORT_QUERY, TABLE_QUERY, IMPORT_REPORT = ImportQuery(), TableQuery(), ImportReport()


class Refused(DomainError):
    """Raised if rows have errors, so that nothing was written; the problem contains the report."""

    status, title = 422, "Nothing was imported"

    def __init__(self, failed: int, report: Mapping[str, Any]) -> None:
        rows = "1 row has errors" if failed == 1 else f"{failed} rows have errors"
        super().__init__(f"{rows}, so nothing was imported. Fix the rows and import the file again.")
        self.members = {"report": report}


def report(lines: Iterable[Line], *, dry_run: bool, rows: str = ALL) -> dict[str, Any]:
    """Returns the answer of an import. Raises Refused if rows have errors in a real run of all rows, or if all have."""
    results = sorted(lines, key=lambda line: line.row)
    counts = Counter(line.action for line in results)
    answer = {
        "dry_run": dry_run,
        "rows": len(results),
        "created": counts[CREATE],
        "updated": counts[UPDATE],
        "unchanged": counts[UNCHANGED],
        "failed": counts[ERROR],
        "warned": sum(bool(line.warnings) for line in results),
        "results": results,
    }
    if counts[ERROR] and not dry_run and (rows == ALL or counts[ERROR] == len(results)):
        raise Refused(counts[ERROR], IMPORT_REPORT.dump(answer))
    return answer


class Run(Protocol):
    """An import of table rows: returns a line for each, in order; a real run raises Refused for a failed one."""

    def __call__(self, work: UnitOfWork, rows: Sequence[Row], *, dry_run: bool) -> Sequence[Line]: ...


def perform(work: UnitOfWork, table: Sequence[Row], run: Run, *, dry_run: bool, rows: str) -> dict[str, Any]:
    """Returns the report of an import: a dry run, a run of all rows or none, or a run of the good rows alone.

    A dry run finds the good rows first, so that a bad row has no effect, such as a new category.
    """
    failed: list[Line] = []
    if rows == GOOD and not dry_run:
        preview = run(work, table, dry_run=True)
        failed = [line for line in preview if line.action == ERROR]
        bad = {line.row for line in failed}
        table = [row for row in table if row.number not in bad]
    lines = run(work, table, dry_run=dry_run) if table else []
    work.flush()
    return report([*lines, *failed], dry_run=dry_run, rows=rows)


def refuse_failed(lines: Sequence[Line], *, dry_run: bool) -> None:
    """Raises Refused in a real run if a row has errors. Call it before writing anything."""
    if not dry_run and any(line.action == ERROR for line in lines):
        report(lines, dry_run=False)
