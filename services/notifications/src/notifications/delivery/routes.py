"""HTTP routes for deliveries."""

from typing import Any
from uuid import UUID

from common.http.routes import Routes
from common.pages import Page
from common.roles import BILLING_READERS
from common.uow import UnitOfWork
from notifications.delivery import queries, resending
from notifications.delivery.models import Delivery
from notifications.delivery.schemas import DETAIL, FILTERS, NOTIFICATION

routes = Routes("notifications", "Emails sent to clients and staff, and their delivery status")


@routes.list("/notifications", "listNotifications", returns=NOTIFICATION, filters=FILTERS, roles=BILLING_READERS)
def list_notifications(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return queries.page_of_deliveries(work, page)


@routes.get("/notifications/<uuid:notification_id>", "getNotification", returns=DETAIL, roles=BILLING_READERS)
def get_notification(work: UnitOfWork, notification_id: UUID) -> Delivery:
    return queries.get(work, notification_id, content=True)


@routes.post(
    "/notifications/<uuid:notification_id>/resend",
    "resendNotification",
    returns=NOTIFICATION,
    roles=BILLING_READERS,
    status=200,
)
def resend_notification(work: UnitOfWork, notification_id: UUID) -> Delivery:
    return resending.resend(work, notification_id)
