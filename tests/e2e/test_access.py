"""Access from sign-in to single objects."""

from typing import Any

import pytest

from local.api import Api
from local.importer.waiting import until
from local.system import System
from local.testing import sign_in


@pytest.fixture(scope="module")
def technician(system: System) -> Api:
    return sign_in(system, "TECHNICIAN")


@pytest.fixture(scope="module")
def client_user(system: System) -> Api:
    return sign_in(system, "CLIENT_USER")


def test_nothing_answers_a_stranger(system):
    stranger = Api(system.url)
    for path in ("/clients", "/services", "/invoices", "/dashboard", "/users", "/audit-log"):
        assert stranger.raw("GET", path).status == 401, path


def test_identity_headers_of_the_caller_are_ignored(system):
    forged = {"X-Evergreen-User": "admin", "X-Evergreen-Role": "super_admin", "X-Forwarded-User": "admin"}
    assert Api(system.url).raw("GET", "/clients", headers=forged).status == 401


def test_wrong_password_and_unknown_user_answer_alike(system):
    answers = [
        Api(system.url).raw("POST", "/auth/login", {"email": email, "password": "wrong password here"})
        for email in (system.env["EVERGREEN_ADMIN_EMAIL"], "nobody@evergreen.example")
    ]
    assert [answer.status for answer in answers] == [401, 401]
    assert answers[0].json()["detail"] == answers[1].json()["detail"]


def test_a_signed_out_token_is_worth_nothing_at_once(system):
    manager = sign_in(system, "MANAGER")
    assert manager.raw("GET", "/clients").status == 200
    manager.call("POST", "/auth/logout")
    assert {manager.raw("GET", "/clients").status for _ in range(6)} == {401}


def test_a_disabled_user_is_out_on_the_next_request(system, admin, tag):
    made = admin.post(
        "/users",
        {
            "email": f"leaver.{tag}@evergreen.example",
            "name": "Lea Ver",
            "role": "billing",
            "password": "correct horse 42",
        },
    )
    leaver = Api(system.url).login(f"leaver.{tag}@evergreen.example", "correct horse 42")
    assert leaver.raw("GET", "/invoices").status == 200

    admin.post(f"/users/{made['id']}/disable")

    assert {leaver.raw("GET", "/invoices").status for _ in range(6)} == {401}


def test_a_technician_sees_assigned_clients_only_and_no_money(admin, technician):
    mine = {client["id"] for client in technician.items("/clients")}
    everyone = list(admin.items("/clients"))
    strangers = [client["id"] for client in everyone if client["id"] not in mine]

    assert 0 < len(mine) < len(everyone)
    assert technician.raw("GET", f"/clients/{strangers[0]}").status == 404
    assert technician.raw("GET", f"/clients/{strangers[0]}/services").status == 404
    assert technician.raw("PATCH", f"/clients/{strangers[0]}", {"net_terms": 1}).status in (403, 404)
    assert {order["client_id"] for order in technician.items("/work-orders")} <= mine
    assert technician.raw("GET", "/invoices").status == 403
    assert technician.raw("GET", "/payments").status == 403


def test_a_client_user_sees_its_own_client_only(admin, client_user):
    (own,) = client_user.items("/clients")
    other = next(client for client in admin.items("/clients") if client["id"] != own["id"])

    assert client_user.raw("GET", f"/clients/{other['id']}").status == 404
    invoices = list(client_user.items("/invoices"))
    assert invoices
    assert {invoice["client_id"] for invoice in invoices} == {own["id"]}
    assert list(client_user.items("/invoices", client_id=other["id"])) == []
    theirs = next(admin.items("/invoices", client_id=_billed_other(admin, own["id"])))
    for path in (f"/invoices/{theirs['id']}", f"/invoices/{theirs['id']}/pdf"):
        assert client_user.raw("GET", path).status == 404
    assert client_user.raw("GET", "/services").status == 403
    assert client_user.raw("POST", "/payments", {}, {"Idempotency-Key": "x"}).status == 403


def _billed_other(admin: Api, own: str) -> str:
    return next(i["client_id"] for i in admin.items("/invoices") if i["client_id"] != own)


def test_an_api_key_is_shown_once_and_works_until_it_is_taken_back(system, admin):
    made: dict[str, Any] = admin.post("/api-keys", {"name": "Nightly export", "role": "billing"})
    key = Api(system.url, made["key"])

    assert made["key"].startswith("evg_")
    assert key.raw("GET", "/invoices").status == 200
    assert all("key" not in listed for listed in admin.items("/api-keys"))

    admin.delete(f"/api-keys/{made['id']}")
    assert key.raw("GET", "/invoices").status == 401


def test_the_audit_log_says_who_changed_what(admin, tag):
    client = admin.post("/clients", {"name": f"Audited Ltd {tag}", "net_terms": 30})
    admin.patch(f"/clients/{client['id']}", {"net_terms": 14})

    def entries() -> list[dict[str, Any]]:
        found = [e for e in admin.items("/audit-log", subject=client["id"]) if e["type"].startswith("clients.client.")]
        return found if len(found) >= 2 else []

    newest = until(entries, seconds=20)[0]
    assert newest["actor_role"] == "admin"
    assert {"field": "net_terms", "before": 30, "after": 14} in newest["changes"]
    for method in ("PATCH", "DELETE", "PUT"):
        assert admin.raw(method, f"/audit-log/{newest['id']}", {}).status in (404, 405)


def test_one_request_id_leads_from_the_answer_to_every_services_log(system, admin, tag):
    answer = admin.raw("POST", "/clients", {"name": f"Traced Ltd {tag}"})
    request_id = answer.headers["X-Request-Id"]

    assert any(request_id in line for line in system.log("gateway-api"))
    assert any(request_id in line for line in system.log("clients-api"))
    correlated = until(lambda: any(request_id in line for line in system.log("billing-worker", 2000)), seconds=20)
    assert correlated, "the event's consumer did not log the request's correlation id"


def test_the_merged_openapi_is_served(system, admin):
    document = admin.get("/openapi.json")
    assert document["openapi"].startswith("3.1")
    assert {"/api/v1/clients", "/api/v1/invoices", "/api/v1/services", "/api/v1/agreements"} <= set(document["paths"])


def test_pages_come_with_security_headers(system):
    page = Api(system.url)._pool.request("GET", f"{system.url}/")
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Content-Type-Options"] == "nosniff"
