"""HTTP routes for time entries."""

from typing import Any
from uuid import UUID

from agreements.agreement import block_math
from agreements.agreement.hour_math import level
from agreements.work import bulk, previewing, queries, quick, sheets, time_entries
from agreements.work.correcting import TimeChanges
from agreements.work.logging_time import Logged, NewTime, NewTimes
from agreements.work.models import TimeEntry
from agreements.work.previewing import Preview
from agreements.work.quick import QuickText
from agreements.work.schemas import (
    BULK_REPORT,
    BULK_TIME,
    LOGGED_TIME,
    QUICK_ENTRY,
    QUICK_MATCHES,
    SHEET_ENTRY,
    SPLIT_CHANGES,
    TIME_ENTRY,
    TIME_ENTRY_PATCH,
    TIME_FILTERS,
    TIME_PREVIEW,
    TIME_SHEET,
    TIME_SHEET_QUERY,
)
from common.http.routes import Routes
from common.pages import Page
from common.rates import NONE
from common.roles import STAFF, WORKERS
from common.uow import UnitOfWork

routes = Routes("time-entries", "Time logged on work orders, split into covered and overage hours")

ALL = "/work-orders/<uuid:work_order_id>/time-entries"
ONE = f"{ALL}/<uuid:entry_id>"


@routes.list("/time-entries", "listAllTimeEntries", returns=SHEET_ENTRY, filters=TIME_FILTERS, roles=STAFF)
def list_all_time_entries(work: UnitOfWork, page: Page) -> dict[str, Any]:
    found = queries.page_of_time_entries(work, page)
    queries.name_entries(work, found["items"])
    return found


@routes.get("/time-sheets", "getTimeSheet", query=TIME_SHEET_QUERY, returns=TIME_SHEET, roles=WORKERS)
def get_time_sheet(work: UnitOfWork, query: dict[str, Any]) -> dict[str, Any]:
    return sheets.of_week(work, query.get("technician_id"), query.get("week"))


@routes.post("/quick-entries", "findQuickEntry", body=QUICK_ENTRY, returns=QUICK_MATCHES, roles=WORKERS, status=200)
def find_quick_entry(work: UnitOfWork, body: QuickText) -> dict[str, Any]:
    """Reads a text like "1.5h acme firewall" and finds the open work orders it fits. Writes nothing."""
    return quick.find(work, body)


@routes.list(ALL, "listTimeEntries", returns=TIME_ENTRY, roles=STAFF)
def list_time_entries(work: UnitOfWork, page: Page, work_order_id: UUID) -> dict[str, Any]:
    queries.get_order(work, work_order_id)
    return queries.page_of_time_entries(work, page, work_order_id)


@routes.post(ALL, "logTime", body=TIME_ENTRY, returns=LOGGED_TIME, roles=WORKERS)
def log_time(work: UnitOfWork, body: NewTime, work_order_id: UUID) -> dict[str, Any]:
    return shown(time_entries.log(work, work_order_id, body))


@routes.post("/time-entries/bulk", "logTimeInBulk", body=BULK_TIME, returns=BULK_REPORT, roles=WORKERS, status=200)
def log_time_in_bulk(work: UnitOfWork, body: NewTimes) -> dict[str, Any]:
    """Logs up to 1,000 entries, with the work orders that they name, by the rules of `logTime`.

    All rows or none, or with `rows: good` only the rows without errors. With `dry_run: true` nothing is written.
    """
    return bulk.log(work, body.entries, dry_run=body.dry_run, mode=body.rows)


@routes.post(f"{ALL}/preview", "previewTime", body=TIME_ENTRY, returns=TIME_PREVIEW, roles=WORKERS, status=200)
def preview_time(work: UnitOfWork, body: NewTime, work_order_id: UUID) -> dict[str, Any]:
    return _previewed(previewing.preview(work, work_order_id, body))


@routes.post(
    f"{ONE}/preview", "previewCorrection", body=TIME_ENTRY_PATCH, returns=TIME_PREVIEW, roles=WORKERS, status=200
)
def preview_correction(work: UnitOfWork, body: TimeChanges, work_order_id: UUID, entry_id: UUID) -> dict[str, Any]:
    """Returns the cost of corrected time, and the splits of other time that change. Writes nothing."""
    return _previewed(previewing.preview_correction(work, work_order_id, entry_id, body))


@routes.get(f"{ONE}/deletion-preview", "previewDeletion", returns=SPLIT_CHANGES, roles=WORKERS)
def preview_deletion(work: UnitOfWork, work_order_id: UUID, entry_id: UUID) -> dict[str, Any]:
    """Returns the splits of other time that change if this time is deleted. Writes nothing."""
    return {"items": previewing.preview_deletion(work, work_order_id, entry_id)}


@routes.get(ONE, "getTimeEntry", returns=TIME_ENTRY, roles=STAFF)
def get_time_entry(work: UnitOfWork, work_order_id: UUID, entry_id: UUID) -> TimeEntry:
    return queries.get_entry(work, work_order_id, entry_id)


@routes.patch(ONE, "correctTime", body=TIME_ENTRY_PATCH, returns=LOGGED_TIME, roles=WORKERS)
def correct_time(work: UnitOfWork, body: TimeChanges, work_order_id: UUID, entry_id: UUID) -> dict[str, Any]:
    return shown(time_entries.correct(work, work_order_id, entry_id, body))


@routes.delete(ONE, "deleteTime", roles=WORKERS)
def delete_time(work: UnitOfWork, work_order_id: UUID, entry_id: UUID) -> None:
    time_entries.delete(work, work_order_id, entry_id)


def shown(logged: Logged) -> dict[str, Any]:
    """Returns the response of a logged or corrected entry."""
    entry = {name: getattr(logged.entry, name) for name in TIME_ENTRY.dump_fields}
    return {**entry, "warnings": logged.warnings, "remaining_hours": logged.remaining}


def _previewed(found: Preview) -> dict[str, Any]:
    left, drawn = found.standing, found.placement.drawn
    return {
        "worked_hours": found.entry.hours,
        "billed_hours": found.entry.billed_hours,
        "covered_hours": found.placement.covered,
        "overage_hours": found.placement.overage,
        "billable_hours": found.placement.billable,
        "sources": block_math.sentence(found.entry.billed_hours, drawn) if drawn else None,
        "warnings": found.placement.warnings,
        "total_hours": left.entitled if left else None,
        "remaining_hours": left.remaining if left else None,
        "remaining_percent": left.remaining_percent if left else None,
        "remaining_level": level(left.remaining_percent) if left else None,
        "checks": found.placement.checks,
        "changes": found.changes,
        "currency": found.currency,
        "rate": found.price.rate,
        "rate_source": None if found.price.source == NONE else found.price.source,
        "amount": found.amount,
    }
