"""Routes of plan attributes."""

from typing import Any

from catalog.plan.attributes import SUBSCRIPTION_CATEGORIES
from catalog.plan.schemas import CATEGORIES
from common.http.routes import Routes
from common.roles import STAFF
from common.uow import UnitOfWork

routes = Routes("plans", "Plan attributes of recurring services, by subscription category")


@routes.get("/reference/subscription-categories", "listSubscriptionCategories", returns=CATEGORIES, roles=STAFF)
def list_subscription_categories(work: UnitOfWork) -> dict[str, Any]:
    """Lists the categories in display order, each with its typed attributes."""
    return {"items": list(SUBSCRIPTION_CATEGORIES.values())}
