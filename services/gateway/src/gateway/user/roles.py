"""The seven roles, and the roles each may grant."""

from dataclasses import dataclass

from common.roles import CLIENT_USERS

SUPER_ADMIN = "super_admin"
SUPER_ADMINS = frozenset({SUPER_ADMIN})


@dataclass(frozen=True)
class Role:
    name: str
    title: str
    description: str
    scope: str
    """ "msp" sees all clients (technicians: assigned clients), "client" one client only."""

    @property
    def includes(self) -> list[str]:
        return [name for name in NAMES if name in within(self.name)]


ROLES = (
    Role(SUPER_ADMIN, "Super administrator", "Everything, settings and keys included.", "msp"),
    Role("admin", "Administrator", "Everything but super administrators.", "msp"),
    Role("manager", "Account manager", "Clients, agreements, subscriptions and renewals.", "msp"),
    Role("billing", "Billing", "Invoices, payments and reports.", "msp"),
    Role("technician", "Technician", "Work, time and assets of assigned clients; no money.", "msp"),
    Role(
        "client_admin",
        "Client administrator",
        "Their own client: sees all, approves, pays.",
        "client",
    ),
    Role("client_user", "Client user", "Their own client: sees it and submits work orders.", "client"),
)
NAMES = tuple(role.name for role in ROLES)

_BELOW = {
    SUPER_ADMIN: {"admin", "manager", "billing", "technician"},
    "admin": {"manager", "billing", "technician"},
    "manager": {"technician"},
    "client_admin": {"client_user"},
}


def within(role: str) -> frozenset[str]:
    """Returns the roles that do not exceed `role`, which its holder can grant to an API key."""
    return frozenset({role} | _BELOW.get(role, set()))


def scope_of(role: str) -> str:
    return next(known.scope for known in ROLES if known.name == role)


def of_client(role: str) -> bool:
    return role in CLIENT_USERS
