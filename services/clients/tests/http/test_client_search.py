"""Finding clients: by their own names and addresses, their people, and every notation of a phone number."""

import random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from clients.client import queries, search
from clients.client.models import Client
from clients.contact.models import Contact

ACME = {
    "country": "KY",
    "abbreviation": "ACM",
    "website": "www.acme.example",
    "phone": "(345) 949-1234",
    "billing_email": "ap@ledger.example",
    "billing_cc_emails": ["cfo@cc.example"],
    "tax_id": "KY-77-88",
}


@pytest.fixture
def world(callers, make_client) -> dict[str, Any]:
    manager = callers("manager")
    client = make_client("Acme Café & Söhne", **ACME)
    path = f"/clients/{client['id']}"
    ann = {"name": "Ann Müller", "email": "ann@people.example", "phone": "(345) 949-7777", "mobile": "+44 20 7946 0958"}
    manager.post(f"{path}/contacts", ann)
    manager.post(f"{path}/locations", {"name": "Warehouse", "city": "Savannah", "phone": "(345) 945-0000"})
    make_client("Bravo 100% Ltd")
    return client


@pytest.mark.parametrize(
    "q",
    [
        *("acme", "CAFE", "söhne", "sohne cafe", "acm", "acme.example", "ap@ledger", "cfo@cc", "KY-77", "muller ann"),
        *("ann@people.example", "savannah", "warehouse", "acme müller"),
        *("3459491234", "(345) 949-1234", "+1 345 949-1234", "949 1234", "345.949.7777", "00 1 345 949 7777"),
        *("020 7946 0958", "+44 20 7946 0958", "+44 (0)20 7946 0958", "011442079460958", "9450000"),
    ],
)
def test_found(callers, world, q):
    found = callers("manager").get("/clients", query_string={"q": q}).json
    assert [client["name"] for client in found["items"]] == ["Acme Café & Söhne"]


@pytest.mark.parametrize("q", ["acme bravo", "ann smith", "12345678", "caf_", "%%", "\\", "+1 345 949 1235"])
def test_not_found(callers, world, q):
    assert callers("manager").get("/clients", query_string={"q": q}).json["items"] == []


def test_what_a_pattern_means_elsewhere_is_text_here(callers, world):
    found = callers("manager").get("/clients", query_string={"q": "100%"}).json["items"]
    assert [client["name"] for client in found] == ["Bravo 100% Ltd"]


def test_people_are_found_across_clients(callers, world, make_client):
    manager = callers("manager")
    other = make_client("Charlie")
    manager.post(f"/clients/{other['id']}/contacts", {"name": "Ann Other", "title": "Head of IT"})

    def people(query: str) -> list[tuple[str, str]]:
        items = manager.get(f"/contacts?{query}").json["items"]
        return [(item["name"], item["client_name"]) for item in items]

    both = [("Ann Müller", "Acme Café & Söhne"), ("Ann Other", "Charlie")]
    assert people("q=ann") == people("sort=client_name") == both
    assert people("q=02079460958") == both[:1]
    assert people("q=head of it") == people(f"client_id={other['id']}") == both[1:]
    assert people("status=archived") == []


def test_nobody_finds_what_is_not_theirs(callers, world, make_client, make_user):
    dana, other = make_user("Dana"), make_client("Charlie", phone="+1 345 949 1111")
    callers("manager").post(f"/clients/{other['id']}/technicians", {"user_id": dana["id"]})
    technician = callers("technician", user_id=dana["id"])
    user = callers("client_user", client_id=UUID(other["id"]))

    for someone in (technician, user):
        assert [client["name"] for client in someone.get("/clients?q=345949").json["items"]] == ["Charlie"]
        assert someone.get("/contacts?q=ann").json["items"] == []


def test_what_is_found_follows_every_change(callers, world, app, in_work):
    """After whatever happened, the stored texts are what they would be if made anew."""
    manager, path, dice = callers("manager"), f"/clients/{world['id']}", random.Random(7)
    known: dict[str, list[str]] = {"contacts": [], "locations": []}
    for step in range(60):
        kind = dice.choice(("contacts", "locations"))
        one = f"{path}/{kind}/{dice.choice(known[kind])}" if known[kind] else None
        match dice.randrange(5):
            case 0:
                made = manager.post(f"{path}/{kind}", {"name": f"Name {step}", "phone": f"345949{step:04}"})
                known[kind].append(made.json["id"])
            case 1 if one:
                manager.patch(one, {"name": f"Renamed {step}"})
            case 2 if one:
                manager.delete(one)
            case 3 if one:
                manager.post(f"{one}/restore")
            case _:
                manager.patch(path, {"name": f"Acme {step}", "billing_email": f"b{step}@acme.example"})
    with in_work() as work:
        before = _texts(work)
        search.refresh(work, [UUID(world["id"])])
        work.session.expire_all()
        assert _texts(work) == before
    assert manager.get("/clients", query_string={"q": manager.get(path).json["name"]}).json["total"] == 1
    for contact in manager.get(f"{path}/contacts?page_size=100").json["items"]:
        assert manager.get("/clients", query_string={"q": contact["name"]}).json["total"] == 1
    for contact in manager.get(f"{path}/contacts?status=archived").json["items"]:
        assert manager.get("/contacts", query_string={"q": contact["name"]}).json["items"] == []


def test_what_an_older_release_wrote_is_found_after_republishing(callers, world, app, in_work):
    with in_work("system") as work:
        work.session.execute(text("UPDATE client SET search_text = ''"))
        work.session.execute(text("UPDATE contact SET search_text = ''"))
    manager = callers("manager")
    assert manager.get("/clients?q=acme").json["total"] == 0

    with in_work("system") as work:
        for _ in queries.republish(work):
            work.flush()

    assert (manager.get("/clients?q=acme").json["total"], manager.get("/contacts?q=ann").json["total"]) == (1, 1)


def _texts(work: Any) -> list[Any]:
    statements = (select(model.id, model.search_text).order_by(model.id) for model in (Client, Contact))
    return [tuple(row) for statement in statements for row in work.session.execute(statement)]


def test_a_search_text_is_no_change_of_the_client(callers, world):
    manager, path = callers("manager"), f"/clients/{world['id']}"
    before = manager.get(path).json

    manager.post(f"{path}/locations", {"name": "Another place"})

    after = manager.get(path).json
    assert (after["version"], after["updated_at"]) == (before["version"], before["updated_at"])
    assert manager.get("/clients?q=another place").json["total"] == 1
