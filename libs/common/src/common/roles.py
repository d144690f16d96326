"""The roles of users, and the sets of them that routes and fields name."""

ADMINS = frozenset({"super_admin", "admin"})
MANAGERS = ADMINS | {"manager"}
BILLERS = ADMINS | {"billing"}
BILLING_READERS = BILLERS | {"manager"}
WORKERS = MANAGERS | {"technician"}
STAFF = WORKERS | {"billing"}
CLIENT_USERS = frozenset({"client_admin", "client_user"})
EVERYONE = STAFF | CLIENT_USERS
MONEY_READERS = BILLING_READERS | CLIENT_USERS
"""Technicians do the work; its price is not theirs to read."""

VISITORS = frozenset({"anonymous"})
"""People without an account, who have a signed link."""

TECHNICIAN = "technician"
