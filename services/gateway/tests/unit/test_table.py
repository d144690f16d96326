"""Where requests go."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.contract import FRAGMENT
from gateway.proxy.table import OWN, ROUTES, Table, segments_of

TABLE = Table()
SERVICES = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("services", "catalog"),
        ("services/42/archive", "catalog"),
        ("tax-codes", "catalog"),
        ("clients", "clients"),
        ("clients/42", "clients"),
        ("clients/42/services/7", "clients"),
        ("clients/42/balance", "billing"),
        ("clients/42/statement", "billing"),
        ("clients/42/ageing", "billing"),
        ("clients/42/balances", "clients"),
        ("reference/countries", "clients"),
        ("agreements/1/hours", "agreements"),
        ("work-orders/1/time-entries", "agreements"),
        ("invoices/1/pdf", "billing"),
        ("jobs/invoice_run/run", "billing"),
        ("jobs/hour_grants/runs", "agreements"),
        ("notifications/1/resend", "notifications"),
    ],
)
def test_the_longest_pattern_decides(path, service):
    assert TABLE.find(path.split("/")).service == service


@pytest.mark.parametrize(
    "path", ["users", "audit-log", "dashboard", "catalog/dashboard", "jobs", "jobs/unknown/run", "x"]
)
def test_what_is_the_gateways_own_or_nobodys_is_not_forwarded(path):
    assert TABLE.find(path.split("/")) is None


def test_what_takes_long_is_given_long():
    """Runs, imports, exports and documents: with an ordinary route's few seconds they would be cut off."""
    paths = [
        path.removeprefix("/api/v1/")
        for document in SERVICES.glob("*/openapi.json")
        for path in json.loads(document.read_text())["paths"]
    ]
    slow = [path for path in paths if path.endswith(("/run", "/import", "/import/itflow", "/export", "/pdf"))]

    routes = {path: TABLE.find(path.split("/")) for path in slow}

    assert len(routes) > 8
    assert [path for path, route in routes.items() if route is not None and not route.long] == []


@pytest.mark.parametrize("service", ["clients", "agreements", "notifications"])
def test_parts_of_the_dashboard_lead_nowhere(service):
    assert TABLE.find([service, "dashboard"]).service == ""


def test_runs_get_minutes_and_imports_get_room():
    assert TABLE.find(["invoice-runs"]).long
    assert TABLE.find(["jobs", "invoice_run", "run"]).long
    assert not TABLE.find(["invoices"]).long
    assert TABLE.find(["services", "import"]).largest_body > TABLE.find(["services"]).largest_body
    dump = TABLE.find(["clients", "import", "itflow"])
    assert dump.largest_body > TABLE.find(["clients", "import"]).largest_body


def test_the_gateway_answers_for_activity_itself():
    assert TABLE.find(["clients", "42", "activity"]) is None
    assert TABLE.find(["services", "42", "activity"]) is None


@given(
    st.sampled_from([route for route in ROUTES if route.service != OWN]),
    st.lists(st.text("abc-123", min_size=1), max_size=4),
)
def test_what_lies_below_a_pattern_goes_the_same_way_or_to_a_longer_one(route, below):
    found = TABLE.find([*route.pattern.replace("*", "id").split("/"), *below])

    assert found is not None
    assert len(found.pattern.split("/")) >= len(route.pattern.split("/"))


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/services/../users",
        "/api/v1/./services",
        "/api/v1//services",
        "/api/v1/clients\\dashboard",
        "/api/v1/services\x00",
        "/api/v1/ser\nvices",
    ],
)
def test_paths_of_two_meanings_are_refused(path):
    assert segments_of(path) is None


def test_a_slash_at_the_end_changes_nothing():
    assert segments_of("/api/v1/clients/dashboard/") == ["api", "v1", "clients", "dashboard"]


@pytest.mark.parametrize("service", ["agreements", "billing", "catalog", "clients", "notifications"])
def test_every_documented_path_leads_to_the_service_that_documents_it(service):
    document = SERVICES / service / "openapi.json"
    wrong = []
    for path in json.loads(document.read_text())["paths"]:
        route = TABLE.find(path.removeprefix("/api/v1/").split("/"))
        if not FRAGMENT.match(path) and (route is None or route.service != service):
            wrong.append(path)

    assert wrong == []
