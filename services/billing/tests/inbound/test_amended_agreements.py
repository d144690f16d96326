"""An amendment's rates apply to work from its first day on; earlier work keeps the rates before it."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from billing.inbound.replicas import Agreement
from billing.invoice.models import InvoiceLine
from billing.run.routes import INVOICE_RUNS
from common.testing.tasks import run_job


@pytest.fixture
def amended(world):
    """Amends an agreement on 10 and 20 November: 60.00, then 70.00, now 80.00; overage 140.00, then 150.00."""
    client = world.client()
    remote, other = (world.card(client, world.service(name)) for name in ("Remote Support", "Onsite Support"))

    def earlier(day, overage, rate):
        services = [{"client_service_id": remote["id"], "custom_rate": rate}]
        return {"before": day, "overage_rate": overage, "services": services}

    replaced = [earlier("2025-11-10", "140.00", "60.00"), earlier("2025-11-20", "140.00", "70.00")]
    agreement = world.agreement(client, {remote["id"]: "80.00"}, overage_rate="150.00", earlier_rates=replaced)
    return {"client": client, "remote": remote, "other": other, "id": agreement["id"]}


def test_each_day_is_billed_at_its_rate(app, world, amended, in_work, callers):
    for day in ("2025-11-09", "2025-11-10", "2025-11-19", "2025-11-20"):
        world.time(amended["client"], amended["remote"], "1", on=day, agreement_id=amended["id"])
    for day in ("2025-11-09", "2025-11-19", "2025-11-20"):
        world.time(amended["client"], amended["other"], "1", on=day, agreement_id=amended["id"], overage=True)

    unbilled = callers("billing").get("/billing/dashboard").json["money"][0]["unbilled"]
    assert run_job(app, INVOICE_RUNS, date(2025, 11, 30)).counts["invoices"] == 1
    with in_work() as work:
        lines = work.session.scalars(select(InvoiceLine).order_by(InvoiceLine.unit_rate))
        found = [(line.unit_rate, line.quantity, line.amount) for line in lines]
    assert found == [
        (Decimal("60.00"), Decimal(1), Decimal("60.00")),
        (Decimal("70.00"), Decimal(2), Decimal("140.00")),
        (Decimal("80.00"), Decimal(1), Decimal("80.00")),
        (Decimal("140.00"), Decimal(2), Decimal("280.00")),
        (Decimal("150.00"), Decimal(1), Decimal("150.00")),
    ]
    assert unbilled == "710.00"


def test_a_service_without_an_earlier_rate_has_the_clients(app, world, amended, in_work):
    rows = [{"client_service_id": amended["remote"]["id"], "custom_rate": "75.00"}]
    newer = [{"before": "2025-11-20", "overage_rate": None, "services": []}]
    world.agreement(
        amended["client"], {row["client_service_id"]: row["custom_rate"] for row in rows}, earlier_rates=newer
    )
    last = world.said[-1][1]
    world.time(amended["client"], amended["remote"], "1", on="2025-11-19", agreement_id=last["id"])
    run_job(app, INVOICE_RUNS, date(2025, 11, 30))
    with in_work() as work:
        line = work.session.scalars(select(InvoiceLine)).one()
        assert (line.unit_rate, line.rate_source) == (Decimal("125.00"), "catalog")


def test_earlier_rates_follow_a_merge_of_rate_cards(deliver, world, amended, in_work):
    into = world.client("Acme Corporation")
    row = world.card(into, world.service("Support"))
    replaced = [{"id": amended["remote"]["id"], "into_id": row["id"]}]
    merged = {"id": into["id"], "merged_client_id": amended["client"]["id"], "client_services": replaced}
    deliver("clients.client.merged.v1", merged | {"services": [], "version": 2})
    with in_work() as work:
        agreement = work.session.scalars(select(Agreement)).one()
        assert agreement.earlier_rates.keys() == agreement.services.keys() == {str(row["id"])}
