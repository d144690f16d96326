"""People without an account reach the routes of signed links alone, as visitors and only so often."""

import pytest

from common.http.auth import Verifier
from gateway.limits import visiting
from gateway.limits.window import Limit


@pytest.fixture
def visitor(forwarding_app):
    return forwarding_app.test_client()


def test_a_visitor_is_forwarded_with_their_address_and_no_identity(visitor, app):
    forged = {"Evergreen-Client-Address": "10.0.0.1"}
    seen = visitor.post("/api/v1/signing/open", json={"token": "x"}, headers=forged).json

    assert seen["headers"]["Evergreen-Client-Address"] == "127.0.0.1"
    actor = Verifier(app.settings.identity_public_key_file, "agreements").actor(seen["headers"]["Authorization"])
    assert (actor.role, actor.client_id) == ("anonymous", None)


def test_the_address_of_signed_in_users_is_not_forwarded(sign_in, forwarding_app):
    who = sign_in("admin", at=forwarding_app)

    seen = who.get("/agreements", headers={"Evergreen-Client-Address": "10.0.0.1"}).json["headers"]
    assert "Evergreen-Client-Address" not in seen


def test_a_signed_in_user_is_a_visitor_there_too(sign_in, forwarding_app, app):
    who = sign_in("admin", at=forwarding_app)

    token = who.post("/signing/open", {"token": "x"}).json["headers"]["Authorization"]
    assert Verifier(app.settings.identity_public_key_file, "agreements").actor(token).role == "anonymous"


def test_too_many_requests_from_one_address_wait(visitor, monkeypatch):
    monkeypatch.setattr(visiting, "LIMIT", Limit(3, 60))
    statuses = [visitor.post("/api/v1/signing/open", json={"token": "x"}).status_code for _ in range(5)]

    assert statuses[:3] == [200] * 3
    assert statuses[-1] == 429


def test_other_routes_need_a_sign_in(visitor):
    assert visitor.get("/api/v1/agreements").status_code == 401
