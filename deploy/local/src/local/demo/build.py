"""Builds the demo through the API, as a user would."""
# ruff: noqa: S311 - chance makes the demo look lived in; nothing secret hangs on it

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import chain

from dateutil.relativedelta import relativedelta

from local.demo import buying, catalog, clients, rates, users
from local.demo.cast import CLIENTS, ISLANDS, SUBJECTS, TECHNICIANS, DemoClient
from local.demo.deciding import NOTICE_DAYS
from local.demo.making import Making, Record, at_once
from local.importer.waiting import until
from local.importer.work import billed

MONTHS = 12
AMENDED = "Acme Corporation"
BEFORE_THE_SEASON = 6
LARGEST_PORTION = 1000
"""Entries in one request."""
OVERDUE_AFTER = 40
"""Days; more than the client's terms."""
PORTAL_CLIENT = CLIENTS[0].name
"""The client of the portal's demo users."""


class Demo(Making):
    def build(self) -> None:
        self.technicians = users.hire(self.api, TECHNICIANS)
        catalog.build(self)
        clients.build(self)
        clients.describe(self)
        rates.negotiate(self)
        rates.raise_rates(self)
        at_once(self._agree, [client for client in CLIENTS if client.agreement])
        billable = self._work()
        rates.review(self)
        for entry in billable:
            until(partial(billed, self.api, entry), seconds=60)
        self._invoices()

    def _agree(self, client: DemoClient) -> None:
        record = self.clients[client.name]
        record["agreement"] = self._agreement(client, record)
        if client.name == AMENDED:
            self._amend(record)
            self._keep_contract(record)
            self.api.post(f"/agreements/{record['agreement']['id']}/make-default", {})
            buying.buy(self, record["agreement"])

    def _agreement(self, client: DemoClient, record: Record) -> Record:
        start = (self.today - relativedelta(months=MONTHS)).replace(day=1)
        body: Record = {
            "client_id": record["id"],
            "type": client.agreement,
            "start_date": start.isoformat(),
            "end_date": (start + relativedelta(months=18, days=-1)).isoformat(),
            "coverage": "all",
            "notice_days": NOTICE_DAYS[CLIENTS.index(client) % len(NOTICE_DAYS)],
            "activate": True,
        }
        if client.agreement == "fixed_price":
            body |= {"name": "Managed IT", "frequency": "monthly", "recurring_amount": "2500.00"}
        elif client.agreement == "time_and_materials":
            body |= {"name": "Time and Materials"}
        else:
            hours = "60" if client.agreement == "block_hours_prepaid" else "6"
            body |= {"name": "Gold Support Package", "total_hours": hours, "overage_rate": "140.00"}
        if client.agreement == "block_hours_prepaid":
            body["services"] = self._allocations(record)
        return self.once("/agreements", body, f"agreement {client.name}")

    def _amend(self, record: Record) -> None:
        """Raises the agreement's rate for remote support, as of 60 days ago."""
        agreement = f"/agreements/{record['agreement']['id']}"
        if len(self.api.get(f"{agreement}/amendments")["items"]) > 1:
            return
        rows = self._allocations(record)
        rows[0]["custom_rate"] = "115.00"
        first_day = (self.today - timedelta(days=60)).isoformat()
        self.api.patch(agreement, {"services": rows, "first_day": first_day, "reason": "Yearly price review"})

    def _keep_contract(self, record: Record) -> None:
        """Adds a PDF of the agreement's terms to its documents, and sends it for signature."""
        agreement = f"/agreements/{record['agreement']['id']}"
        if self.api.get(f"{agreement}/documents")["items"]:
            return
        document = self.api.post(f"{agreement}/documents/generate", {})
        signer = {"signer_name": "Jordan Blake", "signer_email": "jordan.blake@acme.example", "valid_days": 30}
        self.api.post(f"{agreement}/signatures", {"document_id": document["id"], **signer})

    def _allocations(self, record: Record) -> list[Record]:
        """Returns the agreement's own hours and rate of three services; the other hours are a pool."""
        rows = self.api.get(f"/clients/{record['id']}/services?page_size=100")["items"]
        ids = {row["catalog_name"]: row["id"] for row in rows}
        services = {"Remote Support": ("30", "110.00"), "Onsite Support": ("12", None), "Project Work": ("8", None)}
        return [
            {"client_service_id": ids[name], "hours_allocated": hours, "custom_rate": rate}
            for name, (hours, rate) in services.items()
            if name in ids
        ]

    def _work(self) -> list[str]:
        """Logs a year of tickets at once and closes the old ones. Returns each client's last billable entry."""
        cards = dict(zip(CLIENTS, at_once(self._card, CLIENTS), strict=True))
        years = (self._year(number, client, cards[client]) for number, client in enumerate(CLIENTS, start=1))
        entries = list(chain.from_iterable(years))
        last: dict[str, str] = {}
        old: dict[str, None] = {}
        for start in range(0, len(entries), LARGEST_PORTION):
            portion = entries[start : start + LARGEST_PORTION]
            report = self.api.post("/time-entries/bulk", {"entries": portion}, key=f"demo-{self.today}-time-{start}")
            for entry, result in zip(portion, report["results"], strict=True):
                if Decimal(result["split"]["billable_hours"]) > 0:
                    last[entry["work_order"]["client_id"]] = result["id"]
                if date.fromisoformat(entry["worked_on"]) < self.today - timedelta(days=20):
                    old[result["split"]["work_order_id"]] = None
        at_once(self._close, old)
        return list(last.values())

    def _close(self, work_order_id: str) -> None:
        self.api.post(f"/work-orders/{work_order_id}/transition", {"status": "closed"})

    def _card(self, client: DemoClient) -> dict[str, str]:
        """Returns the client's services by name once all of them have arrived."""
        return until(partial(self._whole_card, self.clients[client.name]), seconds=60) or {}

    def _whole_card(self, record: Record) -> dict[str, str] | None:
        found = {row["name"]: row["id"] for row in self.api.items(f"/clients/{record['id']}/services")}
        return found if {*SUBJECTS, *ISLANDS} <= found.keys() else None

    def _year(self, number: int, client: DemoClient, services: dict[str, str]) -> Iterator[Record]:
        """Yields the entries of a client's tickets, one ticket a month."""
        chance, ticket = random.Random(f"{client.name} work"), partial(self._ticket, client, services)
        first = (self.today - relativedelta(months=MONTHS - 1)).replace(day=1)
        if client.currency == "KYD":
            season = first + relativedelta(months=BEFORE_THE_SEASON)
            yield from ticket(f"WO-{number:04}00", season, chance, ISLANDS)
        for month in range(MONTHS):
            start = first + relativedelta(months=month)
            days = min(28, (self.today - start).days + 1)
            yield from ticket(f"WO-{number:04}{month + 1:02}", start + timedelta(days=chance.randrange(days)), chance)

    def _ticket(
        self,
        client: DemoClient,
        services: dict[str, str],
        number: str,
        day: date,
        chance: random.Random,
        subjects: Mapping[str, Sequence[str]] = SUBJECTS,
    ) -> Iterator[Record]:
        record, kind = self.clients[client.name], chance.choice(list(subjects))
        order: Record = {"number": number, "client_id": record["id"], "subject": chance.choice(subjects[kind])}
        agreement = record.get("agreement")
        if agreement and agreement["start_date"] <= day.isoformat() and chance.random() < 0.7:
            order["agreement_id"] = agreement["id"]
        for _ in range(chance.choice([1, 2, 2, 3])):
            yield {
                "work_order": order,
                "service_id": services[kind],
                "hours": str(Decimal(chance.randrange(1, 17)) / 4),
                "worked_on": day.isoformat(),
                "technician_id": self.technicians[chance.choice(TECHNICIANS)],
                "confirm": True,  # with few technicians, random days can exceed 24 hours
            }

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
        chance, payments = random.Random("payments"), []
        for invoice in list(self.api.items("/invoices", status="issued", sort="issued_on,number")):
            due = date.fromisoformat(invoice["due_on"])
            if invoice["id"] in kept:
                continue
            if due < self.today - timedelta(days=20) and chance.random() < 0.93:
                day = due + timedelta(days=chance.randrange(-5, 15))
                payments.append(self._payment(invoice, day, invoice["total"], chance))
            elif due < self.today and chance.random() < 0.3:
                half = str((Decimal(invoice["total"]) / 2).quantize(Decimal("1")))
                payments.append(self._payment(invoice, due, half, chance))
        at_once(self._pay, [payment for payment in payments if Decimal(payment["amount"]) > 0])

    def _portal_invoice(self, description: str, price: str, day: date) -> str:
        line = {"description": description, "quantity": "1", "unit": "Project", "unit_rate": price}
        client = self.clients[PORTAL_CLIENT]
        body = {"client_id": client["id"], "lines": [line], "issued_on": day.isoformat()}
        draft = self.once("/invoices", body, f"portal invoice {description}")
        self.api.post(f"/invoices/{draft['id']}/issue", key=f"demo-issue-{draft['id']}")
        return str(draft["id"])

    def _payment(self, invoice: Record, day: date, amount: str, chance: random.Random) -> Record:
        return {
            "client_id": invoice["client_id"],
            "amount": amount,
            "method": chance.choice(["check", "check", "transfer", "card"]),
            "reference": f"{chance.randrange(1000, 9999)}",
            "received_on": min(day, self.today).isoformat(),
            "allocations": [{"invoice_id": invoice["id"], "amount": amount}],
        }

    def _pay(self, payment: Record) -> None:
        self.api.post("/payments", payment, key=f"demo-{payment['allocations'][0]['invoice_id']}")
