"""Giving one client what was agreed with another."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from clients.client import editing as clients
from clients.rate_card import copying, editing
from clients.rate_card.models import ClientService, RateChange
from common.errors import Invalid


@pytest.fixture
def pair(in_work, catalog_says) -> dict[str, Any]:
    """Acme: Remote at 110, no Onsite, Backup by default, a custom service. Bravo: all by default, Fax besides."""
    for name in ("Remote", "Onsite", "Backup"):
        catalog_says(name, "125.00")
    with in_work() as work:
        acme = clients.create(work, name="Acme").id
    with in_work() as work:
        rows = {row.name: row for row in work.session.scalars(select(ClientService))}
        editing.update(work, acme, rows["Remote"].id, custom_rate=Decimal(110), custom_name="Line", notes="Theirs")
        editing.remove(work, acme, rows["Onsite"].id)
        editing.add_custom(work, acme, name="Executive", rate=Decimal(250), unit="Day")
    catalog_says("Fax", "5.00")
    with in_work() as work:
        bravo = clients.create(work, name="Bravo").id
    return {"acme": acme, "bravo": bravo}


def card(in_work, client_id) -> dict[str, tuple[str, str]]:
    with in_work() as work:
        mine = work.session.scalars(select(ClientService).where(ClientService.client_id == client_id))
        return {row.name: (row.display_name, str(row.effective_rate)) for row in mine}


def copy(in_work, pair, mode: str, *, custom: bool = False, dry_run: bool = False) -> dict[str, Any]:
    with in_work("manager") as work:
        answer = copying.copy(
            work,
            pair["bravo"],
            from_client_id=pair["acme"],
            mode=mode,
            include_custom_services=custom,
            dry_run=dry_run,
        )
        told = {step.name: (step.action, str(step.before), str(step.after)) for step in answer["results"]}
        return {**answer, "told": told}


BEFORE = {
    name: (name, rate)
    for name, rate in (("Remote", "125.00"), ("Onsite", "125.00"), ("Backup", "125.00"), ("Fax", "5.00"))
}


def test_only_the_custom_rates(in_work, pair):
    answer = copy(in_work, pair, "custom_rates")

    assert answer["told"] == {"Remote": ("changed", "125.00", "110")}
    assert card(in_work, pair["bravo"]) == BEFORE | {"Remote": ("Remote", "110")}
    with in_work() as work:
        (change,) = work.session.scalars(select(RateChange).where(RateChange.reason == "Copied from Acme"))
        assert change.changed_by_name == "Test manager"


def test_the_whole_card(in_work, pair, emitted):
    said = len(emitted())

    answer = copy(in_work, pair, "whole_card", custom=True)

    assert (answer["added"], answer["changed"], answer["excluded"], answer["skipped"]) == (1, 1, 2, 0)
    assert card(in_work, pair["bravo"]) == {
        "Remote": ("Line", "110"),
        "Onsite": ("Onsite", "None"),
        "Backup": ("Backup", "125.00"),
        "Fax": ("Fax", "None"),
        "Executive": ("Executive", "250"),
    }
    with in_work() as work:
        mine = work.session.scalars(select(ClientService).where(ClientService.client_id == pair["bravo"])).all()
        assert {row.notes for row in mine} == {None}
    (event,) = emitted()[said:]
    assert len(event.data["services"]) == 4


def test_a_rehearsal_tells_the_same_and_leaves_nothing(in_work, pair, emitted):
    said = len(emitted())

    rehearsed = copy(in_work, pair, "whole_card", custom=True, dry_run=True)

    assert card(in_work, pair["bravo"]) == BEFORE
    assert len(emitted()) == said
    done = copy(in_work, pair, "whole_card", custom=True)
    assert rehearsed["told"] == done["told"]


def test_twice_is_once(in_work, pair):
    copy(in_work, pair, "whole_card", custom=True)

    assert copy(in_work, pair, "whole_card", custom=True)["results"] == []


def test_what_was_archived_since_is_passed_over(in_work, pair, catalog_says):
    with in_work() as work:
        row = work.session.scalars(
            select(ClientService).where(ClientService.client_id == pair["bravo"], ClientService.name == "Remote")
        ).one()
        editing.remove(work, pair["bravo"], row.id)
        service_id = row.service_id
    known = {"id": str(service_id), "version": 1, "name": "Remote", "description": "", "category": None}
    known |= {"default_unit": "Hour", "currency": "USD", "created_at": "2026-01-01T00:00:00Z", "default_rate": "125.00"}
    catalog_says(of=known, event="archived", status="archived")

    answer = copy(in_work, pair, "whole_card")

    assert answer["skipped"] == 1
    assert [step.error for step in answer["results"] if step.action == "skipped"] == [
        '"Remote" is archived. Choose an active service.'
    ]
    assert card(in_work, pair["bravo"])["Remote"] == ("Remote", "None")


def test_other_currencies_and_oneself_are_refused(in_work, pair):
    with in_work() as work:
        clients.update(work, pair["acme"], currency="KYD")
    with pytest.raises(Invalid, match="not valid") as refused:
        copy(in_work, pair, "custom_rates")
    assert "Rates are not converted." in refused.value.errors["from_client_id"][0]

    with pytest.raises(Invalid):
        copy(in_work, {"acme": pair["bravo"], "bravo": pair["bravo"]}, "custom_rates")
