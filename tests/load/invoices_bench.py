"""Invoices per second of one run: 2,000 clients with 20 time entries each, without PDFs. Asserts no times.

TEST_POSTGRES_URL=… TEST_AMQP_URL=… python tests/load/invoices_bench.py [--clients 2000] [--entries 20] [--runs 3]
"""

import argparse
import os
import platform
import statistics
from datetime import date
from decimal import Decimal
from time import perf_counter
from typing import Any

from sqlalchemy import func, select, text

from billing.bulk import insert_rows
from billing.inbound.replicas import CatalogService, Client, ClientService, TaxCode
from billing.invoice.models import Invoice
from billing.item.models import OPEN, TIME, BillableItem
from billing.run.running import run
from billing.wiring import app as make_app
from common import migrations
from common.app import App
from common.clock import now
from common.context import Context
from common.ids import new_id
from common.testing import infra as infrastructure

SERVICES = 10
AS_OF = date(2025, 11, 30)


def prepared() -> App:
    """Returns billing on a new, empty database."""
    infra = infrastructure.from_environment()
    url = infra.create_database("billing_bench")
    os.environ.update(infrastructure.environment(infra, "billing", url))
    service = make_app()
    migrations.migrate(service)
    return service


def fill(app: App, clients: int, entries: int) -> None:
    """Adds a month of work: ten services, some custom rates, an exclusive tax."""
    tax_id, services = new_id(), [new_id() for _ in range(SERVICES)]
    people, cards, items = [], [], []
    for n in range(clients):
        client_id = new_id()
        card = [(new_id(), key, place) for place, key in enumerate(services)]
        people.append(_client(client_id, n, tax_id))
        cards += [_card(*row, client_id) for row in card]
        items += [_item(client_id, card[i % SERVICES], i) for i in range(entries)]
    with app.database.sessions() as session, session.begin():
        session.execute(text("TRUNCATE billable_item, invoice, number_series, outbox, account CASCADE"))
        session.execute(text("TRUNCATE client, client_service, catalog_service, tax_code"))
        insert_rows(session, TaxCode, [_tax(tax_id)])
        insert_rows(session, CatalogService, [_service(key, n) for n, key in enumerate(services)])
        for model, rows in ((Client, people), (ClientService, cards), (BillableItem, items)):
            insert_rows(session, model, rows)
    with app.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _tax(key: Any) -> dict[str, Any]:
    return {
        "id": key,
        "sequence": 1,
        "name": "Sales tax",
        "rate_percent": Decimal(8),
        "inclusive": False,
        "status": "active",
    }


def _service(key: Any, n: int) -> dict[str, Any]:
    values = {
        "id": key,
        "sequence": 1,
        "name": f"Service {n}",
        "default_rate": Decimal(100 + n),
        "default_unit": "Hour",
    }
    return {**values, "currency": "USD", "status": "active"}


def _client(key: Any, n: int, tax_id: Any) -> dict[str, Any]:
    values = {"id": key, "sequence": 1, "name": f"Client {n}", "status": "active", "currency": "USD", "net_terms": 30}
    return {**values, "tax_code_id": tax_id, "invoice_email": f"billing{n}@client.example"}


def _card(key: Any, service_id: Any, place: int, client_id: Any) -> dict[str, Any]:
    custom = Decimal(90) if place % 4 == 0 else None
    rates = {
        "default_rate": Decimal(100 + place),
        "custom_rate": custom,
        "effective_rate": custom or Decimal(100 + place),
    }
    values = {"id": key, "sequence": 1, "client_id": client_id, "service_id": service_id, "name": f"Service {place}"}
    return {**values, **rates, "unit": "Hour", "included": True, "is_custom": False}


def _item(client_id: Any, card: tuple[Any, Any, int], n: int) -> dict[str, Any]:
    values = {"id": new_id(), "version": 1, "created_at": now(), "updated_at": now(), "status": OPEN, "overage": False}
    values |= {"source_type": TIME, "source_id": new_id(), "part": "", "source_sequence": 1, "adjusted": False}
    values |= {"client_id": client_id, "client_service_id": card[0], "service_id": card[1]}
    values |= {"service_name": f"Service {card[2]}", "unit": "Hour", "quantity": Decimal("0.25") * (n + 1)}
    return {**values, "dated_on": AS_OF, "work_order_number": f"WO-{n}"}


def measure(app: App, clients: int, entries: int) -> float:
    fill(app, clients, entries)
    start = perf_counter()
    outcome = run(app, Context(), AS_OF, False)
    elapsed = perf_counter() - start
    with app.database.sessions() as session:
        made, last = session.execute(select(func.count(), func.max(Invoice.number_order)).select_from(Invoice)).one()
    if not made == outcome.counts["invoices"] == clients == last % 1_000_000_000:
        raise SystemExit(f"{made} invoices, last number {last}, counts {outcome.counts}: not what was asked for")
    print(f"  {clients} invoices, {clients * entries} items in {elapsed:.2f} s: {clients / elapsed:.0f} invoices/s")
    return clients / elapsed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=2000)
    parser.add_argument("--entries", type=int, default=20)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    service = prepared()
    print(f"invoice run, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    rates = [measure(service, asked.clients, asked.entries) for _ in range(asked.runs)]
    print(f"median: {statistics.median(rates):.0f} invoices/s (aim: 200)")
    service.dispose()


if __name__ == "__main__":
    main()
