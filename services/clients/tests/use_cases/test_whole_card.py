"""Saving the whole card at once."""

import threading
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from clients.client import editing as clients
from clients.rate_card import editing, whole_card
from clients.rate_card.models import ClientService
from common.context import Context
from common.errors import Invalid, Stale
from common.testing.database import statements


@pytest.fixture
def acme(in_work, catalog_says) -> Any:
    for name, rate in {"Remote Support": "125.00", "Onsite Support": "175.00", "Consulting": "200.00"}.items():
        catalog_says(name, rate)
    with in_work() as work:
        client = clients.create(work, name="Acme Corp").id
        editing.add_custom(work, client, name="Executive Support", rate=Decimal("250.00"))
    return client


def card(work, client_id) -> dict[str, ClientService]:
    rows = work.session.scalars(select(ClientService).where(ClientService.client_id == client_id))
    return {row.name: row for row in rows}


def entry(row: ClientService, **agreed: Any) -> dict[str, Any]:
    return {"id": row.id, "is_custom": False, "included": True, **agreed}


def test_the_card_becomes_what_was_sent(in_work, acme, catalog_says, emitted):
    training = catalog_says("User Training", "100.00")
    with in_work() as work:
        rows = card(work, acme)
        before = len(emitted())
        whole_card.replace(
            work,
            acme,
            services=[
                entry(rows["Remote Support"], custom_rate=Decimal("110.00")),
                entry(rows["Executive Support"]),
                {"service_id": UUID(training["id"]), "is_custom": False, "included": True, "custom_rate": None},
                {"is_custom": True, "name": "Night Watch", "rate": Decimal("300.00"), "included": True},
            ],
        )
    with in_work() as work:
        badges = {name: (row.badge, row.effective_rate) for name, row in card(work, acme).items()}
    assert badges == {
        "Remote Support": ("Custom Rate", Decimal("110.00")),
        "Onsite Support": ("Not Included", None),
        "Consulting": ("Not Included", None),
        "Executive Support": ("Custom Service", Decimal("250.00")),
        "User Training": ("Default Rate", Decimal("100.00")),
        "Night Watch": ("Custom Service", Decimal("300.00")),
    }
    (event,) = emitted()[before:]
    assert len(event.data["services"]) == 5  # all but the untouched custom one


def test_one_wrong_entry_and_nothing_changes(in_work, acme, emitted):
    before = len(emitted())
    with in_work() as work:
        rows = card(work, acme)
    wrong = [
        entry(rows["Remote Support"], custom_rate=Decimal("1.00")),
        entry(rows["Onsite Support"], custom_rate=Decimal("1.005")),
        entry(rows["Consulting"], category="Other"),
        entry(rows["Remote Support"]),
    ]
    with pytest.raises(Invalid) as refused, in_work() as work:
        whole_card.replace(work, acme, services=wrong)

    assert set(refused.value.errors) == {"services.1.custom_rate", "services.2.category", "services.3.service_id"}
    with in_work() as work:
        assert {row.badge for row in card(work, acme).values()} == {"Default Rate", "Custom Service"}
    assert len(emitted()) == before


def test_an_archived_service_stays_but_is_not_chosen_anew(in_work, acme, catalog_says):
    fax = catalog_says("Fax Support", "10.00")
    with in_work() as work:
        kept = editing.choose(work, acme, service_id=UUID(fax["id"])).id
    catalog_says(of=fax, event="archived", status="archived")
    rows = [{"service_id": UUID(fax["id"]), "is_custom": False, "included": True}]

    with in_work() as work:
        whole_card.replace(work, acme, services=rows)
        assert work.session.get(ClientService, kept).included
        whole_card.replace(work, acme, services=[])
    with pytest.raises(Invalid, match="not valid") as refused, in_work() as work:
        whole_card.replace(work, acme, services=rows)
    assert "archived" in refused.value.errors["services.0.service_id"][0]


def test_a_row_somebody_else_changed_meanwhile_is_not_overwritten(in_work, acme):
    with in_work() as work:
        seen = card(work, acme)["Consulting"]
        editing.update(work, acme, seen.id, custom_rate=Decimal("190.00"))

    with pytest.raises(Stale), in_work() as work:
        whole_card.replace(work, acme, services=[entry(seen, version=1)])


def test_two_saves_at_once_are_one_after_the_other(app, acme):
    start = threading.Barrier(4)
    failures: list[BaseException] = []

    def save(rate: str) -> None:
        start.wait()
        try:
            with app.work(Context()) as work:
                rows = [entry(row, custom_rate=Decimal(rate)) for row in card(work, acme).values()]
                whole_card.replace(work, acme, services=rows)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=save, args=(rate,)) for rate in ("1.00", "2.00", "3.00", "4.00")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    with app.work(Context()) as work:
        assert len({row.custom_rate for row in card(work, acme).values()}) == 1


def test_reading_does_not_take_a_query_for_each_row(app, acme):
    with app.work(Context()) as work:
        rows = [entry(row) for row in card(work, acme).values()]
    sent = []
    for count in (1, 4):
        with statements(app.database.engine) as seen, app.work(Context()) as work:
            whole_card.replace(work, acme, services=rows[:count])
        sent.append(sum(statement.startswith("SELECT") for statement in seen))
    assert sent[0] == sent[1] <= 6


def test_a_row_stays_of_its_service(in_work, acme):
    with in_work() as work:
        rows = card(work, acme)
        editing.remove(work, acme, rows["Consulting"].id)
    other = rows["Remote Support"].service_id
    with pytest.raises(Invalid) as wrong, in_work() as work:
        whole_card.replace(work, acme, services=[entry(rows["Consulting"], service_id=other)])
    assert wrong.value.errors == {"services.0.service_id": ['"Consulting" belongs to another catalog service.']}
    with in_work() as work:
        assert card(work, acme)["Consulting"].service_id == rows["Consulting"].service_id


def test_two_custom_services_do_not_get_one_name(in_work, acme):
    with in_work() as work:
        night = editing.add_custom(work, acme, name="Night Watch", rate=Decimal("300.00"))
        rows = card(work, acme)
    new = {"is_custom": True, "included": True, "rate": Decimal("1.00")}
    for services in (
        [entry(rows["Executive Support"], name="night watch"), entry(night)],
        [{**new, "name": "Day Watch"}, entry(night, name="DAY watch")],
    ):
        with pytest.raises(Invalid) as wrong, in_work() as work:
            whole_card.replace(work, acme, services=services)
        assert "This client already has a custom service named" in str(wrong.value.errors)
    with in_work() as work:
        assert set(card(work, acme)) == set(rows)
