"""What is kept of the catalog: only newer facts, each once."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from clients.inbound.replicas import CatalogService, TaxCode
from common.events import Unreadable
from common.ids import new_id


def replica(in_work, model: Any, identifier: str) -> Any:
    with in_work() as work:
        return work.session.get(model, identifier)


def test_a_replica_takes_newer_facts_only(in_work, catalog_says):
    first = catalog_says("Remote Support", "125.00")
    third = catalog_says(of={**first, "version": 2}, event="rate_changed", default_rate="135.00")
    catalog_says(of=first, event="changed", name="Overtaken")

    kept = replica(in_work, CatalogService, first["id"])
    assert (kept.sequence, kept.name, kept.default_rate) == (third["version"], "Remote Support", Decimal("135.00"))


def test_the_same_event_twice_has_one_effect(in_work, deliver, service_state, make_client, emitted):
    state, event_id = service_state("Remote Support", "125.00"), new_id()
    deliver("catalog.service.created.v1", state, event_id=event_id)
    make_client()
    before = len(emitted())

    deliver("catalog.service.created.v1", state, event_id=event_id)
    deliver("catalog.service.created.v1", state)

    with in_work() as work:
        assert work.session.scalar(select(func.count()).select_from(CatalogService)) == 1
    assert len(emitted()) == before


def test_facts_in_one_batch_in_any_order(in_work, deliver, service_state):
    first = service_state("Remote Support", "125.00")
    states = [{**first, "version": version, "default_rate": f"{100 + version}.00"} for version in (2, 4, 1, 3)]

    deliver([("catalog.service.rate_changed.v1", state) for state in states])

    assert replica(in_work, CatalogService, first["id"]).default_rate == Decimal("104.00")


def test_a_deleted_service_is_not_brought_back_by_an_older_fact(in_work, callers, catalog_says, make_client):
    first = catalog_says()
    catalog_says(of={**first, "version": 2}, event="deleted")
    catalog_says(of=first, event="changed")

    assert replica(in_work, CatalogService, first["id"]).status == "deleted"
    answer = callers("manager").post(f"/clients/{make_client()['id']}/services", {"service_id": first["id"]})
    assert answer.status_code == 422


def test_tax_codes(in_work, deliver, tax_code):
    deliver("catalog.tax_code.changed.v1", {**tax_code, "name": "VAT", "version": 3})
    deliver("catalog.tax_code.changed.v1", {**tax_code, "name": "Older", "version": 2})

    kept = replica(in_work, TaxCode, tax_code["id"])
    assert (kept.name, kept.sequence, kept.rate_percent) == ("VAT", 3, Decimal(5))


@pytest.mark.parametrize("missing", ["id", "default_rate", "status", "version", "created_at"])
def test_an_event_without_what_is_needed_is_unreadable(deliver, service_state, missing):
    state = service_state("Remote Support", "125.00")
    del state[missing]
    with pytest.raises(Unreadable, match=missing):
        deliver("catalog.service.created.v1", state)
