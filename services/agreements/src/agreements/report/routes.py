"""HTTP routes for reports."""

from collections.abc import Iterator
from typing import Any

from agreements.report import utilisation
from agreements.report.schemas import UTILISATION, UTILISATION_FILTERS
from common.http.routes import Routes
from common.pages import Page
from common.roles import STAFF
from common.uow import UnitOfWork

routes = Routes("reports", "Reports over many agreements")

PATH = "/reports/agreement-utilisation"


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
    return utilisation.table(work, page)
