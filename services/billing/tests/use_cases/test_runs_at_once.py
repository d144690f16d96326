"""Three concurrent runs, one of them killed at the worst moment."""

import os
import signal
import subprocess
import sys
import time
from datetime import date

import psutil
import pytest
from sqlalchemy import func, select, text

from billing.invoice.models import Invoice, LineItem
from billing.item.models import INVOICED, BillableItem
from billing.run.routes import INVOICE_RUNS
from common.testing.tasks import run_job

AS_OF = date(2025, 11, 30)
CLIENTS = 24
RUN = """
from datetime import date
from billing.run.routes import INVOICE_RUNS
from billing.wiring import app
from common.testing.tasks import run_job
print(run_job(app(), INVOICE_RUNS, date(2025, 11, 30)).counts["invoices"])
"""
AT_THE_NUMBERS = text(
    "SELECT client_port FROM pg_stat_activity WHERE datname = current_database()"
    " AND wait_event_type = 'Lock' AND query LIKE 'INSERT INTO number_series%'"
)
WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


@pytest.fixture
def runs(app):
    """Starts runs with two clients per transaction; stops the remaining processes."""
    environment = {**os.environ, "BILLING_RUN_CHUNK": "2", "BILLING_DATABASE_URL": app.settings.database_url}
    started = []

    def start():
        process = subprocess.Popen([sys.executable, "-c", RUN], env=environment, stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


def until(condition, patience=90.0):
    deadline = time.monotonic() + patience
    while not (found := condition()):
        assert time.monotonic() < deadline, "this never happened"
        time.sleep(0.02)
    return found


def test_one_killed_of_three_leaves_one_invoice_a_client_and_no_gap(app, world, runs, in_work):
    for n in range(CLIENTS):
        world.simple(tax=None, name=f"Client {n}")
    with app.database.engine.begin() as connection:
        connection.execute(text("INSERT INTO number_series (series, year, last) VALUES ('INV', 2025, 0)"))
    engine = app.database.engine
    with engine.connect() as gate, engine.connect().execution_options(isolation_level="AUTOCOMMIT") as watch:
        gate.execute(text("SELECT 1 FROM number_series FOR UPDATE"))
        processes = [runs() for _ in range(3)]
        until(lambda: watch.scalar(WAITING) == 3)
        port = watch.scalars(AT_THE_NUMBERS).one()
        victim = next(p for p in processes if port in {c.laddr.port for c in psutil.Process(p.pid).net_connections()})
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        gate.rollback()
    survivors = [process for process in processes if process is not victim]
    made = [int(process.communicate(timeout=90)[0].splitlines()[-1]) for process in survivors]
    assert sum(made) == CLIENTS
    again = run_job(app, INVOICE_RUNS, AS_OF)
    assert again.counts["invoices"] == 0
    with in_work() as work:
        assert work.session.scalar(select(func.count(Invoice.client_id.distinct()))) == CLIENTS
        numbers = sorted(work.session.scalars(select(Invoice.number)))
        taken = select(func.count()).where(BillableItem.status == INVOICED)
        assert work.session.scalar(taken) == work.session.scalar(select(func.count()).select_from(LineItem)) == CLIENTS
    assert numbers == [f"INV-2025-{n:03d}" for n in range(1, CLIENTS + 1)]
