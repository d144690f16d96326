"""Clients over HTTP: what is kept, what is found, what is refused."""

import threading
from typing import Any

import pytest

from common.ids import new_id
from common.testing.database import statements

FULL = {
    "name": "Caribbean Tech Ltd",
    "status": "lead",
    "currency": "KYD",
    "net_terms": 14,
    "tax_id": "KY-123",
    "hourly_rate": "150.00",
    "country": "Cayman Islands",
    "time_zone": "America/Cayman",
    "locale": "en-KY",
    "notes": "Met at the fair",
    "billing_contact_name": "Sarah Johnson",
    "billing_email": "billing@caribbean.example",
    "billing_cc_emails": ["accounting@caribbean.example", "cfo@caribbean.example"],
}


def test_every_field_is_kept_and_announced(callers, tax_code, emitted):
    answer = callers("manager").post("/clients", {**FULL, "tax_code_id": tax_code["id"]})

    assert answer.status_code == 201
    kept = {**FULL, "country": "KY", "country_name": "Cayman Islands", "tax_code_id": tax_code["id"]}
    assert {name: answer.json[name] for name in kept} == kept
    assert answer.headers["ETag"] == '"1"'
    (event,) = emitted("clients.client.created.v1")
    assert event.subject == answer.json["id"]
    assert event.data["billing_cc_emails"] == FULL["billing_cc_emails"]
    assert (event.data["country"], event.data["currency"]) == ("KY", "KYD")
    assert event.data["invoice_email"] == "billing@caribbean.example"


def test_what_is_not_said_is_sensible(make_client):
    client = make_client("Acme Corp", billing_email="", hourly_rate=None)

    defaults = ("status", "currency", "net_terms", "time_zone", "hourly_rate", "billing_email", "billing_cc_emails")
    assert [client[name] for name in defaults] == ["active", "USD", 30, "America/New_York", None, None, []]


@pytest.mark.parametrize(
    ("change", "field", "hint"),
    [
        ({"name": " "}, "name", "between 1 and 200"),
        ({"name": 7}, "name", "string"),
        ({"status": "archived"}, "status", "lead, active"),
        ({"currency": "DOL"}, "currency", "ISO 4217"),
        ({"net_terms": -1}, "net_terms", "365"),
        ({"net_terms": 366}, "net_terms", "365"),
        ({"net_terms": "30"}, "net_terms", "whole number"),
        ({"hourly_rate": "-0.01"}, "hourly_rate", "negative"),
        ({"hourly_rate": "1.005"}, "hourly_rate", "0.01"),
        ({"hourly_rate": "10.50", "currency": "JPY"}, "hourly_rate", "JPY amounts can't be finer than 1."),
        ({"country": "Atlantis"}, "country", "Atlantis"),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "America/Cayman"),
        ({"locale": "klingon"}, "locale", "en-US"),
        ({"billing_email": "nobody"}, "billing_email", "nobody"),
        ({"billing_cc_emails": ["cfo@acme.example", "no.at.sign"]}, "billing_cc_emails", "no.at.sign"),
        ({"billing_cc_emails": "cfo@acme.example, @acme.example"}, "billing_cc_emails", "@acme.example"),
        ({"billing_cc_emails": [f"p{n}@acme.example" for n in range(11)]}, "billing_cc_emails", "At most 10"),
        ({"tax_code_id": "00000000-0000-7000-8000-000000000000"}, "tax_code_id", "Tax code not found"),
        (
            {"primary_support_contact_id": "00000000-0000-7000-8000-000000000000"},
            "primary_support_contact_id",
            " client",
        ),
        ({"colour": "green"}, "colour", "Unknown"),
        ({"id": "00000000-0000-7000-8000-000000000000"}, "id", "Unknown"),
    ],
)
def test_bad_fields_are_named_and_change_nothing(callers, make_client, emitted, change, field, hint):
    manager = callers("manager")
    known = make_client("Known")
    before = len(emitted())

    refused = [manager.post("/clients", {"name": "Acme Corp", **change})]
    if field not in ("status",):
        refused.append(manager.patch(f"/clients/{known['id']}", change))

    for answer in refused:
        assert answer.status_code == 422
        assert answer.mimetype == "application/problem+json"
        assert hint in answer.json["errors"][field][0]
    assert manager.get("/clients").json["total"] == 1
    assert manager.get(f"/clients/{known['id']}").json == known
    assert len(emitted()) == before


def test_an_eleventh_cc_is_refused_and_ten_are_kept(callers, make_client):
    ten = [f"person{number}@acme.example" for number in range(10)]
    client = make_client(billing_cc_emails=", ".join([*ten, ten[0]]))
    assert client["billing_cc_emails"] == ten

    answer = callers("manager").patch(f"/clients/{client['id']}", {"billing_cc_emails": [*ten, "k@acme.example"]})

    assert answer.status_code == 422
    assert answer.json["errors"]["billing_cc_emails"] == ["At most 10 addresses, not 11."]


def test_an_archived_tax_code_is_not_chosen_anew_but_stays_where_it_is(callers, make_client, tax_code, deliver):
    client = make_client(tax_code_id=tax_code["id"])
    deliver("catalog.tax_code.changed.v1", {**tax_code, "status": "archived", "version": 2})

    assert callers("manager").patch(f"/clients/{client['id']}", {"net_terms": 7}).status_code == 200
    refused = callers("manager").post("/clients", {"name": "Other", "tax_code_id": tax_code["id"]})
    assert refused.status_code == 422
    assert "archived" in refused.json["errors"]["tax_code_id"][0]


@pytest.mark.parametrize("name", ["ACME corp", " Acme \t Corp\n", "acme  CORP", "Ac\u200bme\u00a0Corp\ufeff"])
def test_a_name_differing_in_case_and_spaces_is_taken(callers, make_client, name):
    make_client("Acme Corp")
    other = make_client("Other")

    for answer in (
        callers("manager").post("/clients", {"name": name}),
        callers("manager").patch(f"/clients/{other['id']}", {"name": name}),
    ):
        assert answer.status_code == 409
        assert "name" in answer.json["errors"]


def test_a_client_may_be_renamed_to_its_own_name_written_better(callers, make_client):
    client = make_client("acme corp")
    answer = callers("manager").patch(f"/clients/{client['id']}", {"name": "ACME Corp"})
    assert (answer.status_code, answer.json["name"]) == (200, "ACME Corp")


def test_requests_at_once_cannot_both_take_a_name(callers):
    answers: list[Any] = []
    barrier = threading.Barrier(6)

    def create() -> None:
        barrier.wait()
        answers.append(callers("manager").post("/clients", {"name": "Acme Corp"}))

    threads = [threading.Thread(target=create) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]
    assert all("name" in answer.json["errors"] for answer in answers if answer.status_code == 409)


def test_one_idempotency_key_makes_one_client(callers):
    manager = callers("manager")
    first, again = (manager.post("/clients", FULL, headers={"Idempotency-Key": "k1"}) for _ in range(2))

    assert again.json == first.json
    assert manager.get("/clients").json["total"] == 1


def test_an_edit_of_an_older_version_is_refused(callers, make_client):
    manager, client = callers("manager"), make_client()
    path = f"/clients/{client['id']}"
    saved = manager.patch(path, {"net_terms": 14}, headers={"If-Match": '"1"'})
    assert saved.headers["ETag"] == '"2"'

    stale = {"If-Match": '"1"'}
    assert manager.patch(path, {"net_terms": 60}, headers=stale).status_code == 412
    assert manager.delete(path, headers=stale).status_code == 412
    assert manager.post(f"{path}/archive", headers=stale).status_code == 412
    seen = manager.get(path).json
    assert (seen["net_terms"], seen["status"], seen["version"]) == (14, "active", 2)


def test_an_edit_that_changes_nothing_says_nothing(callers, make_client, emitted):
    client = make_client(notes="Same")
    before = len(emitted())

    answer = callers("manager").patch(f"/clients/{client['id']}", {"notes": "Same", "name": client["name"]})

    assert (answer.status_code, answer.json["version"]) == (200, 1)
    assert len(emitted()) == before


def test_a_currency_that_cannot_express_the_agreed_rates_is_refused(callers, make_client, catalog_says, card_of):
    catalog_says()
    client = make_client()
    row = card_of(client)["Remote Support"]
    manager = callers("manager")
    manager.patch(f"/clients/{client['id']}/services/{row['id']}", {"custom_rate": "99.50"})

    refused = manager.patch(f"/clients/{client['id']}", {"currency": "JPY"})
    assert refused.status_code == 422
    assert "1 custom rates" in refused.json["errors"]["currency"][0]

    manager.patch(f"/clients/{client['id']}/services/{row['id']}", {"custom_rate": "99"})
    assert manager.patch(f"/clients/{client['id']}", {"currency": "JPY"}).status_code == 200


def test_archive_and_restore(callers, make_client, emitted):
    manager, client = callers("manager"), make_client()
    path = f"/clients/{client['id']}"

    archived = manager.post(f"{path}/archive").json
    assert (archived["status"], archived["version"]) == ("archived", 2)
    assert archived["archived_at"] is not None
    assert manager.post(f"{path}/archive").status_code == 409
    assert manager.patch(path, {"status": "active"}).status_code == 409
    assert manager.get("/clients?status=active").json["total"] == 0
    assert manager.post(f"{path}/restore").json["status"] == "active"
    assert manager.delete(path).status_code == 204
    assert manager.get(path).json["status"] == "archived"
    assert [event.type.split(".")[2] for event in emitted()] == ["created", "archived", "restored", "archived"]


def test_search_looks_at_names_addresses_and_contacts(callers, make_client):
    manager = callers("manager")
    acme, other = make_client("Acme_100% Corp", billing_email="pay@acme.example"), make_client("Zulu")
    ann = manager.post(f"/clients/{other['id']}/contacts", {"name": "Ann Miller", "email": "am@zulu.example"}).json

    def found(q: str) -> list[str]:
        return [item["name"] for item in manager.get("/clients", query_string={"q": q}).json["items"]]

    assert found("acme") == [acme["name"]]
    assert found("PAY@") == [acme["name"]]
    assert found("miller") == found("am@zulu") == ["Zulu"]
    assert found("0% c") == [acme["name"]]
    assert found("%") == [acme["name"]]
    assert found("nothing like it") == []
    manager.delete(f"/clients/{other['id']}/contacts/{ann['id']}")
    assert found("miller") == []


def test_filters(callers, make_client):
    make_client("A", status="lead"), make_client("B", currency="KYD", country="KY"), make_client("C", country="US")
    names = lambda query: [i["name"] for i in callers("manager").get(f"/clients?{query}").json["items"]]  # noqa: E731

    assert names("status=lead") == ["A"]
    assert names("currency=KYD") == ["B"]
    assert names("country=Cayman%20Islands") == names("country=KY") == ["B"]
    assert names("status=active&sort=-name") == ["C", "B"]


@pytest.mark.parametrize("sort", ["name", "-name", "created_at", "-updated_at", "status,-name"])
def test_pages_follow_each_other_without_gap_or_repeat(callers, make_client, sort):
    manager = callers("manager")
    for number in range(13):
        make_client(f"{'client' if number % 2 else 'Client'} {number:02}", status="lead" if number % 3 else "active")

    names, cursor, totals = [], "", []
    while cursor is not None:
        page = manager.get(f"/clients?page_size=5&sort={sort}&cursor={cursor}").json
        names += [item["name"] for item in page["items"]]
        totals.append(page["total"])
        cursor = page["next_cursor"]

    assert len(names) == len(set(names)) == 13
    assert totals == [13, None, None]
    if sort.lstrip("-") == "name":
        assert names == sorted(names, key=str.lower, reverse=sort.startswith("-"))


@pytest.mark.parametrize(
    "query", ["sort=colour", "page_size=101", "cursor=nonsense", "colour=green", "country=Atlantis"]
)
def test_a_list_refuses_what_it_does_not_know(callers, query):
    assert callers("manager").get(f"/clients?{query}").status_code == 422


def test_a_list_takes_the_same_number_of_queries_however_long(callers, app, make_client):
    manager = callers("manager")
    for number in range(8):
        client = make_client(f"Client {number}")
        manager.post(f"/clients/{client['id']}/contacts", {"name": "Ann"})
    counts = []
    for size in (1, 7):
        with statements(app.database.engine) as sent:
            manager.get(f"/clients?page_size={size}")
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 5


def test_choices_for_forms(callers):
    countries = callers("client_user", client_id=new_id()).get("/reference/countries").json
    currencies = callers("technician").get("/reference/currencies").json

    names = [item["name"] for item in countries["items"]]
    assert names.index("Canada") < names.index("Cayman Islands") < names.index("Central African Republic")
    assert {"code": "KYD", "name": "Cayman Islands Dollar"} in currencies["items"]
    assert currencies["total"] == len(currencies["items"])
    assert currencies["default"] == "USD"


def test_the_first_page_has_counts(callers, make_client):
    make_client("A", status="lead"), make_client("B")
    assert callers("billing").get("/clients/dashboard").json["counts"] == {
        "clients_active": 1,
        "clients_lead": 1,
        "rate_reviews_open": 0,
    }


def test_the_billing_address_is_not_copied_to_itself(callers, make_client):
    manager = callers("manager")
    copies = ["Billing@Acme.example", "cfo@acme.example"]
    client = make_client(billing_email="billing@acme.example", billing_cc_emails=copies)
    one = f"/clients/{client['id']}"

    assert client["billing_cc_emails"] == ["cfo@acme.example"]
    assert manager.patch(one, {"billing_cc_emails": copies}).json["billing_cc_emails"] == ["cfo@acme.example"]
    assert manager.patch(one, {"billing_email": "CFO@acme.example"}).json["billing_cc_emails"] == []


PASTED = '"Müller, Jörg" <jm@x.example>; bob@y.example,\n mailto:eve@z.example; JM@X.example;'


@pytest.mark.parametrize("given", [PASTED, [PASTED], ["bob@y.example", PASTED]])
def test_copies_pasted_from_a_mail_program_are_understood(make_client, given):
    kept = make_client(billing_cc_emails=given)["billing_cc_emails"]

    assert sorted(kept) == ["bob@y.example", "eve@z.example", "jm@x.example"]


def test_a_domain_beyond_ascii_is_stored_as_typed_and_sz_is_not_ss(callers, make_client):
    copies = ["rechnung@straße.example", "RECHNUNG@xn--strae-oqa.example", "rechnung@strasse.example"]
    client = make_client(billing_email="rechnung@straße.example", billing_cc_emails=copies, website="straße.example")
    assert (client["billing_email"], client["website"]) == ("rechnung@straße.example", "https://straße.example")
    assert client["billing_cc_emails"] == ["rechnung@strasse.example"]

    wrong = {"billing_email": "jo@☃.example", "billing_cc_emails": "jo@xn--a.example", "website": "https://☃.example"}
    answer = callers("manager").patch(f"/clients/{client['id']}", wrong)
    assert answer.status_code == 422
    assert set(answer.json["errors"]) == set(wrong)


@pytest.mark.parametrize("zero", ["0", "0.00", None])
def test_a_flat_rate_of_nothing_is_no_flat_rate(callers, zero):
    created = callers("manager").post("/clients", {"name": "Acme", "hourly_rate": zero}).json
    assert created["hourly_rate"] is None
    path = f"/clients/{created['id']}"
    assert callers("manager").patch(path, {"hourly_rate": "95.00"}).json["hourly_rate"] == "95.00"
    assert callers("manager").patch(path, {"hourly_rate": zero}).json["hourly_rate"] is None
