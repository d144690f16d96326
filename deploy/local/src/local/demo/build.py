"""Making the demo: each step goes through the API, as a person's clicks would."""
# ruff: noqa: S311 - chance makes the demo look lived in; nothing secret hangs on it

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from dateutil.relativedelta import relativedelta

from local.api import Api, Problem
from local.demo.cast import CLIENTS, LABOUR, PLANS, SUBJECTS, TECHNICIANS, DemoClient
from local.importer.waiting import until
from local.importer.work import billed

Record = dict[str, Any]
MONTHS = 12
THREADS = 4


@dataclass
class Demo:
    api: Api
    today: date
    taxes: dict[str, str] = field(default_factory=dict)
    clients: dict[str, Record] = field(default_factory=dict)

    def build(self) -> None:
        self._catalog()
        with ThreadPoolExecutor(THREADS) as pool:
            for client, record in zip(CLIENTS, pool.map(self._client, CLIENTS), strict=True):
                self.clients[client.name] = record
            last_entries = [entry for entry in pool.map(self._work, CLIENTS) if entry]
        for entry in last_entries:
            until(partial(billed, self.api, entry), seconds=60)
        self._invoices()

    def _catalog(self) -> None:
        for percent in sorted({client.tax for client in CLIENTS if client.tax}):
            body = {"name": f"Tax {percent} %", "rate_percent": percent}
            self.taxes[percent] = self._make("/tax-codes", body)["id"]
        for order, (name, description, rate, category) in enumerate(LABOUR, start=1):
            body = {"name": name, "description": description, "default_rate": rate, "category": category}
            self._make("/services", {**body, "sort_order": order * 10})
        for order, (name, description, rate, category, cycle) in enumerate(PLANS, start=20):
            body = {"name": name, "description": description, "default_rate": rate, "category": category}
            unit = "Year" if cycle == "annual" else "Quarter" if cycle == "quarterly" else "Month"
            recurring = {"kind": "recurring", "billing_cycle": cycle, "default_unit": unit, "sort_order": order * 10}
            self._make("/services", {**body, **recurring})

    def _make(self, path: str, body: Record) -> Record:
        """Creates it, or finds the one of that name when an earlier, interrupted demo left it."""
        try:
            made: Record = self.api.post(path, body)
        except Problem as problem:
            if problem.status != 409:
                raise
            made = next(item for item in self.api.items(path, q=body["name"]) if item["name"] == body["name"])
        return made

    def _client(self, client: DemoClient) -> Record:
        record = self._make(
            "/clients",
            {
                "name": client.name,
                "currency": client.currency,
                "country": client.country,
                "net_terms": client.net_terms,
                "billing_contact_name": client.contact,
                "billing_email": f"billing@{client.domain}",
                "billing_cc_emails": [f"accounting@{client.domain}"] if client.tax else [],
                **({"tax_code_id": self.taxes[client.tax]} if client.tax else {}),
            },
        )
        first = client.contact.split()[0].lower()
        self.api.post(
            f"/clients/{record['id']}/contacts", {"name": client.contact, "email": f"{first}@{client.domain}"}
        )
        self._negotiate(record, random.Random(client.name))
        if client.agreement:
            record["agreement"] = self._agreement(client, record)
        return record

    def _negotiate(self, record: Record, chance: random.Random) -> None:
        """About a third of the clients pay their own price for something."""
        if chance.random() > 0.35:
            return
        path = f"/clients/{record['id']}/services"
        wanted = "Remote Support"
        rows = until(lambda: [row for row in self.api.items(path) if row["name"] == wanted])
        for row in rows or []:
            self.api.patch(f"{path}/{row['id']}", {"custom_rate": chance.choice(["95.00", "105.00", "110.00"])})

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
        agreement: Record = self.api.post("/agreements", body)
        return agreement

    def _work(self, client: DemoClient) -> str | None:
        """A year of tickets; gives the last billable entry."""
        chance, record, last = random.Random(f"{client.name} work"), self.clients[client.name], None
        first = (self.today - relativedelta(months=MONTHS - 1)).replace(day=1)
        services = {row["name"]: row["id"] for row in self.api.items(f"/clients/{record['id']}/services")}
        for month in range(MONTHS):
            start = first + relativedelta(months=month)
            days = min(28, (self.today - start).days + 1)
            last = self._ticket(record, services, start + timedelta(days=chance.randrange(days)), chance) or last
        return last

    def _ticket(self, record: Record, services: dict[str, str], day: date, chance: random.Random) -> str | None:
        kind = chance.choice(list(SUBJECTS))
        order: Record = {"client_id": record["id"], "subject": chance.choice(SUBJECTS[kind])}
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
                },
            )
            last = entry["id"] if Decimal(entry["billable_hours"]) > 0 else last
        if day < self.today - timedelta(days=20):
            self.api.post(f"/work-orders/{created['id']}/transition", {"status": "closed"})
        return last

    def _invoices(self) -> None:
        """Each month's invoices, most of them paid: what is old is, what is recent partly."""
        first = (self.today - relativedelta(months=MONTHS - 1)).replace(day=1)
        for month in range(1, MONTHS):
            month_end = first + relativedelta(months=month, days=-1)
            self.api.post("/jobs/invoice_run/run", {"as_of": month_end.isoformat()})
        chance = random.Random("payments")
        for invoice in list(self.api.items("/invoices", status="issued", sort="issued_on,number")):
            due = date.fromisoformat(invoice["due_on"])
            if due < self.today - timedelta(days=20) and chance.random() < 0.93:
                self._pay(invoice, due + timedelta(days=chance.randrange(-5, 15)), invoice["total"], chance)
            elif due < self.today and chance.random() < 0.3:
                self._pay(invoice, due, str((Decimal(invoice["total"]) / 2).quantize(Decimal("1"))), chance)

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
