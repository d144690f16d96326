"""Builds the demo through the API, as a user would."""
# ruff: noqa: S311 - chance makes the demo look lived in; nothing secret hangs on it

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from dateutil.relativedelta import relativedelta

from local.demo import catalog, clients, rates
from local.demo.cast import CLIENTS, ISLANDS, SUBJECTS, TECHNICIANS, DemoClient
from local.demo.making import Making, Record, at_once
from local.importer.waiting import until
from local.importer.work import billed

MONTHS = 12
BEFORE_THE_SEASON = 6
OVERDUE_AFTER = 40
"""Days; more than the client's terms."""
PORTAL_CLIENT = CLIENTS[0].name
"""The client of the portal's demo users."""


class Demo(Making):
    def build(self) -> None:
        catalog.build(self)
        clients.build(self)
        clients.describe(self)
        rates.negotiate(self)
        rates.raise_rates(self)
        last_entries = [entry for entry in at_once(self._client, CLIENTS) if entry]
        for entry in last_entries:
            until(partial(billed, self.api, entry), seconds=60)
        rates.review(self)
        self._invoices()

    def _client(self, client: DemoClient) -> str | None:
        """Creates the agreement and a year of tickets. Returns the last billable entry."""
        record = self.clients[client.name]
        if client.agreement:
            record["agreement"] = self._agreement(client, record)
        return self._work(client)

    def _agreement(self, client: DemoClient, record: Record) -> Record:
        start = (self.today - relativedelta(months=MONTHS)).replace(day=1)
        body: Record = {
            "client_id": record["id"],
            "type": client.agreement,
            "start_date": start.isoformat(),
            "end_date": (start + relativedelta(months=18, days=-1)).isoformat(),
            "coverage": "all",
            "activate": True,
        }
        if client.agreement == "fixed_price":
            body |= {"name": "Managed IT", "frequency": "monthly", "recurring_amount": "2500.00"}
        elif client.agreement == "time_and_materials":
            body |= {"name": "Time and Materials"}
        else:
            hours = "60" if client.agreement == "block_hours_prepaid" else "6"
            body |= {"name": "Gold Support Package", "total_hours": hours, "overage_rate": "140.00"}
        return self.once("/agreements", body, f"agreement {client.name}")

    def _work(self, client: DemoClient) -> str | None:
        chance, record, last = random.Random(f"{client.name} work"), self.clients[client.name], None
        first = (self.today - relativedelta(months=MONTHS - 1)).replace(day=1)
        services = until(lambda: self._card(record), seconds=60) or {}
        if client.currency == "KYD":
            self._ticket(record, services, first + relativedelta(months=BEFORE_THE_SEASON), chance, ISLANDS)
        for month in range(MONTHS):
            start = first + relativedelta(months=month)
            days = min(28, (self.today - start).days + 1)
            last = self._ticket(record, services, start + timedelta(days=chance.randrange(days)), chance) or last
        return last

    def _card(self, record: Record) -> dict[str, str] | None:
        """Returns the client's services by name once all of them have arrived."""
        found = {row["name"]: row["id"] for row in self.api.items(f"/clients/{record['id']}/services")}
        return found if {*SUBJECTS, *ISLANDS} <= found.keys() else None

    def _ticket(
        self,
        record: Record,
        services: dict[str, str],
        day: date,
        chance: random.Random,
        subjects: Mapping[str, Sequence[str]] = SUBJECTS,
    ) -> str | None:
        kind = chance.choice(list(subjects))
        order: Record = {"client_id": record["id"], "subject": chance.choice(subjects[kind])}
        agreement = record.get("agreement")
        if agreement and agreement["start_date"] <= day.isoformat() and chance.random() < 0.7:
            order["agreement_id"] = agreement["id"]
        created, last = self.api.post("/work-orders", order), None
        for _ in range(chance.choice([1, 2, 2, 3])):
            entry = self.api.post(
                f"/work-orders/{created['id']}/time-entries",
                {
                    "service_id": services[kind],
                    "hours": str(Decimal(chance.randrange(1, 17)) / 4),
                    "worked_on": day.isoformat(),
                    "technician_name": chance.choice(TECHNICIANS),
                    "confirm": True,  # with few technicians, random days can exceed 24 hours
                },
            )
            last = entry["id"] if Decimal(entry["billable_hours"]) > 0 else last
        if day < self.today - timedelta(days=20):
            self.api.post(f"/work-orders/{created['id']}/transition", {"status": "closed"})
        return last

    def _invoices(self) -> None:
        """Creates each month's invoices. Old ones are paid, recent ones partly.

        The client of the portal's users owes one overdue invoice and one that is not yet due.
        """
        first = (self.today - relativedelta(months=MONTHS - 1)).replace(day=1)
        late, kept = self.today - timedelta(days=OVERDUE_AFTER), []
        for month in range(1, MONTHS):
            month_end = first + relativedelta(months=month, days=-1)
            self.api.post("/jobs/invoice_run/run", {"as_of": month_end.isoformat()})
            if month_end <= late < month_end + relativedelta(months=1):
                kept.append(self._portal_invoice("Firewall replacement", "1840.00", month_end))
        kept.append(self._portal_invoice("Quarterly security review", "650.00", self.today))
        chance = random.Random("payments")
        for invoice in list(self.api.items("/invoices", status="issued", sort="issued_on,number")):
            due = date.fromisoformat(invoice["due_on"])
            if invoice["id"] in kept:
                continue
            if due < self.today - timedelta(days=20) and chance.random() < 0.93:
                self._pay(invoice, due + timedelta(days=chance.randrange(-5, 15)), invoice["total"], chance)
            elif due < self.today and chance.random() < 0.3:
                self._pay(invoice, due, str((Decimal(invoice["total"]) / 2).quantize(Decimal("1"))), chance)

    def _portal_invoice(self, description: str, price: str, day: date) -> str:
        line = {"description": description, "quantity": "1", "unit": "Project", "unit_rate": price}
        client = self.clients[PORTAL_CLIENT]
        body = {"client_id": client["id"], "lines": [line], "issued_on": day.isoformat()}
        draft = self.once("/invoices", body, f"portal invoice {description}")
        self.api.post(f"/invoices/{draft['id']}/issue", key=f"demo-issue-{draft['id']}")
        return str(draft["id"])

    def _pay(self, invoice: Record, day: date, amount: str, chance: random.Random) -> None:
        if Decimal(amount) <= 0:
            return
        body = {
            "client_id": invoice["client_id"],
            "amount": amount,
            "method": chance.choice(["check", "check", "transfer", "card"]),
            "reference": f"{chance.randrange(1000, 9999)}",
            "received_on": min(day, self.today).isoformat(),
            "allocations": [{"invoice_id": invoice["id"], "amount": amount}],
        }
        self.api.post("/payments", body, key=f"demo-{invoice['id']}")
