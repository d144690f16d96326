"""Merging two complete clients through the gateway keeps every figure and shows it to their users."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest

from local.api import Api, Problem
from local.importer.waiting import until
from local.system import System
from local.testing import new_tag

SUMS = ("outstanding", "overdue", "credit", "balance")
WORKED_ON = "2026-03-12"
PASSWORD = "Correct-horse-battery-7"


class Party:
    """A client with contacts, block hours, work, invoices, payments and a portal user."""

    def __init__(self, admin: Api, name: str, rate: str) -> None:
        self.admin, self.tag, self.name = admin, new_tag(), name
        mail = f"{name.lower()}-{self.tag}.example"
        self.client = admin.post("/clients", {"name": f"{name} {self.tag}", "billing_email": f"ap@{mail}"})
        self.id = self.client["id"]
        self.card = until(self._card)
        admin.post(f"/clients/{self.id}/contacts", {"name": f"Ann {name}", "email": f"ann@{mail}"})
        admin.post(f"/clients/{self.id}/locations", {"name": f"Office {name}", "city": "Toronto", "country": "CA"})
        admin.post(f"/clients/{self.id}/notes", {"body": f"About {name}"})
        self._row("Remote Support", rate)
        self.agreement = self._agreement()
        self.user = self._user(f"portal@{mail}")

    def _card(self) -> dict[str, Any]:
        rows = {row["name"]: row for row in self.admin.items(f"/clients/{self.id}/services")}
        return rows if "Remote Support" in rows else {}

    def _row(self, name: str, rate: str) -> None:
        self.admin.patch(f"/clients/{self.id}/services/{self.card[name]['id']}", {"custom_rate": rate})

    def _agreement(self) -> dict[str, Any]:
        covered = {"client_service_id": self.card["Remote Support"]["id"], "hours_allocated": "6"}
        block = {"client_id": self.id, "name": f"Block {self.name}", "type": "block_hours_prepaid"}
        span = {"start_date": "2026-01-01", "end_date": "2026-12-31", "total_hours": "10"}
        chosen = {"coverage": "selected", "services": [covered], "activate": True}
        return self.admin.post("/agreements", {**block, **span, **chosen})

    def _user(self, email: str) -> Api:
        body = {"email": email, "name": f"Pat {self.name}", "role": "client_admin", "password": PASSWORD}
        self.admin.post("/users", {**body, "client_id": self.id})
        return Api(self.admin.url).login(email, PASSWORD)

    def log(self, service: str, hours: str, agreement_id: str | None = None) -> dict[str, Any]:
        order = {"client_id": self.id, **({"agreement_id": agreement_id} if agreement_id else {})}
        order_id = self.admin.post("/work-orders", order)["id"]
        entry = {"service_id": self.card[service]["id"], "hours": hours, "worked_on": WORKED_ON, "confirm": True}
        return {**self.admin.post(f"/work-orders/{order_id}/time-entries", entry), "work_order_id": order_id}

    def invoice(self, amount: str) -> dict[str, Any]:
        line = {"description": "Work", "quantity": "1", "unit_rate": amount}
        draft = until(lambda: _tried(self.admin, "/invoices", {"client_id": self.id, "lines": [line]}))
        return self.admin.post(f"/invoices/{draft['id']}/issue")

    def pay(self, amount: str, invoice: dict[str, Any]) -> None:
        body = {"client_id": self.id, "amount": amount, "method": "check", "received_on": invoice["issued_on"]}
        self.admin.post("/payments", body)

    def balance(self) -> dict[str, Decimal]:
        found = self.admin.get(f"/clients/{self.id}/balance")
        return {name: Decimal(found[name]) for name in SUMS}


def _tried(api: Api, path: str, body: dict[str, Any]) -> Any:
    """Sends the request until a new client's event has arrived."""
    try:
        return api.post(path, body)
    except Problem as problem:
        if problem.status == 422 and "client_id" in problem.errors:
            return None
        raise


@pytest.fixture(scope="module")
def parties(admin: Api) -> tuple[Party, Party]:
    survivor, duplicate = Party(admin, "Survivor", "110.00"), Party(admin, "Duplicate", "99.00")
    for party, owed, paid in ((survivor, ("100.00", "40.00"), "30.00"), (duplicate, ("55.00", "25.00"), "200.00")):
        invoices = [party.invoice(amount) for amount in owed]
        party.pay(paid, invoices[0])
        party.log("Remote Support", "2", party.agreement["id"])
    return survivor, duplicate


@pytest.fixture(scope="module")
def merged(admin: Api, parties: tuple[Party, Party]) -> dict[str, Any]:
    """Returns the state before and the report of the merge, once every service has its event."""
    survivor, duplicate = parties
    entry = duplicate.log("Onsite Support", "3")
    assert until(lambda: admin.get("/billable-items", source_id=entry["id"])["items"], seconds=20)
    before = [party.balance() for party in parties]
    invoices = {row["id"] for party in parties for row in admin.items("/invoices", client_id=party.id)}
    payments = {row["id"] for party in parties for row in admin.items("/payments", client_id=party.id)}
    path = f"/clients/{survivor.id}/merge"
    dry = until(lambda: (told := admin.post(path, {"duplicate_id": duplicate.id}))["moves"]["payments"] and told)
    assert dry, "clients never heard of the duplicate's payment"

    told = admin.post(path, {"duplicate_id": duplicate.id, "dry_run": False})

    assert until(lambda: _settled(admin, duplicate), seconds=60), "the duplicate's things never moved"
    return {"before": before, "invoices": invoices, "payments": payments, "dry": dry, "told": told, "entry": entry}


def _settled(admin: Api, duplicate: Party) -> bool:
    lists = ("/agreements", "/work-orders", "/time-entries", "/invoices", "/payments", "/billable-items")
    gone = [not admin.get(path, client_id=duplicate.id)["items"] for path in lists]
    return all(gone) and duplicate.user.get("/auth/me").get("client_id") != duplicate.id


def test_the_preview_lists_what_moves(merged, parties):
    moves = merged["dry"]["moves"]
    assert {moves[name] for name in ("contacts", "locations", "notes", "agreements", "payments")} == {1}
    assert (moves["invoices"], moves["work_orders"], moves["time_entries"]) == (2, 2, 2)
    assert {name: merged["told"][name] for name in ("moves", "services")} == {
        name: merged["dry"][name] for name in ("moves", "services")
    }
    remote = next(row for row in merged["dry"]["services"] if row["name"] == "Remote Support")
    assert (remote["duplicate_rate"], remote["survivor_rate"]) == ("99.00", "110.00")


def test_every_figure_of_the_balance_is_the_sum(admin, parties, merged):
    survivor, _ = parties
    one, other = merged["before"]
    assert one["outstanding"] > 0
    assert other["credit"] > 0

    assert survivor.balance() == {name: one[name] + other[name] for name in SUMS}
    assert {row["id"] for row in admin.items("/invoices", client_id=survivor.id)} == merged["invoices"]
    assert {row["id"] for row in admin.items("/payments", client_id=survivor.id)} == merged["payments"]
    statement = admin.get(f"/clients/{survivor.id}/statement")
    assert Decimal(statement["closing_balance"]) == survivor.balance()["balance"]


def test_people_places_and_notes_are_the_survivors(admin, parties, merged):
    survivor, duplicate = parties
    path = f"/clients/{survivor.id}"
    assert {row["name"] for row in admin.items(f"{path}/contacts")} == {"Ann Survivor", "Ann Duplicate"}
    assert {row["name"] for row in admin.items(f"{path}/locations")} == {"Office Survivor", "Office Duplicate"}
    assert {row["body"] for row in admin.items(f"{path}/notes")} == {"About Survivor", "About Duplicate"}
    gone = admin.get(f"/clients/{duplicate.id}")
    assert (gone["status"], gone["merged_into_id"]) == ("archived", survivor.id)


def test_the_hours_of_both_agreements_go_on(admin, parties, merged):
    survivor, duplicate = parties
    row = survivor.card["Remote Support"]["id"]
    for party in parties:
        agreement = admin.get(f"/agreements/{party.agreement['id']}")
        assert (agreement["client_id"], Decimal(agreement["hours_remaining"])) == (survivor.id, 8)
        (covered,) = admin.items(f"/agreements/{party.agreement['id']}/services")
        assert (covered["client_service_id"], Decimal(covered["hours_remaining"])) == (row, 4)

    entry = survivor.log("Remote Support", "1", duplicate.agreement["id"])
    assert (entry["covered_hours"], entry["overage_hours"]) == ("1.00", "0.00")


def test_open_time_is_billed_to_the_survivor(admin, parties, merged):
    survivor, _ = parties
    admin.post("/invoice-runs", {"as_of": "2026-03-31", "client_ids": [survivor.id]})

    (item,) = admin.get("/billable-items", source_id=merged["entry"]["id"])["items"]
    assert (item["client_id"], item["status"]) == (survivor.id, "invoiced")
    invoice = admin.get(f"/invoices/{item['invoice_id']}")
    assert (invoice["client_id"], invoice["bill_to"]["email"]) == (survivor.id, survivor.client["billing_email"])
    assert [line["service_name"] for line in invoice["lines"]] == ["Onsite Support"]


def test_the_duplicates_people_see_the_survivor(parties, merged):
    survivor, duplicate = parties
    seen = duplicate.user.get("/clients")["items"]

    assert [client["id"] for client in seen] == [survivor.id]
    assert {row["id"] for row in duplicate.user.items("/invoices")} >= merged["invoices"]
    assert duplicate.user.get(f"/clients/{survivor.id}/balance")["client_id"] == survivor.id
    with pytest.raises(Problem) as refused:
        duplicate.user.get(f"/clients/{duplicate.id}/balance")
    assert refused.value.status == 404


def test_what_is_new_is_for_the_survivor(admin, parties, merged):
    _, duplicate = parties
    block = {"name": "Late", "type": "time_and_materials", "start_date": "2026-01-01"}
    for path, body in (
        ("/work-orders", {}),
        ("/agreements", block),
        ("/invoices", {"lines": []}),
        ("/payments", {"amount": "1.00", "method": "cash", "received_on": "2026-03-01"}),
    ):
        with pytest.raises(Problem) as refused:
            admin.post(path, {"client_id": duplicate.id, **body})
        assert refused.value.status == 422
        assert "was merged into" in refused.value.errors["client_id"][0]


def test_work_that_goes_on_while_clients_merge_is_not_lost(admin: Api, system: System):
    """Logs time and runs invoices during the merge; then the survivor has every hour once."""
    survivor, duplicate = Party(admin, "Busy", "100.00"), Party(admin, "Twin", "100.00")
    order = {"client_id": duplicate.id}
    order_id = admin.post("/work-orders", order)["id"]
    service_id = duplicate.card["Onsite Support"]["service_id"]
    entry = {"service_id": service_id, "hours": "1", "worked_on": WORKED_ON, "confirm": True}

    def log(_: int) -> dict[str, Any]:
        return admin.post(f"/work-orders/{order_id}/time-entries", entry)

    def bill(_: int) -> None:
        ids = [party.id for party in (survivor, duplicate)]
        admin.post("/invoice-runs", {"as_of": "2026-03-31", "client_ids": ids})

    with ThreadPoolExecutor(4) as pool:
        logged = [pool.submit(log, n) for n in range(30)]
        runs = [pool.submit(bill, n) for n in range(4)]
        merging = pool.submit(
            admin.post, f"/clients/{survivor.id}/merge", {"duplicate_id": duplicate.id, "dry_run": False}
        )
        entries = {one.result()["id"] for one in logged}
        merging.result()
        for one in runs:
            one.result()

    def arrived() -> bool:
        bill(0)
        items = list(admin.items("/billable-items", client_id=survivor.id))
        return {item["source_id"] for item in items if item["status"] == "invoiced"} >= entries

    assert until(arrived, seconds=60)
    assert not admin.get("/billable-items", client_id=duplicate.id)["items"]
    assert sum(Decimal(row["subtotal"]) for row in admin.items("/invoices", client_id=survivor.id)) == 30 * Decimal(
        "175.00"
    )
