"""Finding clients that were entered twice."""

import pytest


@pytest.fixture
def manager(callers):
    return callers("manager")


@pytest.fixture
def pairs(manager):
    def find(**query):
        answer = manager.get("/clients/duplicates?" + "&".join(f"{key}={value}" for key, value in query.items()))
        assert answer.status_code == 200, answer.json
        return {
            (entry["client"]["name"], entry["duplicate"]["name"]): (
                entry["score"],
                sorted(reason["kind"] for reason in entry["reasons"]),
            )
            for entry in answer.json["items"]
        }

    return find


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Corp", "ACME, Inc."),
        ("The Acme Company", "Acme"),
        ("Smith & Sons Ltd.", "Smith & Sons, L.L.C."),
        ("Müller GmbH", "müller AG"),
        ("Bravo Co. Ltd", "Bravo"),
    ],
)
def test_the_legal_form_makes_no_other_name(make_client, pairs, one, other):
    make_client(one)
    make_client(other)

    assert pairs() == {(one, other): (60, ["name"])}


def test_reasons_add_up(make_client, manager, pairs):
    a = make_client("Acme Corp", tax_id="12-345", billing_email="ap@acme.example")
    b = make_client("Acme Ltd", tax_id="12 345")
    manager.post(f"/clients/{b['id']}/contacts", {"name": "Bo", "email": "bo@ACME.example", "phone": "+1 345 949 1234"})
    manager.post(f"/clients/{a['id']}/contacts", {"name": "Al", "mobile": "+13459491234"})
    make_client("Somebody else")

    assert pairs() == {("Acme Corp", "Acme Ltd"): (100, ["email_domain", "name", "phone", "tax_id"])}


def test_what_many_share_says_nothing(make_client, pairs):
    for name in ("Ash", "Birch"):
        make_client(name, billing_email=f"{name}@gmail.com")
    for n in range(6):
        make_client(f"Tenant {'abcdef'[n]}", billing_email=f"office{n}@building.example")

    assert pairs() == {}


def test_of_one_client_also_names_that_are_alike(make_client, pairs):
    a = make_client("Johnson Controls")
    make_client("Jonson Controls")
    make_client("Somebody else")

    assert pairs() == {}
    assert pairs(client_id=a["id"]) == {("Johnson Controls", "Jonson Controls"): (40, ["similar_name"])}


def test_a_merged_client_is_no_duplicate_any_more(make_client, manager, pairs):
    a, b = make_client("Acme Corp"), make_client("Acme Ltd")

    manager.post(f"/clients/{a['id']}/merge", {"duplicate_id": b["id"], "dry_run": False})

    assert pairs() == {}


def test_bad_questions_are_named(manager):
    for query, field in (("limit=0", "limit"), ("client_id=x", "client_id"), ("page=2", "page")):
        answer = manager.get(f"/clients/duplicates?{query}")
        assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
