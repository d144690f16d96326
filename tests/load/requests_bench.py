"""What one write and one list cost at their service, against bare SQL in the same run. Asserts no times.

TEST_POSTGRES_URL=… TEST_AMQP_URL=… python tests/load/requests_bench.py [--requests 200] [--sql]

A write is compared with an INSERT and its commit; the first page of a list of 20,000 rows, and the page after it,
with a SELECT of the page's rows written by orjson. "SQL CPU" is that of the database's processes, which must run on
this machine.
Requests go through Flask's test client, so the figures leave out gunicorn and the gateway. The load of the machine
moves all times of a run; compare the ratios and the CPU time of the Python side between runs.
"""

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text

import agreements.wiring
import billing.wiring
import catalog.wiring
import clients.wiring
from common import migrations
from common.app import App
from common.clock import now
from common.http.app import create_app
from common.ids import new_id
from common.messaging.handling import handle
from common.testing import infra as infrastructure
from common.testing.database import statements
from common.testing.fixtures import envelope
from common.testing.http import Caller, identity_token
from common.testing.infra import Infra

WARM, ROWS = 20, 20_000
Write = Callable[[int], Any]
BARE = text("INSERT INTO outbox (event_id, type, payload) VALUES (:id, 'bench', :payload)")


def prepared(infra: Infra, name: str, make: Callable[[], App]) -> tuple[App, Caller]:
    """Returns a service on a new database, and its administrator."""
    url = infra.create_database(f"{name}_requests_bench")
    os.environ.update(infrastructure.environment(infra, name, url))
    app = make()
    migrations.migrate(app)
    return app, Caller(create_app(app), "")


def told(app: App) -> tuple[UUID, UUID]:
    """Tells the service of a client with one service; returns their ids, an hour old so that nothing waits for them."""
    client_id, service_id = (UUID(int=new_id().int - (3_600_000 << 80)) for _ in range(2))
    client = {"id": client_id, "name": "Bench", "status": "active", "currency": "USD", "net_terms": 30, "version": 1}
    client |= {"country": "US", "invoice_email": "bench@client.example"}
    row = {"id": service_id, "name": "Remote Support", "unit": "Hour", "default_rate": "125.00", "version": 1}
    row |= {"effective_rate": "125.00", "rate_source": "catalog", "included": True, "is_custom": True}
    card = {"client_id": client_id, "services": [row]}
    handle(app, [envelope("clients.client.created.v1", client), envelope("clients.client_service.changed.v1", card)])
    return client_id, service_id


def of_agreements(app: App, caller: Caller) -> dict[str, Write]:
    client_id, service_id = (str(key) for key in told(app))
    block = {"client_id": client_id, "name": "Block", "type": "block_hours_prepaid", "total_hours": "100000"}
    block |= {"start_date": "2025-01-01", "activate": True}
    agreement = posted(caller, "/agreements", block)
    new = {"client_id": client_id, "agreement_id": agreement["id"], "subject": "Bench"}
    order = posted(caller, "/work-orders", new)
    time = {"service_id": service_id, "hours": "0.25", "worked_on": "2025-11-03"}

    def log(n: int) -> Any:
        entry = time | {"technician_name": f"Technician {n}", "external_ref": f"row {n}"}
        return posted(caller, f"/work-orders/{order['id']}/time-entries", entry)

    return {
        "create an agreement": lambda _: posted(caller, "/agreements", block | {"activate": False}),
        "create a work order": lambda _: posted(caller, "/work-orders", new),
        "log time": log,
    }


def of_billing(app: App, caller: Caller) -> dict[str, Write]:
    client_id, service_id = (str(key) for key in told(app))
    today = now().date().isoformat()
    line = {"description": "Work", "quantity": "1", "unit_rate": "100.00"}
    draft = {"client_id": client_id, "lines": [line], "issued_on": today}
    item = {"client_id": client_id, "client_service_id": service_id, "quantity": "1", "dated_on": today}
    payment = {"client_id": client_id, "amount": "100.00", "method": "check", "received_on": today}
    owed = []

    def make_draft(_: int) -> Any:
        owed.append(posted(caller, "/invoices", draft))

    return {
        "add a billable item": lambda _: posted(caller, "/billable-items", item),
        "draft an invoice": make_draft,
        "issue an invoice": lambda n: posted(caller, f"/invoices/{owed[n]['id']}/issue", {}),
        "record a payment": lambda n: posted(
            caller, "/payments", payment | {"allocations": [{"invoice_id": owed[n]["id"], "amount": "100.00"}]}
        ),
    }


def of_clients(app: App, caller: Caller) -> dict[str, Write]:
    client = posted(caller, "/clients", {"name": "Bench"})
    custom = {"is_custom": True, "name": "Night Watch", "rate": "90.00"}
    posted(caller, f"/clients/{client['id']}/services", custom)
    return {"create a client": lambda n: posted(caller, "/clients", {"name": f"Bench {n}"})}


TENTH = "(array(SELECT id FROM client))[n / 10 + 1]"
LISTS = {
    "agreements": {"/time-entries": ("time_entry", "worked_on DESC, id DESC", {"external_ref": "external_ref || n"})},
    "billing": {"/invoices": ("invoice", "created_at DESC, id DESC", {"number": "number || n"})},
    "catalog": {"/services": ("service", "sort_order, name, id", {"name": "name || n"})},
    "clients": {
        "/clients": ("client", "name_key, id", {"name": "name || n", "name_key": "name_key || n"}),
        "/client-services": ("client_service", "client_id, id", {"name": "name || n", "client_id": TENTH}),
    },
}
"""By service and address: the table, the order of the bare SELECT, and the columns that differ between rows."""


def fill_catalog(_: App, caller: Caller) -> dict[str, Write]:
    posted(caller, "/services", {"name": "Remote Support", "description": "Help", "default_rate": "125.00"})
    return {}


def fill(app: App, table: str, differing: dict[str, str]) -> None:
    """Copies a row of the table until there are ROWS."""
    stored = text(
        "SELECT column_name FROM information_schema.columns WHERE table_name = :name AND is_generated = 'NEVER'"
    )
    with app.database.engine.begin() as connection:
        columns = connection.scalars(stored, {"name": table}).all()
        apart = {"id": "gen_random_uuid()", "created_at": "created_at - n * interval '1 minute'"} | differing
        values = ", ".join(apart.get(name, name) for name in columns)
        one = f"(SELECT * FROM {table} ORDER BY id LIMIT 1) one, generate_series(1, {ROWS}) n"
        connection.execute(text(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {one}"))
        connection.execute(text(f"ANALYZE {table}"))


def reading(caller: Caller, path: str) -> Write:
    client = caller.app.test_client()
    headers = {"Authorization": f"Bearer {caller.token}"}

    def read(_: int) -> Any:
        answer = client.get(f"/api/v1{path}", headers=headers)
        assert answer.status_code == 200, answer.json
        return answer

    return read


def selecting(app: App, table: str, order: str) -> Write:
    statement = text(f"SELECT * FROM {table} ORDER BY {order} LIMIT 51")

    def select(_: int) -> None:
        with app.database.engine.connect() as connection:
            orjson.dumps([dict(row) for row in connection.execute(statement).mappings()], default=str)

    return select


def report_lists(app: App, infra: Infra, name: str, caller: Caller, options: argparse.Namespace) -> None:
    for path, (table, order, differing) in LISTS.get(name, {}).items():
        fill(app, table, differing)
        sign_in(infra, name, caller)
        first = reading(caller, path)(0).json
        for label, address in ((path, path), (f"{path}, next", f"{path}?cursor={first['next_cursor']}")):
            sign_in(infra, name, caller)
            report(app, label, reading(caller, address), selecting(app, table, order), options)


def posted(caller: Caller, path: str, body: dict[str, Any]) -> Any:
    answer = caller.post(path, body, headers={"Idempotency-Key": str(new_id())})
    assert answer.status_code < 300, answer.json
    return answer.json


def bare(app: App) -> Write:
    def write(_: int) -> None:
        with app.database.engine.begin() as connection:
            connection.execute(BARE, {"id": new_id(), "payload": "x" * 500})

    return write


def database_cpu(app: App) -> float:
    """Returns the seconds of CPU that the processes behind the database's connections have used."""
    backends = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
    with app.database.engine.connect() as connection:
        stats = [Path(f"/proc/{pid}/stat").read_text() for pid in connection.scalars(backends)]
    ticks = [stat.rpartition(")")[2].split()[11:13] for stat in stats]
    return sum(int(user) + int(system) for user, system in ticks) / os.sysconf("SC_CLK_TCK")


def measure(app: App, call: Write, requests: int) -> tuple[float, float, float]:
    """Returns the median time, and the mean CPU time of this process and of the database's, in milliseconds."""
    times, cpu, sql = [], process_time(), database_cpu(app)
    for n in range(WARM, WARM + requests):
        began = perf_counter()
        call(n)
        times.append(1000 * (perf_counter() - began))
    used = process_time() - cpu, database_cpu(app) - sql
    return quantiles(times, n=2)[0], *(1000 * seconds / requests for seconds in used)


def sign_in(infra: Infra, name: str, caller: Caller) -> None:
    """Gives the caller a new token, which lasts a minute."""
    caller.token = identity_token(infra.private_key, name, role="admin", user_id=str(new_id()))


def report(app: App, label: str, call: Write, plain: Write, options: argparse.Namespace) -> None:
    for n in range(WARM - 1):
        call(n)
        plain(n)
    with statements(app.database.engine) as sent:
        call(WARM - 1)
    time, cpu, sql = measure(app, call, options.requests)
    least, *_ = measure(app, plain, options.requests)
    figures = f"{time:>9.1f}{least:>9.2f}{time / least:>8.1f}{cpu:>9.1f}{sql:>9.1f}{len(sent):>12}"
    print(f"{label:<24}{figures}", flush=True)
    for statement in sent if options.sql else ():
        print("    " + " ".join(statement.split())[:150])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--sql", action="store_true", help="print the statements of each request")
    parser.add_argument("--only", choices=("writes", "lists"), help="measure only these")
    options = parser.parse_args()
    infra = infrastructure.from_environment()
    makers = {"agreements": (agreements.wiring.app, of_agreements), "billing": (billing.wiring.app, of_billing)}
    makers |= {"catalog": (catalog.wiring.app, fill_catalog), "clients": (clients.wiring.app, of_clients)}
    print(f"{'request':<24}{'p50 ms':>9}{'bare ms':>9}{'ratio':>8}{'CPU ms':>9}{'SQL CPU':>9}{'statements':>12}")
    for name, (make, writes_of) in makers.items():
        app, caller = prepared(infra, name, make)
        sign_in(infra, name, caller)
        writes = writes_of(app, caller)
        for label, write in writes.items():
            sign_in(infra, name, caller)
            if options.only == "lists":
                write(0)
            else:
                report(app, label, write, bare(app), options)
        if options.only != "writes":
            report_lists(app, infra, name, caller, options)
        app.dispose()


if __name__ == "__main__":
    main()
