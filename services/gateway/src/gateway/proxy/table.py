"""The routes of all services: the longest matching pattern wins; `*` matches one segment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

MIB = 1024 * 1024
BODY = MIB
FILE_BODY, DUMP_BODY = 11 * MIB, 65 * MIB
"""The services' limits (10 and 64 MiB) with room for a multipart form."""
VISITOR_BODY = 16 * 1024
OWN = "gateway"


@dataclass(frozen=True, slots=True)
class Route:
    service: str
    """An empty text means that no service answers, although a shorter pattern matches."""
    pattern: str
    long: bool = False
    """Runs, exports and PDFs, which may take minutes and have their own share of the threads."""
    largest_body: int = BODY
    visitors: bool = False
    """Whether people without an account may ask, who have a signed link."""


def _to(service: str, *patterns: str, **options: Any) -> list[Route]:
    return [Route(service, pattern, **options) for pattern in patterns]


ROUTES: tuple[Route, ...] = (
    *_to("catalog", "services", "service-categories", "tax-codes", "service-sets", "bundles"),
    *_to("catalog", "reference/subscription-categories"),
    *_to("clients", "clients", "contacts", "assets", "tags", "custom-fields", "reference"),
    *_to("clients", "rate-reviews", "client-services", "services/*/clients"),
    *_to("agreements", "agreements", "work-orders", "time-entries", "time-sheets", "timers", "quick-entries"),
    *_to("agreements", "work-order-forms", "work-order-templates", "recurring-work-orders"),
    *_to("agreements", "reports/agreement-utilisation", "reports/technician-time"),
    *_to("agreements", "incoming-emails"),
    *_to("agreements", "reports/agreement-utilisation.csv", "reports/technician-time.csv", long=True),
    *_to("agreements", "reports/agreement-utilisation.pdf", "reports/technician-time.pdf", long=True),
    *_to("agreements", "agreements/*/hours/statement", long=True),
    *_to("billing", "invoices", "billable-items", "payments", "labor-rates"),
    *_to("billing", "reports/margin", "reports/unbilled-work"),
    *_to("billing", "reports/margin.csv", "reports/unbilled-work.csv", long=True),
    *_to("billing", "reports/margin.pdf", "reports/unbilled-work.pdf", long=True),
    *_to("billing", "clients/*/balance", "clients/*/statement", "clients/*/ageing"),
    *_to("notifications", "notifications"),
    *_to("billing", "invoice-runs", "jobs/invoice_run", "jobs/dunning", long=True),
    *_to(
        "agreements",
        *("jobs/hour_grants", "jobs/block_expiry", "jobs/agreement_expiry", "jobs/recurring_orders"),
        *("jobs/auto_renewals", "jobs/renewal_reminders", "jobs/health_checks"),
        long=True,
    ),
    *_to(
        "clients",
        *("client-services/bulk-change", "rate-reviews/accept", "rate-reviews/decline", "jobs/rate_changes"),
        long=True,
    ),
    *_to("clients", "clients/*/merge", "clients/*/services/copy", "clients/*/services/apply-set", long=True),
    *_to("catalog", "services/bulk", long=True),
    *_to("billing", "invoices/*/pdf", "invoices/*/issue", "invoices/*/send", long=True),
    *_to("notifications", "jobs/digests", long=True),
    *_to("catalog", "jobs/price_changes", long=True),
    *_to("catalog", "services/import", long=True, largest_body=FILE_BODY),
    *_to("clients", "clients/import", "contacts/import", long=True, largest_body=FILE_BODY),
    *_to("clients", "clients/import/itflow", long=True, largest_body=DUMP_BODY),
    *_to("agreements", "time-entries/bulk", long=True),
    *_to(
        "agreements",
        *("agreements/import", "work-orders/import", "time-entries/import"),
        long=True,
        largest_body=FILE_BODY,
    ),
    *_to("agreements", "work-orders/*/attachments", "agreements/*/documents", long=True, largest_body=FILE_BODY),
    *_to("agreements", "signing", visitors=True, largest_body=VISITOR_BODY),
    *_to("agreements", "signing/document", "signing/sign", visitors=True, long=True, largest_body=VISITOR_BODY),
    *_to("catalog", "services/export", long=True),
    *_to("clients", "clients/export", "contacts/export", long=True),
    *_to("billing", "invoices/export", "payments/export", "clients/*/statement/export", long=True),
    *_to(OWN, "clients/*/activity", "agreements/*/activity", "work-orders/*/activity"),
    *_to(OWN, "services/*/activity", "invoices/*/activity"),
    # Parts of the dashboard and of the tasks, which the gateway fetches and merges itself.
    *_to("", "clients/dashboard", "agreements/dashboard", "notifications/dashboard"),
    *_to("", "clients/tasks", "agreements/tasks", "notifications/tasks"),
)


class Table:
    def __init__(self, routes: Iterable[Route] = ROUTES) -> None:
        self._root: dict[Any, Any] = {}
        for route in routes:
            node = self._root
            for segment in route.pattern.split("/"):
                node = node.setdefault(segment, {})
            node[None] = route

    def find(self, segments: Sequence[str]) -> Route | None:
        """Returns the route of a path below /api/v1, given as segments; None if the gateway answers itself."""
        route: Route | None = _deepest(self._root, segments, 0)
        return None if route is None or route.service == OWN else route


def _deepest(node: dict[Any, Any], segments: Sequence[str], at: int) -> Any:
    if at < len(segments):
        for name in (segments[at], "*"):
            child = node.get(name)
            route = _deepest(child, segments, at + 1) if child is not None else None
            if route is not None:
                return route
    return node.get(None)


def segments_of(path: str) -> list[str] | None:
    """Returns the segments of a decoded path; None for a path that readers could interpret differently
    (`..`, `//`, a backslash, control characters)."""
    segments = path.strip("/").split("/") if path.count("//") == 0 else [""]
    if any(segment in {"", ".", ".."} for segment in segments):
        return None
    if "\\" in path or not path.isprintable():
        return None
    return segments
