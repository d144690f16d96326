"""HTTP routes for reports."""

from collections.abc import Iterator
from typing import Any

from agreements.report import technician_time, utilisation
from agreements.report.schemas import (
    TECHNICIAN_TIME,
    TECHNICIAN_TIME_FILTERS,
    UTILISATION,
    UTILISATION_FILTERS,
)
from common import csvfiles
from common.http.routes import Routes
from common.pages import Page
from common.pdf import reports
from common.pdf.rendering import PDF
from common.roles import STAFF
from common.uow import UnitOfWork

routes = Routes("reports", "Reports over many agreements")

PATH, TIME_PATH = "/reports/agreement-utilisation", "/reports/technician-time"


@routes.list(PATH, "reportAgreementUtilisation", returns=UTILISATION, filters=UTILISATION_FILTERS, roles=STAFF)
def report_utilisation(work: UnitOfWork, page: Page) -> dict[str, Any]:
    """Returns active and suspended block hours agreements, with the pace of the last 30 days."""
    return utilisation.page_of(work, page)


@routes.export(
    f"{PATH}.csv",
    "exportAgreementUtilisation",
    shows=UTILISATION,
    filters=UTILISATION_FILTERS,
    roles=STAFF,
    filename="agreement-utilisation.csv",
)
def export_utilisation(work: UnitOfWork, page: Page) -> Iterator[bytes]:
    """Returns one row per covered service, and one per agreement for hours of no single service."""
    return csvfiles.write(tuple(utilisation.HEADINGS), utilisation.rows(work, page))


@routes.export(
    f"{PATH}.pdf",
    "exportAgreementUtilisationPdf",
    shows=UTILISATION,
    filters=UTILISATION_FILTERS,
    roles=STAFF,
    filename="agreement-utilisation.pdf",
    media_type=PDF,
)
def export_utilisation_pdf(work: UnitOfWork, page: Page) -> Iterator[bytes]:
    return reports.made_of(work, "Agreement utilization", utilisation.HEADINGS, utilisation.rows(work, page))


@routes.list(TIME_PATH, "reportTechnicianTime", returns=TECHNICIAN_TIME, filters=TECHNICIAN_TIME_FILTERS, roles=STAFF)
def report_technician_time(work: UnitOfWork, page: Page) -> dict[str, Any]:
    """Returns the time of each technician. A technician sees time of visible clients only."""
    return technician_time.page_of(work, page)


@routes.export(
    f"{TIME_PATH}.csv",
    "exportTechnicianTime",
    shows=TECHNICIAN_TIME,
    filters=TECHNICIAN_TIME_FILTERS,
    roles=STAFF,
    filename="technician-time.csv",
)
def export_technician_time(work: UnitOfWork, page: Page) -> Iterator[bytes]:
    return csvfiles.write(tuple(technician_time.HEADINGS), technician_time.rows(work, page))


@routes.export(
    f"{TIME_PATH}.pdf",
    "exportTechnicianTimePdf",
    shows=TECHNICIAN_TIME,
    filters=TECHNICIAN_TIME_FILTERS,
    roles=STAFF,
    filename="technician-time.pdf",
    media_type=PDF,
)
def export_technician_time_pdf(work: UnitOfWork, page: Page) -> Iterator[bytes]:
    return reports.made_of(work, "Technician time", technician_time.HEADINGS, technician_time.rows(work, page))
