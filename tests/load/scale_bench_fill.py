"""Fills the databases of a running system by SQL with the rows that events would have left: see scale_data."""

from pathlib import Path
from time import perf_counter

import psycopg

DATA = Path(__file__).parent / "scale_data"
FILLED = ("catalog", "clients", "agreements", "billing", "notifications", "gateway")
LARGE = ["client", "client_service", "contact", "asset", "worked_time", "location"]
INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes JOIN pg_class ON pg_class.relname = indexname
    WHERE schemaname = 'public' AND tablename = ANY(%s)
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = pg_class.oid)
"""
"""Created after the rows, which is many times faster."""


def database(environment: dict[str, str], name: str) -> psycopg.Connection:
    """Connects as the superuser, who may disable triggers and foreign keys."""
    url = environment["POSTGRES_URL"].rsplit("/", 1)[0]
    return psycopg.connect(f"{url}/{name}", autocommit=True)


def fill(environment: dict[str, str], clients: int, services: int) -> None:
    """Fills the databases, except data from an earlier run."""
    for name in FILLED:
        started = perf_counter()
        with database(environment, name) as connection:
            _settings(connection, clients, services)
            if not _is_filled(connection, name):
                _write(connection, name)
                connection.execute("VACUUM ANALYZE")
                print(f"{name:16} filled in {perf_counter() - started:6.0f} s", flush=True)


def _settings(connection: psycopg.Connection, clients: int, services: int) -> None:
    values = {"scale.clients": clients, "scale.services": services}
    for name, value in values.items():
        connection.execute("SELECT set_config(%s, %s, false)", (name, str(value)))
    connection.execute("SET synchronous_commit = off; SET maintenance_work_mem = '256MB'; SET work_mem = '64MB'")
    connection.execute((DATA / "rows.sql").read_text())


def _is_filled(connection: psycopg.Connection, name: str) -> bool:
    table, view = ("service", "new_service") if name == "catalog" else ("client", "new_client")
    found = connection.execute(f"SELECT EXISTS (SELECT FROM {table} JOIN {view} USING (id) WHERE n = 1)").fetchone()
    return bool(found and found[0])


def _write(connection: psycopg.Connection, name: str) -> None:
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        indexes = connection.execute(INDEXES, (LARGE,)).fetchall()
        for index, _ in indexes:
            connection.execute(f'DROP INDEX "{index}"')
        connection.execute((DATA / f"{name}.sql").read_text())
        for _, definition in indexes:
            connection.execute(definition)
