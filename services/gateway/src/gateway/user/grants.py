"""What a signed-in user is offered: pages and buttons ask for these permissions instead of knowing roles.

The routes decide what is allowed; a test compares the two.
"""

from collections.abc import Mapping

from common.roles import ADMINS, BILLERS, BILLING_READERS, MANAGERS, STAFF, WORKERS
from gateway.user.roles import SUPER_ADMINS

ROLES: Mapping[str, frozenset[str]] = {
    "activity.read": MANAGERS,
    "agreements.write": MANAGERS,
    "assets.write": WORKERS,
    "catalog.write": ADMINS,
    "clients.write": MANAGERS,
    "costs.manage": MANAGERS,
    "invoices.read": BILLING_READERS,
    "invoices.write": BILLERS,
    "mail.read": BILLING_READERS,
    "money.read": BILLING_READERS,
    "notes.write": STAFF,
    "settings.read": ADMINS,
    "settings.write": SUPER_ADMINS,
    "time.approve": MANAGERS,
    "time.write": WORKERS,
    "users.manage": ADMINS,
    "views.share": MANAGERS,
    "work.setup": MANAGERS,
}
NAMES = tuple(ROLES)


def permissions_of(role: str) -> list[str]:
    return [name for name, roles in ROLES.items() if role in roles]
