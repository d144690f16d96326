"""What services get to see of a request, and callers of an answer."""

import hashlib
from time import sleep
from uuid import UUID, uuid4

import jwt
import pytest

from common.errors import Unauthenticated
from common.http.auth import Verifier
from gateway.proxy import identity
from gateway.proxy.table import BODY

ROLES = ["super_admin", "admin", "manager", "billing", "technician", "client_admin", "client_user"]


@pytest.fixture
def who(sign_in, forwarding_app):
    return sign_in("admin", at=forwarding_app)


def test_a_request_goes_on_as_it_came(who):
    answer = who.post(
        "/services?dry_run=true&name=a%2Fb", {"name": "Remote"}, headers={"Idempotency-Key": "k1", "If-Match": '"2"'}
    )

    seen = answer.json
    assert answer.status_code == 200
    assert answer.headers["ETag"] == '"7"'
    assert seen["method"] == "POST"
    assert seen["target"] == "/api/v1/services?dry_run=true&name=a%2Fb"
    assert seen["headers"]["Content-Type"] == "application/json"
    assert (seen["headers"]["Idempotency-Key"], seen["headers"]["If-Match"]) == ("k1", '"2"')
    assert seen["length"] > 0


def test_the_alias_reaches_services_as_the_newest_version(who):
    answer = who.http.get("/api/services", headers={"Authorization": f"Bearer {who.access}"})

    assert answer.json["target"] == "/api/v1/services"


@pytest.mark.parametrize("path", ["/clients/%C3%A9t%C3%A9", "/clients/a%20b%25c", "/clients/a+b;c=d"])
def test_odd_characters_arrive_as_they_were_meant(who, path):
    from urllib.parse import unquote

    assert unquote(who.get(path).json["target"]) == unquote(f"/api/v1{path}")


@pytest.mark.parametrize("role", ROLES)
def test_a_service_is_told_who_asks_by_a_token_for_it_alone(sign_in, forwarding_app, app, role):
    who = sign_in(role, at=forwarding_app)
    key = app.settings.identity_public_key_file

    token = who.get("/services").json["headers"]["Authorization"]

    actor = Verifier(key, "catalog").actor(token)
    assert (actor.id, actor.role, actor.name) == (str(who.user.id), role, who.user.name)
    assert actor.client_id == who.user.client_id
    with pytest.raises(Unauthenticated):
        Verifier(key, "billing").actor(token)
    claims = jwt.decode(token.split()[1], options={"verify_signature": False})
    assert claims["iss"] == "evergreen-gateway"
    assert claims["exp"] - claims["iat"] == 60
    assert who.access not in str(claims)


def test_identity_tokens_are_kept_until_they_run_low_or_the_user_changes(who, sign_in, monkeypatch):
    def token():
        return who.get("/services").json["headers"]["Authorization"]

    first = token()
    assert token() == first
    later = identity.time() + 41
    monkeypatch.setattr(identity, "time", lambda: later)
    second = token()
    assert second != first
    sign_in("admin").patch(f"/users/{who.user.id}", {"name": "New Name"})
    claims = jwt.decode(token().split()[1], options={"verify_signature": False, "verify_exp": False})
    assert claims["name"] == "New Name"


FORGED = {
    "X-Evergreen-Role": "super_admin",
    "X-Evergreen-User": "1",
    "X-User-Id": "1",
    "Forwarded": "for=10.0.0.1",
    "X-Forwarded-For": "10.0.0.1",
    "X-Forwarded-User": "root",
    "X-Real-Ip": "10.0.0.1",
    "X-Csrf-Token": "x",
    "Te": "trailers",
    "Expect": "100-continue",
    "Connection": "close, Accept-Language",
    "Accept-Language": "en",
    "Proxy-Authorization": "Basic YTpi",
}


def test_what_a_caller_claims_about_themselves_is_dropped(who):
    seen = who.get("/services", headers={**FORGED, "Cookie": "a=b", "Accept": "text/csv"}).json["headers"]

    assert not {name.lower() for name in seen} & {name.lower() for name in [*FORGED, "Cookie"]} - {"connection"}
    assert seen["Accept"] == "text/csv"
    assert who.access not in str(seen)


def test_ids_are_passed_on_if_they_are_ids(who):
    mine = str(uuid4())

    kept = who.get("/services", headers={"X-Request-Id": mine, "X-Correlation-Id": mine}).json["headers"]
    made = who.get("/services", headers={"X-Request-Id": "x\ty", "X-Correlation-Id": "<script>"}).json["headers"]

    assert (kept["X-Request-Id"], kept["X-Correlation-Id"]) == (mine, mine)
    assert UUID(made["X-Request-Id"])
    assert made["X-Correlation-Id"] == made["X-Request-Id"]


def test_callers_see_nothing_of_the_connection_behind(who):
    answer = who.get("/services")

    assert not {"X-Hop", "Set-Cookie", "Access-Control-Allow-Origin", "Connection"} & set(answer.headers.keys())
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("status", [204, 304, 404, 409, 422, 500])
def test_a_services_status_is_the_callers(who, status):
    assert who.get(f"/services?status={status}").status_code == status


def test_a_head_request_has_no_body(who):
    answer = who.call("HEAD", "/services")

    assert answer.data == b""
    assert int(answer.headers["Content-Length"]) > 0


@pytest.mark.parametrize(
    "path",
    [
        "/clients/dashboard",
        "/clients/dashboard/",
        "/clients/%64ashboard",
        "/clients//dashboard",
        "/clients/x/../dashboard",
        "/clients/x/%2e%2e/dashboard",
        "/clients/./dashboard",
        "/agreements/dashboard",
        "/notifications/dashboard",
        "/catalog/dashboard",
        "/billing/dashboard",
        "/unknown",
    ],
)
def test_what_is_not_public_is_not_reached(who, upstream, path):
    assert who.get(path).status_code == 404
    assert upstream.requests == 0


@pytest.mark.parametrize(
    "path", ["/services", "/clients/1", "/invoices", "/jobs/invoice_run/run", "/users", "/dashboard", "/unknown"]
)
def test_nobody_gets_anywhere_without_signing_in(forwarding_app, upstream, path):
    answer = forwarding_app.test_client().get(f"/api/v1{path}")

    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert upstream.requests == 0


def test_a_change_with_the_cookie_needs_the_csrf_header_here_too(who, upstream):
    assert who.by_cookie("POST", "/services", json={}).status_code == 403
    assert upstream.requests == 0
    assert who.by_cookie("POST", "/services", csrf=who.csrf, json={}).status_code == 200
    assert who.by_cookie("GET", "/services").status_code == 200


def test_a_large_body_arrives_whole(who):
    body = b"0123456789" * 60_000

    seen = who.call("POST", "/services", data=body).json

    assert (seen["length"], seen["sha256"]) == (len(body), hashlib.sha256(body).hexdigest())


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [("/services", BODY, 200), ("/services", BODY + 1, 413), ("/services/import", BODY + 1, 200)],
)
def test_a_body_is_as_large_as_its_route_allows(who, path, size, status):
    answer = who.call("POST", path, data=b"x" * size)

    assert answer.status_code == status
    if status == 413:
        assert answer.mimetype == "application/problem+json"


def test_an_unknown_method_is_refused(who, upstream):
    assert who.call("PROPFIND", "/services").status_code == 405
    assert upstream.requests == 0


def test_a_large_answer_arrives_whole_with_or_without_its_length(who):
    for query in ("stream=3000000", "stream=3000000&chunked=1"):
        assert who.get(f"/services?{query}").data == b"x" * 3_000_000


def test_no_answer_in_time_is_a_504(sign_in, make_flask_app, upstream):
    flask_app = make_flask_app(upstreams={"catalog": upstream.url}, request_seconds=0.2)

    answer = sign_in(at=flask_app).get("/services?sleep=2")

    assert answer.status_code == 504


def test_runs_are_given_longer(sign_in, make_flask_app, upstream):
    flask_app = make_flask_app(upstreams={"billing": upstream.url}, request_seconds=0.2, run_seconds=5)
    who = sign_in(at=flask_app)

    assert who.post("/jobs/invoice_run/run?sleep=0.5").status_code == 200


def test_a_connection_closed_meanwhile_is_not_the_callers_problem(who, upstream):
    assert who.get("/services").status_code == 200
    upstream.cut()

    assert who.get("/services").status_code == 200


def test_what_breaks_off_is_asked_again_only_if_that_does_no_harm(who, upstream):
    who.get("/services")  # so that a connection lies in the pool
    upstream.requests = 0

    assert who.get("/services?drop=1").status_code == 503
    assert upstream.requests == 2
    who.get("/services")
    upstream.requests = 0
    assert who.post("/services?drop=1", {}).status_code == 502
    assert upstream.requests == 1
    who.get("/services")
    upstream.requests = 0
    assert who.post("/services?drop=1", {}, headers={"Idempotency-Key": "k"}).status_code == 503
    assert upstream.requests == 2


def test_a_hanging_service_holds_its_share_and_no_more(sign_in, make_flask_app, upstream):
    """Beyond its share a request is refused at once; other services, and its own long routes, go on meanwhile."""
    import threading

    flask_app = make_flask_app(upstreams={"catalog": upstream.url, "clients": upstream.url}, threads=6)
    who = sign_in(at=flask_app)
    waiting = [threading.Thread(target=who.get, args=("/services?hold=1",)) for _ in range(2)]
    for thread in waiting:
        thread.start()
    while upstream.held < 2:
        sleep(0.01)
    asked = upstream.requests

    refused = who.get("/services")

    assert refused.status_code == 503
    assert refused.mimetype == "application/problem+json"
    assert int(refused.headers["Retry-After"]) >= 1
    assert upstream.requests == asked, "it waited for a connection, or opened one"
    assert who.get("/clients").status_code == 200
    assert who.get("/services/export").status_code == 200
    upstream.go_on()
    for thread in waiting:
        thread.join()
    assert who.get("/services").status_code == 200


def test_long_routes_have_a_share_of_their_own(sign_in, make_flask_app, upstream):
    import threading

    flask_app = make_flask_app(upstreams={"catalog": upstream.url}, threads=6)
    who = sign_in(at=flask_app)
    waiting = [threading.Thread(target=who.get, args=("/services/export?hold=1",)) for _ in range(2)]
    for thread in waiting:
        thread.start()
    while upstream.held < 2:
        sleep(0.01)

    assert who.get("/services/export").status_code == 503
    assert who.get("/services").status_code == 200
    upstream.go_on()
    for thread in waiting:
        thread.join()
