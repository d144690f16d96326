"""Rules about imports, which keep parts independent."""

import ast

import pytest

SERVICES = {"agreements", "billing", "catalog", "clients", "gateway", "notifications"}
EDGE = {"routes", "schemas"}

PURE = (
    "agreements.agreement.hour_math",
    "agreements.work.billed_hours",
    "billing.composition",
    "billing.periods",
    "billing.proration",
    "billing.price_models",
    "billing.rates",
    "billing.taxes",
    "catalog.bundle.pricing",
    "catalog.tax.combining",
    "common.minor_units",
    "common.money",
    "common.pricing",
    "common.rates",
    "gateway.limits.window",
    "common.backoff",
)
"""Arithmetic modules: numbers in, numbers out. Add new ones here."""

PURE_MAY_IMPORT = {
    "__future__", "babel", "bisect", "calendar", "collections", "copy", "dataclasses", "datetime", "dateutil",
    "decimal", "enum", "fractions", "functools", "itertools", "math", "operator", "re", "types", "typing",
    "uuid", "zoneinfo",
}  # fmt: skip
CLOCKS = {"now", "today", "utcnow", "monotonic", "time", "perf_counter", "time_ns", "sleep"}


def test_all_packages_are_read(modules):
    assert {"common.uow", "catalog.wiring"} <= set(modules)
    assert "common.uow" in modules["catalog.service.editing"].imports


def test_no_service_imports_another(modules):
    assert [
        f"{module.where} imports {name}"
        for module in modules.values()
        if module.package in SERVICES
        for name in sorted(module.imports)
        if name.split(".")[0] in (SERVICES | {"local"}) - {module.package}
    ] == []


def test_common_and_local_import_no_service(modules):
    assert [
        f"{module.where} imports {name}"
        for module in modules.values()
        if module.package in {"common", "local"}
        for name in sorted(module.imports)
        if name.split(".")[0] in SERVICES or (module.package == "common" and name.split(".")[0] == "local")
    ] == []


def test_product_code_imports_no_test_helpers(modules):
    assert [
        module.where
        for module in modules.values()
        if module.package != "local"
        and not module.name.startswith("common.testing")
        and any(name.startswith(("common.testing", "pytest", "hypothesis")) for name in module.imports)
    ] == []


SPEAKS_HTTP = {
    "clients.bulk_change.running": "keeps the answer of a request for its Idempotency-Key",
}
"""Modules besides routes that may import `common.http`. The gateway is a web server throughout."""


def test_domain_code_imports_nothing_from_common_http(modules):
    """Roles, fields and pages are in `common`."""
    found = {
        module.name
        for module in modules.values()
        if module.package in SERVICES - {"gateway"}
        and not module.name.endswith(("routes", ".wiring"))
        and any(name.startswith("common.http") for name in module.imports)
    }

    assert sorted(found - SPEAKS_HTTP.keys()) == []


def test_rows_are_found_in_queries(modules):
    """A reader looks for `get`, `visible` and `locked` in one place of each feature."""
    found = [
        f"{module.where}: {node.name}"
        for module in modules.values()
        if module.package in SERVICES and not module.name.endswith(".queries")
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef) and node.name in {"get", "visible", "locked"}
    ]

    assert found == []


def test_a_feature_uses_no_other_features_routes_or_schemas(modules):
    """Other features call use cases instead.

    Imports are an exception: they read a table row with the schema of a single change. Timers and approval are
    another: they log and choose time entries, whose schemas `work` still keeps with its use cases. Simulations take
    the body of a new agreement.
    """
    reading = {"importing", "simulation", "time"}
    wrong = []
    for module in modules.values():
        if module.package not in SERVICES or module.feature is None:
            continue
        for name in sorted(module.imports):
            parts = name.split(".")
            if parts[2:3] == ["schemas"] and module.feature in reading:
                continue
            if parts[0] == module.package and len(parts) > 2 and parts[2] in EDGE and parts[1] != module.feature:
                wrong.append(f"{module.where} imports {name}")

    assert wrong == []


def test_use_cases_know_nothing_of_http(modules):
    """Consumers, ticks and commands run models, use cases and handlers too."""
    at_the_edge = {"routes", "schemas", "wiring", "cli", "__init__"}
    features_of_http = {("gateway", "proxy"), ("gateway", "session"), ("gateway", "web"), ("gateway", "dashboard")}
    wrong = [
        f"{module.where} imports {name}"
        for module in modules.values()
        if module.package in SERVICES
        and module.feature is not None
        and module.name.rsplit(".", 1)[-1] not in at_the_edge
        and (module.package, module.feature) not in features_of_http
        for name in sorted(module.imports)
        if name in {"flask", "flask.request", "werkzeug", "flask_smorest"}
    ]

    assert wrong == []


@pytest.mark.parametrize("name", PURE)
def test_arithmetic_knows_neither_session_nor_clock(modules, name):
    if name not in modules:
        pytest.fail(f"{name} is gone: take it off the list, or put its new name there")
    module = modules[name]
    strangers = {
        imported
        for imported in module.imports
        if imported.split(".")[0] not in PURE_MAY_IMPORT
        and not any(imported == pure or imported.startswith(f"{pure}.") for pure in PURE)
        and not any(pure.startswith(f"{imported}.") for pure in PURE)  # "from billing import rates"
    }
    calls = {
        node.func.attr
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
    }

    assert (strangers, calls) == (set(), set())


def test_use_cases_never_commit(modules):
    """The code that opened the unit of work commits; otherwise half a request could be stored."""
    wrong = [
        f"{module.where}:{node.lineno}"
        for module in modules.values()
        if module.package in SERVICES and module.feature is not None
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"commit", "rollback"}
    ]

    assert wrong == []


def test_now_comes_from_the_clock_only(modules):
    """Use cases read work.now; other code reads common.clock, which tests can set."""
    wrong = [
        f"{module.where}:{node.lineno}"
        for module in modules.values()
        if module.package in SERVICES
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "today", "utcnow"}
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date"}
    ]

    assert wrong == []


def test_every_module_says_what_it_is_for(modules):
    """Every module has a docstring, except an empty `__init__`."""
    silent = [
        module.where for module in modules.values() if module.tree.body and ast.get_docstring(module.tree) is None
    ]

    assert silent == []
