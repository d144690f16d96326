"""Two clients becoming one: everything follows, the survivor's word holds, and nothing happens twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from clients.asset.models import Asset
from clients.contact.models import Contact
from clients.location.models import Location
from clients.merging import queries as merges
from clients.merging.models import Holding
from clients.note.models import Note
from clients.rate_card.models import ClientService, RateChange
from clients.technician.models import ClientTechnician
from common.ids import new_id
from common.testing.database import statements

MERGED = "clients.client.merged.v1"


@pytest.fixture
def manager(callers):
    return callers("manager")


@pytest.fixture
def merge(manager):
    def ask(survivor: Any, duplicate: Any, *, dry_run: bool = False) -> Any:
        body = {"duplicate_id": duplicate["id"], "dry_run": dry_run}
        return manager.post(f"/clients/{survivor['id']}/merge", body)

    return ask


@pytest.fixture
def services(catalog_says) -> dict[str, Any]:
    return {name: catalog_says(name, rate) for name, rate in (("Remote Support", "125.00"), ("Onsite", "175.00"))}


@pytest.fixture
def furnish(manager, make_user):
    """Gives a client one of everything."""

    def give(client: Any, mark: str) -> Any:
        path = f"/clients/{client['id']}"
        dana = make_user(f"Dana{mark}")
        made = [
            manager.post(f"{path}/contacts", {"name": f"Ann {mark}", "email": f"ann@{mark.lower()}.example"}),
            manager.post(f"{path}/locations", {"name": f"Office {mark}", "city": "Toronto", "country": "CA"}),
            manager.post(f"{path}/assets", {"name": f"SRV-{mark}", "kind": "server"}),
            manager.post(f"{path}/notes", {"body": f"About {mark}"}),
            manager.post(f"{path}/technicians", {"user_id": dana["id"]}),
            manager.patch(path, {"tags": ["VIP", mark], "custom_fields": {}}),
        ]
        assert {answer.status_code for answer in made} <= {200, 201}, [answer.json for answer in made]
        return client

    return give


@pytest.fixture
def acme(services, make_client, furnish):
    return furnish(make_client("Acme Corporation", tax_id=None), "A")


@pytest.fixture
def twin(services, make_client, furnish):
    return furnish(make_client("ACME corp.", tax_id="KY-77", billing_email="ap@acme.example"), "B")


def test_everything_follows(manager, merge, acme, twin, in_work):
    assert merge(acme, twin).status_code == 200

    with in_work() as work:
        for model in (Contact, Location, Asset, Note, ClientTechnician):
            assert {str(key) for key in work.session.scalars(select(model.client_id))} == {acme["id"]}, model
        assert work.session.scalars(select(Contact.name).where(Contact.is_primary_support)).all() == ["Ann A"]
        assert work.session.scalars(select(Location.name).where(Location.is_primary)).all() == ["Office A"]
    survivor, gone = (manager.get(f"/clients/{client['id']}").json for client in (acme, twin))
    assert survivor["tags"] == ["A", "B", "VIP"]
    assert (survivor["tax_id"], survivor["merged_into_id"]) == ("KY-77", None)
    assert survivor["billing_email"] is None, "its invoices go to Ann A already"
    assert (gone["status"], gone["merged_into_id"], gone["tags"]) == ("archived", acme["id"], [])
    assert [found["id"] for found in manager.get("/clients?q=ann@b.example").json["items"]] == [acme["id"]]


def test_a_dry_run_says_what_would_move_and_changes_nothing(manager, merge, acme, twin, emitted, deliver):
    path = f"/clients/{twin['id']}/services"
    (remote,) = (row for row in manager.get(path).json["items"] if row["name"] == "Remote Support")
    manager.patch(f"{path}/{remote['id']}", {"custom_rate": "99.00"})
    manager.post(path, {"is_custom": True, "name": "VIP Support", "rate": "200"})
    invoice = {"id": new_id(), "client_id": twin["id"], "status": "issued", "currency": "USD", "balance": "50.00"}
    deliver("billing.invoice.issued.v1", invoice | {"version": 2})
    said, before = len(emitted()), manager.get(f"/clients/{twin['id']}").json

    told = merge(acme, twin, dry_run=True).json

    once = dict.fromkeys(("contacts", "locations", "assets", "notes", "technicians", "invoices"), 1)
    none = dict.fromkeys(("agreements", "work_orders", "payments", "time_entries"), 0)
    assert told["moves"] == {**once, **none, "tags": 2, "services": 3}
    outcomes = {row["name"]: (row["outcome"], row["duplicate_rate"], row["survivor_rate"]) for row in told["services"]}
    assert outcomes == {
        "Remote Support": ("survivors_holds", "99.00", "125.00"),
        "Onsite": ("survivors_holds", "175.00", "175.00"),
        "VIP Support": ("moved", "200.00", None),
    }
    assert told["filled"] == {"tax_id": "KY-77"}
    assert {entry["field"] for entry in told["differences"]} == set()
    assert (told["refusals"], told["merged_at"], told["dry_run"]) == ([], None, True)
    assert len(emitted()) == said
    assert manager.get(f"/clients/{twin['id']}").json == before


def test_cards_become_one(manager, merge, card_of, acme, twin, emitted, in_work):
    own, other = card_of(acme), card_of(twin)
    manager.patch(f"/clients/{twin['id']}/services/{other['Remote Support']['id']}", {"custom_rate": "99.00"})
    manager.patch(f"/clients/{twin['id']}/services/{other['Onsite']['id']}", {"custom_rate": "160.00"})
    manager.delete(f"/clients/{acme['id']}/services/{own['Onsite']['id']}")
    vip = manager.post(
        f"/clients/{twin['id']}/services", {"is_custom": True, "name": "VIP Support", "rate": "200"}
    ).json

    merge(acme, twin)

    card = card_of(acme)
    assert {name: (row["id"], row["effective_rate"]) for name, row in card.items()} == {
        "Remote Support": (own["Remote Support"]["id"], "125.00"),
        "Onsite": (own["Onsite"]["id"], "160.00"),
        "VIP Support": (vip["id"], "200.00"),
    }
    assert {row["badge"] for row in card_of(twin).values()} == {"Not Included"}
    (event,) = emitted(MERGED)
    mapping = {other[name]["id"]: own[name]["id"] for name in ("Remote Support", "Onsite")}
    assert {row["id"]: row["into_id"] for row in event.data["client_services"]} == mapping
    assert {row["id"]: row["effective_rate"] for row in event.data["services"]} == {
        vip["id"]: "200.00",
        own["Onsite"]["id"]: "160.00",
    }
    with in_work() as work:
        told = work.session.scalars(
            select(RateChange.new_rate).where(RateChange.client_service_id == own["Remote Support"]["id"])
        )
        assert [str(rate) for rate in told] == ["99.00"], "the duplicate's history is part of the survivor's"
    of_cards = [event.data for event in emitted("clients.client_service.changed.v1")][-2:]
    assert {data["client_id"] for data in of_cards} == {acme["id"], twin["id"]}


def test_a_technician_of_both_is_assigned_once(manager, merge, make_user, acme, twin, in_work, emitted):
    dana = make_user("Dana")
    for client in (acme, twin):
        manager.post(f"/clients/{client['id']}/technicians", {"user_id": dana["id"]})
    manager.delete(f"/clients/{acme['id']}/technicians/{dana['id']}")

    merge(acme, twin)

    users = [row["user_id"] for row in manager.get(f"/clients/{acme['id']}/technicians").json["items"]]
    assert users.count(dana["id"]) == 1
    last = {
        event.subject: event for event in emitted("clients.technician.assigned.v1", "clients.technician.unassigned.v1")
    }
    states = {
        (event.data["client_id"], event.data["active"])
        for event in last.values()
        if event.data["user_id"] == dana["id"]
    }
    assert states == {(acme["id"], True), (twin["id"], False)}


def test_a_client_without_people_gets_the_duplicates(services, manager, merge, make_client, twin):
    bare = make_client("Acme Holding")

    merge(bare, twin)

    survivor = manager.get(f"/clients/{bare['id']}").json
    assert survivor["primary_support_contact"]["name"] == "Ann B"
    assert survivor["primary_location"]["name"] == "Office B"
    assert survivor["invoice_email"] == "ap@acme.example"


def test_merged_again_nothing_is_left_to_move(merge, acme, twin, emitted):
    first = merge(acme, twin).json
    said = len(emitted())

    again = merge(acme, twin)

    assert again.status_code == 200
    assert again.json["merged_at"] == first["merged_at"]
    assert set(again.json["moves"].values()) == {0}
    assert len(emitted()) == said


@pytest.mark.parametrize(
    ("survivor", "duplicate", "status", "says"),
    [
        ("acme", "acme", 422, "itself"),
        ("acme", "nobody", 422, "Client not found"),
        ("nobody", "acme", 404, "Client not found"),
        ("gone", "acme", 409, 'already merged into "Acme Corporation"'),
        ("third", "gone", 409, 'already merged into "Acme Corporation"'),
        ("archived", "acme", 409, "Restore it first"),
    ],
)
def test_what_cannot_be(manager, merge, make_client, acme, twin, survivor, duplicate, status, says, emitted):
    clients = {"acme": acme, "gone": twin, "third": make_client("Third"), "nobody": {"id": str(new_id())}}
    clients["archived"] = make_client("Old")
    manager.post(f"/clients/{clients['archived']['id']}/archive")
    merge(acme, twin)
    said = len(emitted())

    for dry_run in (True, False):
        answer = merge(clients[survivor], clients[duplicate], dry_run=dry_run)
        assert answer.status_code == status, answer.json
        assert says in str(answer.json)
    assert len(emitted()) == said


def test_an_archived_duplicate_may_be_merged(manager, merge, acme, twin):
    manager.post(f"/clients/{twin['id']}/archive")

    assert merge(acme, twin).status_code == 200


def test_a_merged_client_is_changed_no_more_and_its_name_is_free(manager, merge, acme, twin):
    merge(acme, twin)

    path = f"/clients/{twin['id']}"
    answers = [
        manager.patch(path, {"net_terms": 10}),
        manager.post(f"{path}/restore"),
        manager.post(f"{path}/contacts", {"name": "Late"}),
        manager.post(f"{path}/services", {"is_custom": True, "name": "Late", "rate": "1"}),
    ]
    assert [answer.status_code for answer in answers] == [409] * 4
    assert answers[0].json["detail"] == '"ACME corp." was merged into "Acme Corporation". Use that client.'
    assert manager.patch(f"/clients/{acme['id']}", {"name": "ACME corp."}).status_code == 200


def test_open_money_of_two_currencies_is_not_put_together(
    manager, merge, make_client, card_of, services, deliver, acme
):
    island = make_client("Acme Cayman", currency="KYD")
    invoice = {"id": new_id(), "client_id": island["id"], "status": "issued", "currency": "KYD", "balance": "50.00"}
    deliver("billing.invoice.issued.v1", invoice | {"version": 2})
    payment = {"id": new_id(), "client_id": island["id"], "currency": "KYD", "unallocated": "7.00", "version": 2}
    deliver("billing.payment.changed.v1", payment)

    refused = merge(acme, island)

    assert refused.status_code == 409
    assert "Acme Cayman is billed in KYD and Acme Corporation in USD" in refused.json["detail"]
    assert "1 unpaid invoice ($50.00 KYD due)" in refused.json["detail"]
    assert "a credit of $7.00 KYD" in refused.json["detail"]
    deliver("billing.invoice.changed.v1", invoice | {"status": "paid", "balance": "0.00", "version": 3})
    deliver("billing.payment.changed.v1", payment | {"unallocated": "0.00", "version": 3})
    assert merge(acme, island).status_code == 200


def test_rates_of_another_currency_do_not_come_over(manager, merge, make_client, services, acme):
    island = make_client("Acme Cayman", currency="KYD")
    row = manager.post(
        f"/clients/{island['id']}/services", {"is_custom": True, "name": "VIP Support", "rate": "200"}
    ).json

    told = merge(acme, island, dry_run=True).json

    assert told["refusals"] == [
        "Acme Cayman is billed in KYD and Acme Corporation in USD: "
        'the rates of "VIP Support" are in KYD. Remove them from the card first.'
    ]
    manager.delete(f"/clients/{island['id']}/services/{row['id']}")
    assert merge(acme, island).status_code == 200


def test_each_into_the_other_at_once_ends_with_one(manager, merge, acme, twin, emitted):
    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(merge, acme, twin), pool.submit(merge, twin, acme)]
        statuses = sorted(one.result().status_code for one in asked)

    assert statuses == [200, 409]
    assert len(emitted(MERGED)) == 1


def test_several_into_one_at_once(manager, merge, make_client, services, acme, card_of):
    others = [make_client(f"Acme {n}") for n in range(4)]

    with ThreadPoolExecutor(4) as pool:
        statuses = [one.status_code for one in pool.map(lambda other: merge(acme, other), others)]

    assert statuses == [200] * 4
    assert len(card_of(acme)) == len(services)


def test_a_chain_leads_to_its_end(manager, merge, make_client, services, acme, twin, in_work, deliver, card_of):
    third = make_client("Acme Group")
    row = card_of(twin)["Remote Support"]["id"]
    merge(acme, twin)
    merge(third, acme)

    entry = {"id": new_id(), "client_id": twin["id"], "client_service_id": row, "worked_on": "2026-11-01"}
    deliver("agreements.time.logged.v1", entry | {"hours": "2.00", "version": 1})
    order = {"id": new_id(), "client_id": twin["id"], "status": "new", "version": 1}
    deliver("agreements.work_order.created.v1", order)

    with in_work() as work:
        assert {str(key) for key in work.session.scalars(select(Holding.client_id))} == {third["id"]}
    rows = manager.get(f"/client-services?client_id={third['id']}").json["items"]
    worked = {entry["name"]: entry["hours_last_12_months"] for entry in rows}
    assert worked["Remote Support"] == "2.00"


def test_a_note_written_meanwhile_is_the_survivors(merge, acme, twin, in_work, manager):
    merge(acme, twin)

    manager.post(f"/clients/{twin['id']}/notes", {"body": "Seen too late"})

    with in_work() as work:
        assert {str(key) for key in work.session.scalars(select(Note.client_id))} == {acme["id"]}


def test_merges_are_said_again(merge, make_client, services, acme, twin, in_work, emitted):
    merge(acme, twin)
    (said,) = emitted(MERGED)

    with in_work("system") as work:
        for _ in merges.republish(work):
            work.flush()

    again = emitted(MERGED)[-1]
    assert again.data == {**said.data, "services": [], "version": again.data["version"]}


def test_it_takes_as_many_statements_for_much_as_for_little(manager, merge, app, acme, twin):
    for n in range(20):
        path = f"/clients/{twin['id']}"
        manager.post(f"{path}/contacts", {"name": f"Person {n}"})
        manager.post(f"{path}/services", {"is_custom": True, "name": f"Service {n}", "rate": "1"})
        manager.post(f"{path}/notes", {"body": "x"})

    with statements(app.database.engine) as sent:
        assert merge(acme, twin).status_code == 200

    assert len(sent) < 65


def test_whoever_may_not_change_clients_may_not_merge_them(callers, acme, twin):
    body = {"duplicate_id": twin["id"], "dry_run": False}

    for role in ("technician", "billing"):
        assert callers(role).post(f"/clients/{acme['id']}/merge", body).status_code == 403


def test_rows_of_the_card_that_lapsed_are_left_for_what_names_them(merge, acme, twin, in_work):
    merge(acme, twin)

    with in_work() as work:
        left = work.session.scalars(select(ClientService).where(ClientService.client_id == twin["id"])).all()
        assert len(left) == 2
        assert not any(row.included or row.rate_review for row in left)


def test_rates_to_come_go_with_the_terms_that_hold(manager, merge, card_of, acme, twin, in_work):
    own, other = card_of(acme)["Onsite"], card_of(twin)["Onsite"]
    with in_work() as work:
        day = str(work.today + timedelta(days=5))
    for client, row, rate in ((acme, own, "90"), (twin, other, "60")):
        path = f"/clients/{client['id']}/services/{row['id']}/scheduled-rates"
        assert manager.post(path, {"custom_rate": rate, "valid_from": day}).status_code == 201
    manager.delete(f"/clients/{acme['id']}/services/{own['id']}")

    assert merge(acme, twin).status_code == 200

    path = f"/clients/{acme['id']}/services/{own['id']}"
    kept = manager.get(path).json
    assert (kept["included"], kept["next_rate"]) == (True, {"custom_rate": "60.00", "valid_from": day})
    told = manager.get(f"{path}/scheduled-rates").json["items"]
    assert [(rate["custom_rate"], rate["status"]) for rate in told] == [("60.00", "scheduled")]


def test_rates_agreed_in_another_currency_are_not_left_on_rows_off_the_card(
    manager, merge, make_client, services, card_of, in_work
):
    island, onsite = make_client("Acme Cayman", currency="KYD"), services["Onsite"]
    path = f"/clients/{island['id']}/services"
    extra = manager.post("/clients", {"name": "Bare", "inherit_services": "none"}).json
    row = card_of(island)["Onsite"]
    with in_work() as work:
        day = str(work.today + timedelta(days=5))
    manager.patch(f"{path}/{row['id']}", {"custom_rate": "7.00"})
    manager.post(f"{path}/{row['id']}/scheduled-rates", {"custom_rate": "8.00", "valid_from": day})
    manager.put(f"{path}/bulk", {"services": []})

    assert merge(extra, island).status_code == 200

    moved = manager.get(f"/clients/{extra['id']}/services/{row['id']}").json
    assert (moved["included"], moved["custom_rate"], moved["next_rate"]) == (False, None, None)
    again = manager.post(f"/clients/{extra['id']}/services", {"service_id": onsite["id"]}).json
    assert (again["currency"], again["effective_rate"]) == ("USD", "175.00")
