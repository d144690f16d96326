"""Manual invoices over HTTP: creating, editing, issuing, voiding and access."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from billing.invoice.models import Invoice
from billing.item.models import OPEN, BillableItem
from billing.run.routes import INVOICE_RUNS
from common.ids import new_id
from common.testing.database import statements
from common.testing.days import today
from common.testing.tasks import run_job

ISSUED = "billing.invoice.issued.v1"
UNKNOWN = UUID("00000000-0000-7000-8000-000000000000")


@pytest.fixture
def staff(callers):
    return callers("billing")


@pytest.fixture
def acme(world):
    """Creates a client with one service at 125.00 (custom rate 110.00) and one outside its agreement."""
    client = world.client(tax_code_id=world.tax("8")["id"])
    client["row"] = world.card(client, world.service("Remote Support"), "110.00")
    client["other"] = world.card(client, world.service("Onsite Support", "175.00"))
    client["hidden"] = world.card(client, world.service("Consulting", "200.00"), included=False)
    client["agreement"] = world.agreement(client, {client["row"]["id"]: "95.00"})
    return client


def line(row, quantity="2", **values):
    return {"client_service_id": str(row["id"]), "quantity": quantity, **values}


def body(client, *lines, **values):
    return {"client_id": str(client["id"]), "lines": list(lines), **values}


@pytest.fixture
def draft(staff, acme):
    return staff.post("/invoices", body(acme, line(acme["row"]))).json


@pytest.fixture
def issued(staff, draft):
    return staff.post(f"/invoices/{draft['id']}/issue").json


def test_a_draft_takes_rates_from_the_card_and_has_no_number(draft, emitted):
    (made,) = draft["lines"]
    assert (made["unit_rate"], made["rate_source"], made["amount"]) == ("110.00", "client", "220.00")
    assert made["overridden"] == {"catalog": "125.00"}
    assert (draft["subtotal"], draft["tax_total"], draft["total"]) == ("220.00", "17.60", "237.60")
    assert (draft["number"], draft["status"], draft["overdue"]) == (None, "draft", False)
    assert [event.type for event in emitted()] == ["billing.invoice.created.v1"]


def test_covered_services_come_first_and_others_have_a_badge(staff, acme):
    made = staff.post(
        "/invoices",
        body(acme, line(acme["row"]), line(acme["other"]), agreement_id=str(acme["agreement"]["id"])),
    ).json
    assert [(one["unit_rate"], one["rate_source"], one["badge"]) for one in made["lines"]] == [
        ("95.00", "agreement", None),
        ("175.00", "catalog", "Not in agreement"),
    ]


def test_services_to_choose_from(staff, acme):
    made = staff.post("/invoices", body(acme, agreement_id=str(acme["agreement"]["id"]))).json
    offered = {
        scope: staff.get(f"/invoices/{made['id']}/services?scope={scope}").json["items"]
        for scope in ("agreement", "all")
    }
    assert [(one["name"], one["unit_rate"]) for one in offered["agreement"]] == [("Remote Support", "95.00")]
    assert [(one["name"], one["badge"]) for one in offered["all"]] == [
        ("Onsite Support", "Not in agreement"),
        ("Remote Support", None),
    ]


def test_a_line_may_say_everything_itself(staff, acme):
    written = {"description": "Patch cable, 3 m", "quantity": "3", "unit": "piece", "unit_rate": "9.99"}
    (made,) = staff.post("/invoices", body(acme, written)).json["lines"]
    assert (made["description"], made["amount"], made["rate_source"]) == ("Patch cable, 3 m", "29.97", "manual")


@pytest.mark.parametrize(
    ("lines", "field"),
    [
        ([{"quantity": "1"}], "lines.0.description"),
        ([{"quantity": "1", "service_id": "00000000-0000-7000-8000-000000000000"}], "lines.0.service_id"),
        ([{"quantity": "1", "client_service_id": "00000000-0000-7000-8000-000000000000"}], "lines.0.client_service_id"),
        ([{"quantity": "1", "description": "x", "unit_rate": "-1"}], "lines.0.unit_rate"),
        ([{"quantity": "1", "description": "x", "unit_rate": "1.005"}], "lines.0.unit_rate"),
        ([{"quantity": "1.005", "description": "x"}], "lines.0.quantity"),
        ([{"quantity": "9999999999999.99", "description": "x", "unit_rate": "9999999999999.99"}], "lines.0.quantity"),
        ([{"quantity": "1", "description": "x", "unit_rate": "9999999999999.99"}] * 2, "lines.0.quantity"),
        ([{"quantity": "1", "description": "x", "unit_rate": "9999999999999.99"}], "lines.0.quantity"),
        ([{"quantity": "1", "description": "x", "colour": "red"}], "lines.0.colour"),
    ],
)
def test_bad_lines_are_named_and_nothing_is_made(staff, acme, emitted, lines, field):
    answer = staff.post("/invoices", body(acme, *lines))
    assert answer.status_code == 422
    assert list(answer.json["errors"]) == [field]
    assert emitted() == []


def test_another_clients_service_or_agreement_is_unknown(staff, acme, world):
    other = world.client("Other")
    assert staff.post("/invoices", body(other, line(acme["row"]))).status_code == 422
    answer = staff.post("/invoices", body(other, agreement_id=str(acme["agreement"]["id"])))
    assert list(answer.json["errors"]) == ["agreement_id"]


def test_issuing_numbers_dates_and_freezes(staff, draft, issued, emitted):
    year = issued["issued_on"][:4]
    assert (issued["number"], issued["status"]) == (f"INV-{year}-001", "issued")
    assert (date.fromisoformat(issued["due_on"]) - date.fromisoformat(issued["issued_on"])).days == 30
    assert [event.data["number"] for event in emitted(ISSUED)] == [issued["number"]]
    path = f"/invoices/{draft['id']}"
    assert staff.patch(path, {"notes": "late"}).status_code == 409
    assert staff.delete(path).status_code == 409
    assert staff.post(f"{path}/issue").status_code == 409


def test_an_empty_draft_cannot_be_issued(staff, acme):
    made = staff.post("/invoices", body(acme)).json
    assert staff.post(f"/invoices/{made['id']}/issue").status_code == 409


@pytest.mark.parametrize("days", [-367, 32])
def test_a_day_too_far_off_is_not_issued(staff, acme, in_work, days):
    with in_work() as work:
        day = work.today + timedelta(days=days)
    made = staff.post("/invoices", body(acme, line(acme["row"]), issued_on=str(day))).json
    answer = staff.post(f"/invoices/{made['id']}/issue")
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["issued_on"])
    nearer = str(day + timedelta(days=1 if days < 0 else -1))
    staff.patch(f"/invoices/{made['id']}", {"issued_on": nearer})
    assert staff.post(f"/invoices/{made['id']}/issue").json["issued_on"] == nearer


def test_a_draft_is_edited_and_deleted(staff, acme, draft, emitted):
    path = f"/invoices/{draft['id']}"
    stale = staff.patch(path, {"notes": "x"}, headers={"If-Match": '"7"'})
    assert stale.status_code == 412
    day = today() - timedelta(days=30)
    changed = staff.patch(path, {"lines": [line(acme["other"], "1")], "notes": "Thanks", "issued_on": str(day)}).json
    assert (changed["subtotal"], changed["notes"], len(changed["lines"])) == ("175.00", "Thanks", 1)
    assert staff.post(f"{path}/issue").json["number"] == f"INV-{day.year}-001"
    another = staff.post("/invoices", body(acme, line(acme["row"]))).json
    assert staff.delete(f"/invoices/{another['id']}").status_code == 204
    assert staff.get(f"/invoices/{another['id']}").status_code == 404
    (event,) = emitted("billing.invoice.deleted.v1")
    assert (event.subject, event.sequence, event.data["status"]) == (another["id"], another["version"] + 1, "draft")
    assert not emitted("billing.invoice.voided.v1")


def test_a_deleted_agreement_is_unknown(staff, acme, world):
    agreement = world.agreement(acme, {}, status="draft")
    world.tell("agreements.agreement.deleted.v1", {**agreement, "version": 2})
    world.tell("agreements.agreement.changed.v1", {**agreement, "version": 1})
    refused = staff.post("/invoices", body(acme, line(acme["row"]), agreement_id=str(agreement["id"])))
    assert refused.json["errors"] == {"agreement_id": ["Agreement not found for this client."]}


def test_a_rate_changed_later_leaves_the_issued_invoice_alone(staff, acme, issued, world):
    world.card(
        acme,
        {"id": acme["row"]["service_id"], "default_rate": "125.00", "name": "Remote Support"},
        "50.00",
        id=acme["row"]["id"],
        version=2,
    )
    assert staff.get(f"/invoices/{issued['id']}").json["total"] == issued["total"]
    assert staff.post("/invoices", body(acme, line(acme["row"]))).json["lines"][0]["unit_rate"] == "50.00"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE invoice SET total = total + 1",
        "UPDATE invoice SET number = 'INV-2025-999'",
        "UPDATE invoice SET notes = 'changed'",
        "UPDATE invoice SET status = 'draft'",
        "DELETE FROM invoice",
        "UPDATE invoice_line SET amount = 0",
        "DELETE FROM invoice_line",
        "INSERT INTO invoice_tax SELECT id, 9, NULL, 'x', 1, false, 1, 1 FROM invoice",
        "UPDATE invoice_document SET file_id = gen_random_uuid()",
        "DELETE FROM invoice_document",
    ],
)
def test_the_database_itself_refuses_to_change_an_issued_invoice(app, staff, issued, statement):
    assert staff.get(f"/invoices/{issued['id']}/pdf").status_code == 200
    with app.database.engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text(statement))


def test_voiding_keeps_the_number_and_frees_the_items(staff, world, app, in_work, emitted):
    world.simple()
    run_job(app, INVOICE_RUNS, date(2025, 11, 30))
    (first,) = staff.get("/invoices").json["items"]
    gone = staff.post(f"/invoices/{first['id']}/void").json
    assert (gone["status"], gone["number"], gone["balance"]) == ("void", "INV-2025-001", "0.00")
    (event,) = emitted("billing.invoice.voided.v1")
    assert len(event.data["time_entry_ids"]) == 1
    with in_work() as work:
        assert work.session.scalars(select(BillableItem.status)).all() == [OPEN]
    assert run_job(app, INVOICE_RUNS, date(2025, 11, 30)).counts["invoices"] == 1
    assert staff.get("/invoices?sort=-number").json["items"][0]["number"] == "INV-2025-002"
    assert staff.post(f"/invoices/{first['id']}/void").status_code == 409


def test_an_item_is_on_one_live_line_only(app, world, in_work):
    world.simple()
    run_job(app, INVOICE_RUNS, date(2025, 11, 30))
    twice = text(
        "INSERT INTO invoice_line_item SELECT gen_random_uuid(), item_id, invoice_id, true FROM invoice_line_item"
    )
    with app.database.engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(twice)


def test_lists_filter_search_and_sort(staff, acme, issued, draft, world):
    later = staff.post("/invoices", body(acme, line(acme["row"], "1"))).json
    other = world.client("Zebra Ltd", currency="KYD")
    staff.post("/invoices", body(other, {"description": "Setup", "quantity": "1", "unit_rate": "500"}))

    def ids(query):
        return [one["id"] for one in staff.get(f"/invoices?{query}").json["items"]]

    assert ids("status=issued") == [issued["id"]]
    assert ids(f"client_id={acme['id']}&sort=total") == [later["id"], issued["id"]]
    assert len(ids("currency=KYD")) == len(ids("q=zebra")) == 1
    assert ids(f"q={issued['number']}") == [issued["id"]]
    assert ids(f"issued_on_gte={issued['issued_on']}&issued_on_lte={issued['issued_on']}") == [issued["id"]]
    assert ids("overdue=true") == []
    assert len(ids("overdue=false")) == 3
    for name in ("number", "issued_on", "due_on", "client_name", "status", "total", "balance", "created_at"):
        first = staff.get(f"/invoices?page_size=2&sort={name}").json
        rest = staff.get(f"/invoices?page_size=2&sort={name}&cursor={first['next_cursor']}").json
        assert len({one["id"] for one in first["items"] + rest["items"]}) == 3, name
    assert staff.get("/invoices?sort=colour").status_code == 422


def test_overdue_is_derived_from_the_day(staff, acme):
    day = today() - timedelta(days=60)
    made = staff.post("/invoices", body(acme, line(acme["row"]), issued_on=str(day))).json
    done = staff.post(f"/invoices/{made['id']}/issue").json
    assert (done["status"], done["overdue"], done["due_on"]) == ("issued", True, str(day + timedelta(days=30)))
    assert [one["id"] for one in staff.get("/invoices?overdue=true").json["items"]] == [done["id"]]


def test_roles(callers, acme, draft, issued):
    path = f"/invoices/{issued['id']}"
    assert callers("technician").get("/invoices").status_code == 403
    assert callers("technician").get(path).status_code == 403
    assert callers("technician").get(f"{path}/pdf").status_code == 403
    manager = callers("manager")
    assert manager.get(path).status_code == 200
    assert manager.post("/invoices", body(acme)).status_code == 403
    assert manager.post(f"{path}/void").status_code == 403


def test_client_users_see_their_own_issued_invoices_without_our_reasons(callers, staff, acme, world, issued):
    open_draft = staff.post("/invoices", body(acme, line(acme["row"]))).json
    theirs = staff.post(
        "/invoices", body(world.client("Other"), {"description": "x", "quantity": "1", "unit_rate": "1"})
    )
    staff.post(f"/invoices/{theirs.json['id']}/issue")
    user = callers("client_user", client_id=acme["id"])
    assert [one["id"] for one in user.get("/invoices").json["items"]] == [issued["id"]]
    seen = user.get(f"/invoices/{issued['id']}").json
    (shown,) = seen["lines"]
    assert (shown["rate_label"], shown["rate_source"], shown["explanation"]) == ("Negotiated rate", None, None)
    assert user.get(f"/invoices/{issued['id']}/pdf").status_code == 200
    for hidden in (open_draft["id"], theirs.json["id"], str(new_id())):
        assert user.get(f"/invoices/{hidden}").status_code == 404
        assert user.get(f"/invoices/{hidden}/pdf").status_code == 404
    assert user.post("/invoices", body(acme)).status_code == 403


def test_one_detail_page_takes_a_fixed_number_of_queries(app, staff, acme):
    def cost(count):
        made = staff.post("/invoices", body(acme, *[line(acme["row"])] * count)).json
        with statements(app.database.engine) as seen:
            staff.get(f"/invoices/{made['id']}")
        return len(seen)

    assert cost(1) == cost(30)


def test_a_run_is_not_dated_far_ahead(staff, in_work):
    with in_work() as work:
        days = [str(work.today + timedelta(days=ahead)) for ahead in (31, 32)]
    for path in ("/invoice-runs", "/jobs/invoice_run/run"):
        near, far = (staff.post(path, {"as_of": day, "dry_run": True}) for day in days)
        assert near.status_code == 200
        assert (far.status_code, list(far.json["errors"])) == (422, ["as_of"])
    assert {one["as_of"] for one in staff.get("/invoice-runs").json["items"]} == {days[0]}


def test_runs_over_http_and_as_a_job(staff, callers, world, in_work):
    client = world.simple()
    dry = staff.post("/invoice-runs", {"as_of": "2025-11-30", "dry_run": True})
    assert dry.status_code == 200
    (shown,) = dry.json["detail"]["clients"]
    assert (shown["client_id"], shown["total"]) == (str(client["id"]), "1687.50")
    with in_work() as work:
        assert work.session.scalars(select(Invoice)).all() == []
    job = staff.post("/jobs/invoice_run/run", {"as_of": "2025-11-30"})
    assert (job.status_code, job.json["status"]) == (200, "succeeded")
    assert job.json["counts"] == {
        "clients": 1,
        "invoices": 1,
        "without_email": 0,
        "items": 1,
        "parked": 0,
        "skipped": 0,
    }
    listed = staff.get("/invoice-runs").json["items"]
    assert [one["dry_run"] for one in listed] == [False, True]
    manager = callers("manager")
    assert manager.get("/jobs/invoice_run/runs").json == manager.get("/invoice-runs").json
    assert len(manager.get("/jobs/invoice_run/runs").json["items"]) == 2
    for path in ("/invoice-runs", "/jobs/invoice_run/run"):
        assert manager.post(path, {}).status_code == 403
    for path in ("/invoice-runs", "/jobs/invoice_run/runs"):
        assert callers("technician").get(path).status_code == 403


def test_a_run_for_an_unknown_client_is_refused(staff, world):
    client = world.simple()
    answer = staff.post("/invoice-runs", {"as_of": "2025-11-30", "client_ids": [str(client["id"]), str(UNKNOWN)]})
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["client_ids"])
    assert staff.get("/invoices").json["total"] == staff.get("/invoice-runs").json["total"] == 0
    world.time({"id": UNKNOWN}, None, "1", service_name="Work")
    parked = staff.post("/invoice-runs", {"as_of": "2025-11-30", "client_ids": [str(UNKNOWN)]})
    assert (parked.status_code, parked.json["counts"]["parked"]) == (200, 1)
