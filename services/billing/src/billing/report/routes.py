"""HTTP routes for billing's reports."""

from collections.abc import Iterator
from typing import Any

from billing.report import margin, unbilled_work
from billing.report.schemas import MARGIN, MARGIN_FILTERS, UNBILLED, UNBILLED_FILTERS
from common import csvfiles
from common.http.routes import Routes
from common.pages import Page
from common.pdf import reports
from common.pdf.rendering import PDF
from common.roles import BILLING_READERS, MANAGERS
from common.uow import UnitOfWork

routes = Routes("billing-reports", "Reports on margin and unbilled work")

MARGINS, UNBILLED_WORK = "/reports/margin", "/reports/unbilled-work"


@routes.list(MARGINS, "reportMargin", returns=MARGIN, filters=MARGIN_FILTERS, roles=MANAGERS)
def report_margin(work: UnitOfWork, page: Page) -> dict[str, Any]:
    """Returns the margin of the work done in the range, by client, agreement or work order."""
    return margin.page_of(work, page)


@routes.export(
    f"{MARGINS}.csv", "exportMargin", shows=MARGIN, filters=MARGIN_FILTERS, roles=MANAGERS, filename="margin.csv"
)
def export_margin(work: UnitOfWork, page: Page) -> Iterator[bytes]:
    return csvfiles.write(tuple(margin.HEADINGS), margin.rows(work, page))


@routes.export(
    f"{MARGINS}.pdf",
    "exportMarginPdf",
    shows=MARGIN,
    filters=MARGIN_FILTERS,
    roles=MANAGERS,
    filename="margin.pdf",
    media_type=PDF,
)
def export_margin_pdf(work: UnitOfWork, page: Page) -> Iterator[bytes]:
    return reports.made_of(work, "Margin", margin.HEADINGS, margin.rows(work, page))


@routes.list(UNBILLED_WORK, "reportUnbilledWork", returns=UNBILLED, filters=UNBILLED_FILTERS, roles=BILLING_READERS)
def report_unbilled_work(work: UnitOfWork, page: Page) -> dict[str, Any]:
    """Returns what each client would be billed at today's rates, the oldest work first."""
    return unbilled_work.page_of(work, page)


@routes.export(
    f"{UNBILLED_WORK}.csv",
    "exportUnbilledWork",
    shows=UNBILLED,
    filters=UNBILLED_FILTERS,
    roles=BILLING_READERS,
    filename="unbilled-work.csv",
)
def export_unbilled_work(work: UnitOfWork, page: Page) -> Iterator[bytes]:
    return csvfiles.write(tuple(unbilled_work.HEADINGS), unbilled_work.rows(work, page))


@routes.export(
    f"{UNBILLED_WORK}.pdf",
    "exportUnbilledWorkPdf",
    shows=UNBILLED,
    filters=UNBILLED_FILTERS,
    roles=BILLING_READERS,
    filename="unbilled-work.pdf",
    media_type=PDF,
)
def export_unbilled_work_pdf(work: UnitOfWork, page: Page) -> Iterator[bytes]:
    return reports.made_of(work, "Unbilled work", unbilled_work.HEADINGS, unbilled_work.rows(work, page))
