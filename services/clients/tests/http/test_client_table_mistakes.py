"""Clients and contacts as CSV files: what an import refuses, and that it then changes nothing."""

from typing import Any

import pytest

from common.testing.tables import as_csv

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


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        ({"name": ""}, "name", "between 1 and 200"),
        ({"currency": "DOL"}, "currency", "ISO 4217"),
        ({"country": "Atlantis"}, "country", "is not a country"),
        ({"time_zone": "America/Nowhere"}, "time_zone", "is not a time zone"),
        ({"net_terms": "soon"}, "net_terms", "whole number"),
        ({"net_terms": "366"}, "net_terms", "365"),
        ({"hourly_rate": "-1"}, "hourly_rate", "negative"),
        ({"hourly_rate": "1.234"}, "hourly_rate", "finer than 0.01"),
        ({"billing_email": "nobody"}, "billing_email", "is not a valid email address"),
        ({"billing_cc_emails": "; ".join(f"p{n}@x.example" for n in range(11))}, "billing_cc_emails", "At most 10"),
        ({"status": "asleep"}, "status", "Must be one of"),
        ({"tax_code": "Nowhere tax"}, "tax_code", "No tax code is named"),
        ({"phone": "12"}, "phone", "is not a valid phone number"),
        ({"tags": "x" * 51}, "tags", "50"),
        ({"website": "not a site"}, "website", "is not a web address"),
        ({"id": "00000000-0000-7000-8000-000000000000"}, "id", "Client not found"),
        ({"contact_email": "ann@acme.example"}, "contact_name", "required"),
        ({"contact_name": "Ann", "contact_email": "ann"}, "contact_email", "is not a valid email address"),
        ({"contact_name": "Ann", "contact_phone": "x"}, "contact_phone", "is not a valid phone number"),
        (
            {"location_country": "CA", "location_subdivision": "Narnia"},
            "location_subdivision",
            "is not a subdivision of Canada",
        ),
        ({"location_country": "Atlantis"}, "location_country", "is not a country"),
    ],
)
def test_a_bad_cell_is_named_and_changes_nothing(load_table, clients, emitted, cells, column, says):
    answer = load_table(as_csv({"name": "Good one"}, {"name": "Acme", "notes": "x"} | cells))

    assert answer.status_code == 422
    bad = answer.json["report"]["results"][1]
    assert (bad["row"], bad["action"]) == (3, "error")
    assert column in bad["errors"], bad["errors"]
    assert says in " ".join(bad["errors"][column])
    assert clients() == {}
    assert emitted() == []


def test_rows_collide_by_what_counts_as_the_same_name(load_table, clients):
    load_table(as_csv({"name": "Straße"}))
    twins = load_table(as_csv({"name": "Acme Corp"}, {"name": " ACME  corp"}))
    assert twins.json["report"]["results"][1]["errors"] == {"name": ["Same name as line 2. Names must be unique."]}
    taken = load_table(as_csv({"name": "Acme"}, {"name": "STRASSE", "net_terms": "7"}))
    assert taken.json["updated"] == 1  # found, however written
    renamed = load_table(as_csv({"id": clients()["Acme"]["id"], "name": "strasse"}))
    assert (
        'A client named "STRASSE" already exists. Choose another name.'
        in renamed.json["report"]["results"][0]["errors"]["name"]
    )


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"client": "Nobody"}, "client"),
        ({"name": ""}, "name"),
        ({"email": "x"}, "email"),
        ({"phone": "x"}, "phone"),
        ({"id": "00000000-0000-7000-8000-000000000000"}, "id"),
        ({"name": "Good", "email": "good@acme.example"}, "name"),
        ({"status": "archived", "is_primary_support": "yes"}, "is_primary_support"),
    ],
)
def test_a_bad_contact_is_named_and_changes_nothing(load_table, clients, contacts, cells, column):
    load_table(as_csv({"name": "Acme"}))
    good = {"client": "Acme", "name": "Good", "email": "good@acme.example"}

    answer = load_table(as_csv(good, {"client": "Acme", "name": "Ann"} | cells), of="contacts")

    assert answer.status_code == 422
    assert column in answer.json["report"]["results"][1]["errors"]
    assert contacts(clients()["Acme"]) == {}


def test_who_may_import_and_export(callers, load_table):
    for role in ("billing", "technician", "client_admin"):
        assert load_table(as_csv(FULL), role=role).status_code == 403
        assert load_table("client,name\nA,B\n", of="contacts", role=role).status_code == 403
    for of in ("clients", "contacts"):
        for role in ("technician", "client_user"):
            assert callers(role).get(f"/{of}/export").status_code == 403
