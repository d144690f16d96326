"""The reports on margin and unbilled work: figures by hand, filters, files, and a fixed number of statements."""

import csv
import io
from datetime import date

import pytest
import time_machine

from billing.run.routes import INVOICE_RUNS
from common.ids import new_id
from common.pdf.counting import pages_of
from common.testing.database import statements
from common.testing.tasks import run_job

MARGIN, UNBILLED = "/reports/margin", "/reports/unbilled-work"
NOVEMBER = "worked_on_gte=2025-11-01&worked_on_lte=2025-11-30"
FIGURES = ("hours", "revenue_billed", "revenue_unbilled", "labor_cost", "expense_cost", "margin", "margin_percent")


@pytest.fixture(autouse=True)
def at_end_of_november():
    with time_machine.travel("2025-11-30T17:00:00Z", tick=False):
        yield


@pytest.fixture
def bill(app):
    return lambda: run_job(app, INVOICE_RUNS, date(2025, 11, 30)).counts["invoices"]


@pytest.fixture
def dana(deliver, callers):
    user = {"id": new_id(), "name": "Dana Reyes", "role": "technician", "status": "active", "version": 1}
    deliver("gateway.user.created.v1", user)
    for day, rate in (("2025-01-01", "50.00"), ("2025-11-15", "60.00")):
        body = {"technician_id": str(user["id"]), "valid_from": day, "rate": rate}
        assert callers("manager").post("/labor-rates", body).status_code == 201
    return {"technician_id": user["id"], "technician_name": user["name"]}


@pytest.fixture
def acme(world, dana):
    """4 billable hours before and 2 after a new labor rate, 3 covered ones, and parts for 160.00."""
    client = world.client("Acme Corp", tax_code_id=world.tax("8")["id"])
    row = world.card(client, world.service())
    agreement = world.agreement(client, {row["id"]: None}, type="block_hours_prepaid")
    covered = {"agreement_id": agreement["id"], "work_order_number": "WO-2", "billable_hours": "0"}
    world.time(client, row, "4.00", "2025-11-10", **dana)
    world.time(client, row, "2.00", "2025-11-20", **dana)
    world.time(client, row, "3.00", "2025-11-11", **dana, **covered)
    told = {"id": new_id(), "work_order_id": new_id(), "work_order_number": "WO-1", "client_id": client["id"]}
    told |= {"agreement_id": None, "description": "SSD", "quantity": "2", "unit_price": "96.00", "cost": "160.00"}
    told |= {"currency": "USD", "billable": True, "tax_code_id": None, "incurred_on": "2025-11-10", "deleted": False}
    world.tell("agreements.expense.recorded.v1", told | {"version": 1})
    return client | {"agreement": agreement, "row": row}


def figures(row):
    return [row[name] for name in FIGURES]


def test_the_margin_is_the_same_before_and_after_the_invoice(acme, callers, bill):
    manager = callers("manager")
    (row,) = manager.get(f"{MARGIN}?{NOVEMBER}").json["items"]
    # 6 × 125.00 + 2 × 96.00 = 942.00; 7 × 50.00 + 2 × 60.00 = 470.00
    assert figures(row) == ["9.00", "0.00", "942.00", "470.00", "160.00", "312.00", "33.12"]
    assert (row["name"], row["currency"], row["incomplete"]) == ("Acme Corp", "USD", [])
    assert bill() == 1
    (row,) = manager.get(f"{MARGIN}?{NOVEMBER}").json["items"]
    assert figures(row) == ["9.00", "942.00", "0.00", "470.00", "160.00", "312.00", "33.12"]


def test_by_work_order_and_by_agreement(acme, callers, bill):
    manager = callers("manager")
    bill()
    first, second = manager.get(f"{MARGIN}?by=work_order&{NOVEMBER}").json["items"]
    assert (first["name"], first["client_name"]) == ("WO-1", "Acme Corp")
    assert figures(first) == ["6.00", "942.00", "0.00", "320.00", "160.00", "462.00", "49.04"]
    assert (second["name"], second["margin"], second["margin_percent"]) == ("WO-2", "-150.00", None)
    assert second["work_order_id"] is not None
    (row,) = manager.get(f"{MARGIN}?by=agreement&{NOVEMBER}").json["items"]
    assert (row["name"], row["agreement_id"], row["margin"]) == (
        "AGR-0001 Agreement",
        str(acme["agreement"]["id"]),
        "-150.00",
    )


def test_corrected_and_deleted_work_changes_the_margin(world, callers, dana):
    client = world.client()
    entry = world.time(client, world.card(client, world.service()), "2.00", **dana)
    world.tell("agreements.time.corrected.v1", {**entry, "hours": "1.00", "billable_hours": "1.00", "version": 2})
    (row,) = callers("manager").get(f"{MARGIN}?{NOVEMBER}").json["items"]
    assert (row["hours"], row["margin"]) == ("1.00", "75.00")
    world.tell("agreements.time.deleted.v1", {**entry, "deleted": True, "version": 3})
    assert callers("manager").get(f"{MARGIN}?{NOVEMBER}").json["items"] == []


def test_what_the_figures_leave_out_is_said(world, callers, dana):
    client = world.client("Cayman Ltd", currency="KYD")
    world.time(client, None, "1.00", **dana)
    world.time(client, None, "2.00", technician_id=new_id())
    (row,) = callers("manager").get(f"{MARGIN}?{NOVEMBER}").json["items"]
    assert (row["margin"], row["labor_cost"], row["currency"]) == (None, None, "KYD")
    assert row["incomplete"] == [
        "Labor costs are in USD, so there is no margin in KYD.",
        "2.00 hours have no labor rate.",
    ]


def test_the_margin_is_unknown_if_no_hour_has_a_labor_rate(world, callers, dana):
    client = world.client()
    row = world.card(client, world.service())
    world.time(client, row, "2.00", technician_id=new_id())
    report = lambda: figures(callers("manager").get(f"{MARGIN}?{NOVEMBER}").json["items"][0])  # noqa: E731
    assert report() == ["2.00", "0.00", "250.00", None, "0.00", None, None]
    assert callers("manager").get(f"{MARGIN}?{NOVEMBER}").json["items"][0]["incomplete"] == [
        "None of the 2.00 hours has a labor rate, so the margin is unknown."
    ]
    world.time(client, row, "1.00", **dana)
    assert report() == ["3.00", "0.00", "375.00", "50.00", "0.00", "325.00", "86.67"]


@pytest.mark.parametrize(
    ("bought", "said"), [(1, "1 material or expense has no cost."), (2, "2 materials or expenses have no cost.")]
)
def test_expenses_without_a_cost_are_counted(world, callers, bought, said):
    client = world.client()
    for _ in range(bought):
        expense = {"id": new_id(), "work_order_id": new_id(), "work_order_number": "WO-1", "client_id": client["id"]}
        expense |= {"agreement_id": None, "description": "SSD", "quantity": "1", "unit_price": "96.00", "cost": None}
        expense |= {"currency": "USD", "billable": True, "tax_code_id": None, "incurred_on": "2025-11-10"}
        world.tell("agreements.expense.recorded.v1", expense | {"deleted": False, "version": 1})
    (row,) = callers("manager").get(f"{MARGIN}?{NOVEMBER}").json["items"]
    assert (row["margin"], row["incomplete"]) == (f"{96 * bought}.00", [said])


def test_a_contained_tax_is_no_revenue(world, callers, bill, dana):
    client = world.client(tax_code_id=world.tax("25", inclusive=True)["id"])
    world.time(client, world.card(client, world.service()), "1.00", **dana)
    bill()
    (row,) = callers("manager").get(f"{MARGIN}?{NOVEMBER}").json["items"]
    assert (row["revenue_billed"], row["margin"]) == ("100.00", "50.00")


def test_filters_pages_and_bad_ranges(acme, world, callers, dana):
    manager = callers("manager")
    other = world.client("Beta Ltd")
    world.time(other, world.card(other, world.service("Onsite Support")), "1.00", "2025-10-31", **dana)
    names = lambda query: [row["name"] for row in manager.get(f"{MARGIN}?{query}").json["items"]]  # noqa: E731
    assert names("") == ["Acme Corp", "Beta Ltd"]
    assert names(NOVEMBER) == ["Acme Corp"]
    assert names(f"client_id={other['id']}") == ["Beta Ltd"]
    assert names(f"by=work_order&agreement_id={acme['agreement']['id']}") == ["WO-2"]
    first = manager.get(f"{MARGIN}?page_size=1").json
    assert names(f"page_size=1&cursor={first['next_cursor']}") == ["Beta Ltd"]
    refused = manager.get(f"{MARGIN}?worked_on_gte=2025-11-02&worked_on_lte=2025-11-01")
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["worked_on_lte"])


def test_unbilled_work_has_amounts_by_kind_and_the_oldest_first(acme, world, callers, bill):
    billing = callers("billing")
    old = world.client("Beta Ltd")
    world.time(old, world.card(old, world.service("Onsite Support")), "1.00", "2025-10-31", approval="pending")
    first, second = billing.get(UNBILLED).json["items"]
    assert [first[name] for name in ("client_name", "oldest_on", "held", "total")] == [
        *("Beta Ltd", "2025-10-31", 1, "125.00")
    ]
    names = ("items", "hours", "time_amount", "expense_amount", "other_amount", "total")
    assert [second[name] for name in names] == [3, "6.00", "750.00", "192.00", "0.00", "942.00"]
    assert [row["client_name"] for row in billing.get(f"{UNBILLED}?dated_lte=2025-10-31").json["items"]] == ["Beta Ltd"]
    assert bill() == 1
    assert [row["client_name"] for row in billing.get(UNBILLED).json["items"]] == ["Beta Ltd"]
    assert callers("technician").get(UNBILLED).status_code == 403


@pytest.mark.parametrize(("path", "role", "total"), [(MARGIN, "manager", "312.00"), (UNBILLED, "billing", "942.00")])
def test_the_files_have_the_same_rows(acme, callers, path, role, total):
    text = callers(role).get(f"{path}.csv").text
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert (row["client_name"], row["margin" if path == MARGIN else "total"]) == ("Acme Corp", total)


@pytest.mark.parametrize("query", [f"{MARGIN}?by=client", f"{MARGIN}?by=work_order", UNBILLED])
def test_more_rows_need_no_more_statements(app, world, callers, dana, query):
    manager = callers("manager")
    service = world.service()

    def ask(names):
        for name in names:
            client = world.client(name)
            world.time(client, world.card(client, service), "1.00", work_order_number=f"WO-{name}", **dana)
        with statements(app.database.engine) as sent:
            assert manager.get(query).json["items"]
        return len(sent)

    assert ask(["One"]) >= ask(["Two", "Three", "Four"])


@pytest.mark.parametrize(("path", "role"), [(MARGIN, "manager"), (UNBILLED, "billing")])
def test_the_pdf_is_one_table_of_one_page(acme, callers, path, role):
    made = callers(role).get(f"{path}.pdf")
    assert (made.status_code, made.content_type) == (200, "application/pdf")
    assert pages_of(made.data, 10) == 1
