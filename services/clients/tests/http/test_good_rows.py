"""An import of the good rows alone leaves the bad ones out, and tells every row."""

import pytest

CLIENTS = "name,currency,contact_name,tags\nGood,USD,Ann,New\nBad,DOL,Bob,Odd\nGood,USD,Cid,\nAlso good,EUR,,\n"
CONTACTS = "client,name,email\nKnown,Ann,ann@x.example\nUnknown,Bob,\nKnown,Cid,not an address\nKnown,Dan,\n"


def load(callers, kind: str, table: str, query: str):
    return callers("manager").post(f"/{kind}/import?{query}", data=table.encode(), content_type="text/csv")


def test_clients(callers):
    whole = load(callers, "clients", CLIENTS, "dry_run=false")
    assert (whole.status_code, callers("manager").get("/clients").json["total"]) == (422, 0)
    asked = load(callers, "clients", CLIENTS, "rows=good")
    assert callers("manager").get("/clients").json["total"] == 0

    done = load(callers, "clients", CLIENTS, "dry_run=false&rows=good")

    assert done.status_code == 200, done.json
    counted = ("rows", "created", "updated", "unchanged", "failed")
    assert [asked.json[name] for name in counted] == [done.json[name] for name in counted] == [4, 2, 0, 0, 2]
    outcomes = [(result["row"], result["action"]) for result in done.json["results"]]
    assert outcomes == [(2, "create"), (3, "error"), (4, "error"), (5, "create")]
    clients = {client["name"]: client["id"] for client in callers("manager").get("/clients").json["items"]}
    assert set(clients) == {"Good", "Also good"}
    assert [result["id"] for result in done.json["results"]] == [clients["Good"], None, None, clients["Also good"]]
    assert [tag["name"] for tag in callers("manager").get("/tags").json["items"]] == ["New"]
    assert [contact["name"] for contact in callers("manager").get("/contacts").json["items"]] == ["Ann"]


def test_contacts(callers, make_client):
    make_client("Known")

    done = load(callers, "contacts", CONTACTS, "dry_run=false&rows=good").json

    assert [result["action"] for result in done["results"]] == ["create", "error", "error", "create"]
    assert done["rows"] == done["created"] + done["failed"] == 4
    assert {contact["name"] for contact in callers("manager").get("/contacts").json["items"]} == {"Ann", "Dan"}


def test_a_table_of_bad_rows_alone_is_refused(callers):
    answer = load(callers, "clients", "name,currency\nBad,DOL\n", "dry_run=false&rows=good")
    assert (answer.status_code, answer.json["report"]["failed"]) == (422, 1)


@pytest.mark.parametrize("rows", ["", "some"])
def test_another_choice_is_none(callers, rows):
    assert load(callers, "clients", CLIENTS, f"rows={rows}").status_code == 422
