"""What plans can be made of."""

from typing import Any

from catalog.plan.attributes import SUBSCRIPTION_CATEGORIES
from catalog.plan.schemas import CATEGORIES
from common.http.auth import STAFF
from common.http.routes import Routes
from common.uow import UnitOfWork

routes = Routes("plans", "What a recurring service can preset for the subscriptions made of it")


@routes.get("/reference/subscription-categories", "listSubscriptionCategories", returns=CATEGORIES, roles=STAFF)
def list_subscription_categories(work: UnitOfWork) -> dict[str, Any]:
    """The categories in the order forms show them, each with its typed attributes."""
    return {"items": list(SUBSCRIPTION_CATEGORIES.values())}
