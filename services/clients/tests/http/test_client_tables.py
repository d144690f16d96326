"""Clients and contacts as CSV files: what an import does, and the way there and back."""

import threading
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from common.app import App
from common.testing.database import statements
from common.testing.tables import as_csv, from_csv

Record = dict[str, Any]


FULL = {
    "name": "Acme Corp",
    "abbreviation": "ACME",
    "website": "acme.example",
    "phone": "(345) 949-1234",
    "tags": "Gold; Hosted",
    "currency": "KYD",
    "net_terms": "15",
    "hourly_rate": "110.00",
    "country": "Cayman Islands",
    "time_zone": "America/Cayman",
    "billing_email": "billing@acme.example",
    "billing_cc_emails": "cfo@acme.example; office@acme.example",
    "contact_name": "Ann Ebanks",
    "contact_email": "ann@acme.example",
    "contact_phone": "345 949 1235",
    "location_line1": "1 Harbour Drive",
    "location_city": "George Town",
}


def test_a_client_with_its_contact_location_and_tags(
    load_table, clients, contacts, callers, catalog_says, card_of, emitted
):
    catalog_says("Remote Support", "125.00")

    answer = load_table(as_csv(FULL))

    assert answer.status_code == 200, answer.json
    client = clients()["Acme Corp"]
    expected = {
        "website": "https://acme.example",
        "phone": "+13459491234",
        "tags": ["Gold", "Hosted"],
        "country": "KY",
        "net_terms": 15,
        "billing_cc_emails": ["cfo@acme.example", "office@acme.example"],
        "status": "active",
        "version": 1,
    }
    assert {name: client[name] for name in expected} == expected
    ann = contacts(client)["Ann Ebanks"]
    assert ann["is_primary_support"] is True
    assert ann["phone"] == "+13459491235"
    assert client["primary_support_contact"]["id"] == ann["id"]
    assert client["primary_location"]["name"] == "Main"
    assert client["primary_location"]["country"] == "KY"
    assert list(card_of(client)) == ["Remote Support"]
    (created,) = emitted("clients.client.created.v1")
    assert created.data["primary_support_contact_id"] == ann["id"]
    assert created.data["tags"] == ["Gold", "Hosted"]
    assert [len(emitted(f"clients.{name}.changed.v1")) for name in ("contact", "location", "client_service")] == [1] * 3
    assert [each["name"] for each in callers("manager").get("/clients?q=949-1235").json["items"]] == ["Acme Corp"]


def test_an_imported_client_is_as_one_made_by_hand(callers, load_table, clients, emitted, catalog_says):
    catalog_says("Remote Support", "125.00")
    manager = callers("manager")
    by_hand = manager.post("/clients", {"name": "By Hand", "phone": "+13459491234", "tags": ["Gold"]}).json
    manager.post(f"/clients/{by_hand['id']}/contacts", {"name": "Ann", "email": "ann@x.example"})
    load_table(
        as_csv(
            {
                "name": "By Table",
                "phone": "+13459491234",
                "tags": "Gold",
                "contact_name": "Ann",
                "contact_email": "ann@x.example",
            }
        )
    )

    one, other = (manager.get(f"/clients/{clients()[name]['id']}").json for name in ("By Hand", "By Table"))
    own = {"id", "name", "created_at", "updated_at", "version", "primary_support_contact_id", "primary_support_contact"}
    assert {k: v for k, v in one.items() if k not in own} == {k: v for k, v in other.items() if k not in own}
    cards = [event.data["services"] for event in emitted("clients.client_service.changed.v1")]
    assert [{k: v for k, v in row.items() if k != "id"} for row in cards[0]] == [
        {k: v for k, v in row.items() if k != "id"} for row in cards[1]
    ]


def test_nothing_is_written_unless_told_so(callers, clients, emitted):
    answer = callers("manager").post("/clients/import", data=as_csv(FULL).encode(), content_type="text/csv")

    assert (answer.json["dry_run"], answer.json["created"]) == (True, 1)
    assert clients() == {}
    assert callers("manager").get("/tags").json["total"] == 0
    assert emitted() == []


def test_the_same_table_again_changes_nothing(load_table, clients, emitted):
    load_table(as_csv(FULL, {"name": "Other"}))
    before, said = clients(), len(emitted())

    answer = load_table(as_csv(FULL, {"name": "OTHER "} | {}))
    again = load_table(as_csv(FULL))

    assert again.json["unchanged"] == 1, again.json
    assert answer.json["results"][0]["action"] == "unchanged", answer.json
    assert clients()["Acme Corp"] == before["Acme Corp"]
    assert len(emitted()) == said + 1  # OTHER, as it is written now


def test_what_differs_is_told_before_and_after(load_table, clients, emitted):
    load_table(as_csv(FULL))
    changed = FULL | {
        "net_terms": "45",
        "tags": "Gold",
        "contact_phone": "+1 345 949 9999",
        "location_city": "West Bay",
    }

    answer = load_table(as_csv(changed))

    assert answer.json["results"][0]["changes"] == {
        "net_terms": {"before": 15, "after": 45},
        "tags": {"before": ["Gold", "Hosted"], "after": ["Gold"]},
        "contact_phone": {"before": "+13459491235", "after": "+13459499999"},
        "location_city": {"before": "George Town", "after": "West Bay"},
    }
    client = clients()["Acme Corp"]
    assert (client["net_terms"], client["tags"], client["version"]) == (45, ["Gold"], 2)
    assert client["primary_location"]["city"] == "West Bay"
    assert len(emitted("clients.client.changed.v1")) == 1


def test_another_primary_contact_takes_over_and_the_invoices_follow(load_table, clients, contacts, emitted):
    load_table(as_csv({"name": "Acme", "contact_name": "Ann", "contact_email": "ann@acme.example"}))

    load_table(as_csv({"name": "Acme", "contact_name": "Bob", "contact_email": "bob@acme.example"}))

    client = clients()["Acme"]
    assert client["invoice_email"] == "bob@acme.example"
    found = contacts(client)
    assert (found["Ann"]["is_primary_support"], found["Bob"]["is_primary_support"]) == (False, True)
    (event,) = emitted("clients.client.changed.v1")
    assert event.data["invoice_email"] == "bob@acme.example"
    assert event.data["primary_support_contact_id"] == found["Bob"]["id"]
    renamed = load_table(as_csv({"name": "Acme", "contact_name": "Ann Smith", "contact_email": "ANN@acme.example"}))
    assert renamed.status_code == 200, renamed.data
    assert contacts(client)["Ann Smith"]["id"] == found["Ann"]["id"]
    assert contacts(client)["Ann Smith"]["is_primary_support"] is True


def test_an_invalid_copy_is_left_out_and_said(load_table, clients):
    answer = load_table(as_csv({"name": "Acme", "billing_cc_emails": "cfo@acme.example; nobody; @home"}))

    (result,) = answer.json["results"]
    assert answer.json["warned"] == 1
    assert [part for part in ("nobody", "@home") if part in " ".join(result["warnings"]["billing_cc_emails"])] == [
        "nobody",
        "@home",
    ]
    assert clients()["Acme"]["billing_cc_emails"] == ["cfo@acme.example"]


def test_archiving_restoring_and_leads(load_table, clients, emitted):
    load_table(as_csv({"name": "A", "status": "archived"}, {"name": "B", "status": "lead"}, {"name": "C"}))
    assert [clients()[name]["status"] for name in "ABC"] == ["archived", "lead", "active"]

    load_table(
        as_csv(
            {"name": "A", "status": "active"}, {"name": "B", "status": "active"}, {"name": "C", "status": "archived"}
        )
    )

    assert [clients()[name]["status"] for name in "ABC"] == ["active", "active", "archived"]
    assert clients()["C"]["archived_at"] is not None
    assert [len(emitted(f"clients.client.{name}.v1")) for name in ("restored", "changed", "archived")] == [1, 1, 1]


def test_custom_fields_have_columns(callers, load_table, clients):
    manager = callers("admin")
    for field in (
        {"key": "contract", "label": "Contract", "type": "text"},
        {"key": "seats", "label": "Seats", "type": "number"},
        {"key": "vip", "label": "VIP", "type": "boolean"},
    ):
        made = manager.post("/custom-fields", {"entity": "client", **field})
        assert made.status_code == 201, made.json

    load_table(as_csv({"name": "Acme", "cf:contract": "A-17", "cf:seats": "25", "cf:vip": "yes"}))
    assert clients()["Acme"]["custom_fields"] == {"contract": "A-17", "seats": "25", "vip": True}
    changed = load_table(as_csv({"name": "Acme", "cf:seats": "30", "cf:contract": ""}))
    assert clients()["Acme"]["custom_fields"] == {"seats": "30", "vip": True}
    assert set(changed.json["results"][0]["changes"]) == {"cf:seats", "cf:contract"}
    wrong = load_table(as_csv({"name": "Acme", "cf:seats": "many", "cf:nothing": "x"}))
    assert set(wrong.json["report"]["results"][0]["errors"]) == {"cf:seats", "cf:nothing"}
    exported = callers("billing").get("/clients/export").data
    assert from_csv(exported)[0]["cf:vip"] == "yes"
    assert load_table(exported).json["unchanged"] == 1


def test_two_imports_at_once_take_turns(callers, load_table):
    data = as_csv(*({"name": f"Client {n}", "tags": "Gold", "contact_name": "Ann"} for n in range(50)))
    answers: list[Any] = []
    barrier = threading.Barrier(4)

    def send() -> None:
        barrier.wait()
        answers.append(load_table(data))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer.status_code for answer in answers] == [200] * 4
    assert sorted(answer.json["created"] for answer in answers) == [0, 0, 0, 50]
    assert sorted(answer.json["unchanged"] for answer in answers) == [0, 50, 50, 50]


def test_thousands_of_rows_take_few_statements(load_table, app, catalog_says):
    catalog_says("Remote Support", "125.00")
    data = as_csv(
        *(
            {"name": f"Client {n}", "tags": "Gold", "contact_name": f"Ann {n}", "location_city": "X"}
            for n in range(1000)
        )
    )
    with statements(app.database.engine) as sent:
        answer = load_table(data)
    created = len(sent)
    with statements(app.database.engine) as sent:
        changed = load_table(data.replace("Gold", "Silver").replace("Ann", "Bea"))

    assert answer.json["created"] == changed.json["updated"] == 1000
    assert created < 100
    assert len(sent) < 100


def test_contacts_of_many_clients(load_table, clients, contacts, emitted):
    load_table(as_csv({"name": "Acme", "country": "KY"}, {"name": "Beta"}))

    answer = load_table(
        as_csv(
            {"client": "acme", "name": "Ann", "email": "ann@acme.example", "phone": "949 1234", "is_billing": "yes"},
            {"client": "Acme", "name": "Bob", "mobile": "+44 20 7946 0958", "is_primary_support": "yes"},
            {"client": "Beta", "name": "Cid", "status": "archived"},
        ),
        of="contacts",
    )

    assert answer.status_code == 200, answer.json
    found = contacts(clients()["Acme"])
    assert (found["Ann"]["phone"], found["Ann"]["is_billing"]) == ("+13459491234", True)
    assert found["Bob"]["mobile"] == "+442079460958"
    assert (found["Ann"]["is_primary_support"], found["Bob"]["is_primary_support"]) == (False, True)
    assert contacts(clients()["Beta"]) == {}
    assert len(emitted("clients.contact.archived.v1")) == 1
    again = load_table(
        as_csv({"client": "Acme", "name": "Anna", "email": "ANN@acme.example"}, {"client": "Acme", "name": "Bob"}),
        of="contacts",
    )
    assert [result["action"] for result in again.json["results"]] == ["update", "unchanged"], again.json
    assert contacts(clients()["Acme"])["Anna"]["id"] == found["Ann"]["id"]


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
SUSPICIOUS = (
    "=1+1",
    "'=1+1",
    "''",
    "-",
    "+",
    "@SUM(A1)",
    "-5",
    "a,b;c\td",
    'say "hi"',
    "two\nlines",
    "[1]",
    '["a"]',
    ";",
    "007",
)
NASTY = TEXT | st.sampled_from(SUSPICIOUS)
NAMED = NASTY.filter(lambda name: name.strip() != "")
ONE_DATABASE = [HealthCheck.function_scoped_fixture]
CLIENT = st.fixed_dictionaries(
    {
        "notes": NASTY,
        "industry": NASTY,
        "tax_id": NASTY,
        "tags": st.lists(NAMED.filter(lambda name: len(name) <= 50), max_size=3),
        "net_terms": st.integers(0, 365),
        "hourly_rate": st.decimals("0", "999", places=2).map(str) | st.none(),
        "country": st.sampled_from(["KY", "CA", "US", None]),
        "billing_contact_name": NASTY,
    }
)


@settings(max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=ONE_DATABASE)
@given(st.lists(st.tuples(NAMED, CLIENT, NAMED, NASTY), min_size=1, max_size=4))
def test_exports_imported_again_change_nothing(callers, load_table, app, drawn):
    _forget(app)
    manager = callers("manager")
    for name, values, contact, title in drawn:
        made = manager.post("/clients", {"name": name, **values})
        if made.status_code == 201:
            path = f"/clients/{made.json['id']}"
            manager.post(f"{path}/contacts", {"name": contact, "title": title, "phone": "+13459491234"})
            manager.post(f"{path}/locations", {"name": contact, "line1": title, "city": "x"})
    for of in ("clients", "contacts"):
        count = manager.get(f"/{of}").json["total"]
        exported = manager.get(f"/{of}/export").data

        again = load_table(exported, of=of)

        assert again.status_code == 200, again.json
        assert [result["changes"] for result in again.json["results"]] == [{}] * count
        assert manager.get(f"/{of}/export").data == exported


def _forget(app: App) -> None:
    with app.database.engine.begin() as connection:
        connection.execute(text("TRUNCATE client, contact, location, tag, client_tag CASCADE"))
