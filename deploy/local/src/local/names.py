"""The services and processes of one system."""

SERVICES = ("catalog", "clients", "agreements", "billing", "notifications", "gateway")
INFRASTRUCTURE = ("postgres", "rabbitmq")
MAILBOX = "mailbox"
SERVICE_DESK = "support@evergreen.example"
"""The address whose emails become work orders."""
LAUNCHER = "launcher"
"""Not in `processes`, because the system works without it."""


def api(service: str) -> str:
    return f"{service}-api"


def worker(service: str) -> str:
    return f"{service}-worker"


def processes(services: tuple[str, ...] = SERVICES) -> tuple[str, ...]:
    """Returns every long-running process in display order."""
    return (*INFRASTRUCTURE, MAILBOX, *(kind(service) for service in services for kind in (api, worker)))
