"""Cards that begin with a named set of services, or get one later."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from clients.client import editing
from clients.rate_card import editing as card
from clients.rate_card import sets
from clients.rate_card.models import ClientService
from common.clock import now
from common.context import Context
from common.errors import Invalid
from common.ids import new_id


@pytest.fixture
def services(catalog_says) -> dict[str, Any]:
    return {name: catalog_says(name) for name in ("Remote", "Onsite", "Backup")}


@pytest.fixture
def set_says(deliver) -> Any:
    """Announces a set of services; `of=` its next version."""

    def say(*ids: str, of: dict[str, Any] | None = None, event: str = "changed", **values: Any) -> dict[str, Any]:
        state = {"id": str(new_id()), "name": "Basics", "status": "active", "is_default": False, "version": 1}
        if of:
            state |= {**of, "version": of["version"] + 1}
        else:
            state["service_ids"] = list(ids)
        state |= values
        deliver(f"catalog.service_set.{event}.v1", state)
        return state

    return say


def names(service, client_id) -> list[str]:
    with service.work(Context()) as work:
        mine = select(ClientService).where(ClientService.client_id == client_id, ClientService.included)
        return sorted(row.name for row in work.session.scalars(mine))


def create(service, **values: Any) -> Any:
    with service.work(Context()) as work:
        return editing.create(work, name=f"Client {new_id()}", **values).id


def test_the_set_asked_for(app, services, set_says):
    basics = set_says(services["Remote"]["id"], services["Backup"]["id"])

    assert names(app, create(app, service_set_id=basics["id"])) == ["Backup", "Remote"]
    assert names(app, create(app)) == ["Backup", "Onsite", "Remote"]
    assert names(app, create(app, inherit_services="none")) == []


def test_the_default_set_by_setting(under_policy, services, set_says):
    told = under_policy(inherit_services="set")
    assert names(told, create(told)) == []
    basics = set_says(services["Onsite"]["id"], is_default=True)

    assert names(told, create(told)) == ["Onsite"]
    assert names(told, create(told, inherit_services="all")) == ["Backup", "Onsite", "Remote"]

    set_says(of=basics, event="deleted")
    assert names(told, create(told)) == []


def test_sets_that_cannot_be_taken_are_named(app, services, set_says):
    gone = set_says(services["Remote"]["id"], status="archived", name="Retired")
    for wanted in (
        {"service_set_id": gone["id"]},
        {"service_set_id": UUID("00000000-0000-7000-8000-000000000000")},
        {"inherit_services": "set"},
        {"inherit_services": "none", "service_set_id": gone["id"]},
    ):
        with pytest.raises(Invalid) as refused:
            create(app, **wanted)
        assert list(refused.value.errors) == ["service_set_id"]


def test_a_service_of_the_set_announced_late_comes_after(app, services, set_says, catalog_says, service_state):
    late = service_state("Late", "10.00", created_at=(now() - timedelta(minutes=1)).isoformat())
    basics = set_says(services["Remote"]["id"], late["id"])
    client = create(app, service_set_id=basics["id"])
    assert names(app, client) == ["Remote"]

    catalog_says(of={**late, "version": 0})
    catalog_says("Of no set", created_at=late["created_at"])

    assert names(app, client) == ["Late", "Remote"]


def test_a_set_on_a_card_that_is_there(in_work, app, services, set_says, catalog_says, emitted):
    client = create(app, inherit_services="none")
    with in_work() as work:
        kept = card.choose(work, client, service_id=services["Remote"]["id"], custom_rate=Decimal(99))
    catalog_says(of=services["Backup"], event="archived", status="archived")
    basics = set_says(*(state["id"] for state in services.values()))
    said = len(emitted())

    with in_work() as work:
        answer = sets.apply_set(work, client, service_set_id=basics["id"])

    assert (answer["added"], answer["skipped"]) == (1, ["Backup"])
    assert names(app, client) == ["Onsite", "Remote"]
    (event,) = emitted()[said:]
    assert [row["name"] for row in event.data["services"]] == ["Onsite"]
    with in_work() as work:
        assert work.session.get(ClientService, kept.id).version == 1
