"""20,000 clients with 50 services each: the time of every list, and the delay of events.

    python tests/load/scale_bench.py --run .run [--clients 20000] [--only fill|lists|far|create|follow] [--plans]

Fills the databases of a running Evergreen by SQL with the rows that events would have left, once, and leaves them
there; use a separate system. Then it calls catalog and clients directly, with an identity token like the
gateway's. The last part needs a system whose setting rate_change_policy is `follow`. Prints figures
and asserts no times, because those depend on the machine.
"""

import argparse
import os
import platform
import threading
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from time import perf_counter, sleep
from uuid import uuid4

import psycopg
from scale_bench_fill import database, fill
from scale_bench_parts import Api, Case, Inside, Samples, all_cases, cursor_after, figures, p99

from local import envfile
from local.run_dir import RunDir

FAR, SMALL = 1000, 10
SLOW = 100.0
PATIENCE = 300.0
EXTRA = {
    "catalog": ["/services?status=active&sort=-client_count", "/services?in_use=true&sort=-default_rate"],
    "clients": [
        "/clients?status=active&sort=-updated_at", "/clients?q=scale&sort=-updated_at", "/clients?cf_scale_1=tier+3",
        "/clients?q=00123+dental", "/clients?q=%28345%29+200-0068", "/clients?q=p0%40c00017.example",
        "/clients?tag=Scale+tag+3&sort=-updated_at", "/client-services?badge=Custom+Rate&sort=-difference",
        "/client-services?badge=Custom+Rate&sort=name", "/client-services?included=false&sort=name",
        "/client-services?rate_review=true&sort=-updated_at", "/client-services?q=harbour&sort=-updated_at",
        "/contacts?status=active&sort=-created_at", "/contacts?q=2000068", "/assets?kind=server&sort=-warranty_until",
        "/assets?status=active&sort=-updated_at", "/assets?q=sn1234",
    ],
}  # fmt: skip
"""Filters that users combine."""
SINGLE = {
    "catalog": ["/services/{service_id}", "/catalog/dashboard"],
    "clients": [
        "/clients/{client_id}", "/clients/{client_id}/services/{client_service_id}", "/rate-reviews/summary",
        "/rate-reviews/summary?service_id={service_id}", "/clients/dashboard",
        "/clients/duplicates", "/clients/duplicates?client_id={client_id}",
    ],
}  # fmt: skip
"""Answers without pages."""
OF_A_TECHNICIAN = (
    "/clients",
    "/clients?q=scale",
    "/clients?sort=-updated_at",
    "/contacts",
    "/contacts?q=scale",
    "/assets",
)
FAR_LISTS = (
    "/clients", "/clients?sort=-updated_at", "/clients?status=active", "/clients?q=scale", "/contacts", "/assets",
    "/assets?sort=-expires_on", "/client-services", "/client-services?sort=name",
    "/client-services?sort=-effective_rate", "/client-services?sort=-difference", "/client-services?sort=-updated_at",
    "/client-services?badge=Custom+Rate", "/client-services?q=support",
    "/services/{service_id}/clients", "/services/{service_id}/clients?sort=-difference",
    "/rate-reviews",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description="Lists and news at 20,000 clients and 1,000,000 client services")
    parser.add_argument("--run", required=True, type=Path, help="directory of a running system")
    parser.add_argument("--clients", type=int, default=20_000)
    parser.add_argument("--services", type=int, default=50)
    parser.add_argument("--only", choices=("fill", "lists", "far", "create", "follow"))
    parser.add_argument("--requests", type=int, default=30, help="how often each answer is asked for")
    parser.add_argument("--match", default="", help="only lists whose path contains this")
    parser.add_argument("--plans", action="store_true", help="print the plans of the main lists")
    asked = parser.parse_args()
    environment = envfile.read(RunDir.of(asked.run).env)
    os.environ.update(environment | {"LOG_LEVEL": "ERROR"})
    load = os.getloadavg()[0]
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} processors, load {load:.1f}")
    fill(environment, asked.clients, asked.services)
    wanted = (asked.only,) if asked.only else ("lists", "far", "create", "follow")
    samples = gathered(environment)
    if "lists" in wanted:
        lists(environment, samples, asked.match, Table(asked.requests, plans=asked.plans))
    if "far" in wanted:
        far_behind(environment, samples, asked.match, asked.requests)
    if "create" in wanted:
        create(environment)
    if "follow" in wanted:
        follow(environment, samples)


def gathered(environment: dict[str, str]) -> Samples:
    """Returns ids of one client with all its data, and of one service."""
    catalog, clients = Api(environment, "catalog"), Api(environment, "clients")
    service = catalog.get("/api/v1/services", q="scale 001")["items"][0]
    client = clients.get("/api/v1/clients", q="scale 00011")["items"][0]
    card = f"/api/v1/clients/{client['id']}"
    row = clients.get(f"{card}/services", badge="Custom Rate")["items"][0]
    note = clients.get(f"{card}/notes")["items"][0]
    technician = clients.get(f"{card}/technicians")["items"][0]
    ids = {
        "client_id": client["id"],
        "service_id": service["id"],
        "client_service_id": row["id"],
        "note_id": note["id"],
    }
    values = {"tag": "Scale tag 3", "technician_id": technician["user_id"], "tax_code_id": service["tax_code_id"]}
    values |= {"contact_id": client["primary_support_contact_id"], "subscription_category": "email", **ids}
    across = ["executive", "support", "mail hosting scale 003", "harbour dental"]
    words = {"/api/v1/client-services": across, "/api/v1/rate-reviews": across[1:]}
    return Samples(ids, values, words)


# --- lists ---------------------------------------------------------------------------------------------------------


class Table:
    """The measured figures, one line each."""

    def __init__(self, requests: int, *, plans: bool) -> None:
        self._requests, self._plans = requests, plans
        self.slow: list[str] = []
        self.growing: list[str] = []

    def head(self, what: str) -> None:
        print(f"\n{what[:44]:44} {'asked for':46} {'total':>10} {'SQL':>5} {'best':>8} {'p50':>8} {'p99 ms':>8}")

    def line(self, api: Api, inside: Inside, case: Case, *, paged: bool = True) -> None:
        total = (api.get(case.address).get("total") or "") if paged else ""
        counts = [
            len(inside.statements(address))
            for address in ([case.sized(10), case.sized(100)] if paged else [case.address])
        ]
        api.timed(case.address, 2)
        taken = api.timed(case.address, self._requests)
        marks = ("*" if p99(taken) > SLOW else "") + ("!" if len(set(counts)) > 1 else "")
        if "*" in marks:
            self.slow.append(f"{case.list} {case.name}")
        if "!" in marks:
            self.growing.append(f"{case.list} {case.name}: {counts}")
        print(
            f"{case.list[:44]:44} {case.name[:46]:46} {total:>10} {counts[-1]:5} {figures(taken)} {marks}", flush=True
        )
        if self._plans and case.name in {"-", ""}:
            print("\n".join(f"    {line[:200]}" for line in inside.plans(case.address)))


def lists(environment: dict[str, str], samples: Samples, match: str, table: Table) -> None:
    for name in ("catalog", "clients"):
        api = Api(environment, name)
        inside = Inside(api)
        table.head(f"lists of {name}")
        for case in [*all_cases(api, samples), *_cases(EXTRA[name], samples)]:
            if match in case.list:
                table.line(api, inside, case)
        table.head(f"answers of {name}")
        for case in _cases(SINGLE[name], samples):
            if match in case.list:
                table.line(api, inside, case, paged=False)
    if not match:
        _of_a_technician(environment, samples, table)
    print(f"\nabove {SLOW:.0f} ms at p99 (*): {len(table.slow)}", *table.slow, sep="\n  ")
    print(f"more statements for more rows (!): {len(table.growing)}", *table.growing, sep="\n  ")
    print(f"not tried, for want of a value: {', '.join(samples.untried) or 'none'}")


def _of_a_technician(environment: dict[str, str], samples: Samples, table: Table) -> None:
    """Measures for a technician with a twentieth of the clients."""
    api = Api(environment, "clients", "technician", samples.values["technician_id"])
    inside = Inside(api)
    table.head("lists as a technician sees them")
    for case in _cases(OF_A_TECHNICIAN, samples):
        table.line(api, inside, case)


def _cases(addresses: Iterable[str], samples: Samples) -> list[Case]:
    found = []
    for address in addresses:
        path, _, query = address.partition("?")
        found.append(Case(path, query, "/api/v1" + address.format(**samples.ids)))
    return found


def far_behind(environment: dict[str, str], samples: Samples, match: str, requests: int) -> None:
    """Measures pages of ten: the first, and the thousandth reached page by page."""
    api = Api(environment, "clients")
    print(f"\n{'list, in pages of ' + str(SMALL):70} {'first: best, p50, p99 ms':>27}   page {FAR}: best, p50, p99 ms")
    for case in _cases(FAR_LISTS, samples):
        if match not in case.list:
            continue
        first = case.sized(SMALL)
        cursor = cursor_after(api, first, FAR - 1)
        behind = figures(api.timed(f"{first}&cursor={cursor}", requests)) if cursor else "the list is shorter"
        print(f"{case.list + '  ' + case.name:70} {figures(api.timed(first, requests))}   {behind}", flush=True)


# --- events --------------------------------------------------------------------------------------------------------


def create(environment: dict[str, str]) -> None:
    """Measures until all rows of a new client's card are in billing's database."""
    api = Api(environment, "clients")
    with database(environment, "clients") as clients, database(environment, "billing") as billing:
        services = _number(clients, "SELECT count(*) FROM catalog_service WHERE status = 'active'")
        print(f"\na client with {services} inherited services: answered, and seen in billing, after ms")
        for _ in range(10):
            started = perf_counter()
            status, made = api.call("POST", "/api/v1/clients", {"name": f"Bench {uuid4().hex}", "currency": "USD"})
            answered = perf_counter() - started
            if status != 201:
                raise SystemExit(f"POST /clients: {status} {made}")
            seen = _until(lambda made=made: _rows(billing, made["id"]) >= services, started)
            print(f"  {answered * 1000:8.0f} {seen * 1000:8.0f}", flush=True)


def follow(environment: dict[str, str], samples: Samples) -> None:
    """Moves a new rate to every card while one card is read all the time."""
    catalog, service = Api(environment, "catalog"), samples.ids["service_id"]
    rate = Decimal(catalog.get(f"/api/v1/services/{service}")["default_rate"]) + 1
    with database(environment, "clients") as clients, database(environment, "billing") as billing:
        before = _number(clients, MOVED, service, rate)
        reading = Reading(environment, f"/api/v1/clients/{samples.ids['client_id']}/services?page_size=100")
        with reading:
            started = perf_counter()
            status, _ = catalog.call("PATCH", f"/api/v1/services/{service}", {"default_rate": str(rate)})
            answered = perf_counter() - started
            heard = _until(lambda: _number(clients, HEARD, service, rate) > 0, started)
            moved = _until(lambda: _number(clients, "SELECT count(*) FROM catalog_news") == 0, started)
            rows = _number(clients, MOVED, service, rate) - before
            arrived = _until(lambda: _number(billing, MOVED, service, rate) >= rows, started)
    print(f"\na new rate of a service on {rows:,} cards (PATCH: {status}, answered in {answered * 1000:.0f} ms)")
    if not rows:
        print("  no row moved: is the setting rate_change_policy `follow`?")
    print(
        f"  heard by clients after {heard:.1f} s, on every card after {moved:.1f} s, in billing after {arrived:.1f} s"
    )
    taken = reading.taken
    print(f"  {len(taken):,} reads of a card meanwhile: best, p50, p99 {figures(taken)}, longest {max(taken):.1f} ms")


MOVED = "SELECT count(*) FROM client_service WHERE service_id = %s AND default_rate = %s"
HEARD = "SELECT count(*) FROM catalog_service WHERE id = %s AND default_rate = %s"
ROWS = "SELECT count(*) FROM client_service WHERE client_id = %s"


def _rows(billing: psycopg.Connection, client_id: str) -> int:
    return _number(billing, ROWS, client_id)


def _number(connection: psycopg.Connection, statement: str, *values: object) -> int:
    row = connection.execute(statement, values or None).fetchone()
    return int(row[0]) if row else 0


def _until(reached: Callable[[], bool], started: float) -> float:
    """Returns seconds since `started`. Gives up after some minutes, so that a bench always ends."""
    while not reached():
        if perf_counter() - started > PATIENCE:
            print(f"  gave up after {PATIENCE:.0f} s", flush=True)
            break
        sleep(0.01)
    return perf_counter() - started


class Reading:
    """Reads one card repeatedly."""

    def __init__(self, environment: dict[str, str], address: str) -> None:
        self._api, self._address = Api(environment, "clients"), address
        self.taken: list[float] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._read)

    def __enter__(self) -> "Reading":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _read(self) -> None:
        while not self._over.is_set():
            self.taken += self._api.timed(self._address, 1)
            sleep(0.02)


if __name__ == "__main__":
    main()
