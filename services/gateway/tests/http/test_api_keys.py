"""API keys over HTTP."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from common.clock import now
from gateway.session import tokens


def test_a_key_is_shown_once_and_stored_as_its_hash(sign_in, app):
    who = sign_in("manager")

    made = who.post("/api-keys", {"name": "Nightly export"})

    assert made.status_code == 201
    key = made.json["key"]
    assert key.startswith("evg_")
    assert key.startswith(made.json["prefix"])
    assert made.json["role"] == "manager"
    with app.database.engine.connect() as connection:
        assert connection.scalar(text("SELECT hash FROM api_key")) == tokens.digest(key)
        stored = connection.scalar(text("SELECT string_agg(t::text, '') FROM audit_entry t"))
        replies = connection.scalar(text("SELECT count(*) FROM idempotency_key"))
    assert key not in stored
    assert replies == 0
    assert "key" not in who.get("/api-keys").json["items"][0]


def test_a_repeated_request_makes_no_second_key(sign_in, app):
    who, other = sign_in("manager"), sign_in("manager")
    promise = {"Idempotency-Key": "once"}
    key = who.post("/api-keys", {"name": "Export"}, headers=promise).json["key"]

    again = who.post("/api-keys", {"name": "Export"}, headers=promise)
    different = who.post("/api-keys", {"name": "Import"}, headers=promise)

    assert (again.status_code, again.content_type) == (409, "application/problem+json")
    assert "shown only once" in again.json["detail"]
    assert (different.status_code, list(different.json["errors"])) == (422, ["Idempotency-Key"])
    assert who.get("/api-keys").json["total"] == 1
    assert other.post("/api-keys", {"name": "Export"}, headers=promise).status_code == 201
    with app.database.engine.connect() as connection:
        assert key not in connection.scalar(text("SELECT string_agg(t::text, '') FROM idempotency_key t"))


def test_a_refused_key_does_not_use_up_the_promise(sign_in):
    who, promise = sign_in("manager"), {"Idempotency-Key": "once"}
    assert who.post("/api-keys", {"name": "x", "role": "admin"}, headers=promise).status_code == 422

    assert who.post("/api-keys", {"name": "x", "role": "technician"}, headers=promise).status_code == 201


def test_a_key_acts_for_its_owner_and_notes_its_use(sign_in):
    who = sign_in("manager")
    key = who.post("/api-keys", {"name": "Export"}).json

    assert who.with_token(key["key"]).get("/auth/me").json["user"]["id"] == str(who.user.id)
    assert who.get(f"/api-keys/{key['id']}").json["last_used_at"] is not None


def test_a_key_with_a_lesser_role_can_do_less(sign_in):
    who = sign_in("admin")
    key = who.post("/api-keys", {"name": "Export", "role": "billing"}).json["key"]

    assert who.get("/users").status_code == 200
    assert who.with_token(key).get("/users").status_code == 403
    assert who.with_token(key).get("/auth/me").json["user"]["role"] == "billing"


@pytest.mark.parametrize(
    ("role", "wanted"),
    [("admin", "super_admin"), ("billing", "technician"), ("client_user", "client_admin"), ("admin", "client_user")],
)
def test_a_key_gives_no_more_than_its_maker_has(sign_in, role, wanted):
    answer = sign_in(role).post("/api-keys", {"name": "More", "role": wanted})

    assert answer.status_code == 422
    assert "role" in answer.json["errors"]


def test_a_key_does_not_outlive_its_owners_rights(sign_in, make_user):
    top, who = sign_in("super_admin"), sign_in("admin")
    key = who.post("/api-keys", {"name": "Export"}).json["key"]

    top.patch(f"/users/{who.user.id}", {"role": "technician"})

    assert who.with_token(key).get("/auth/me").status_code == 401


def test_revoked_expired_or_of_a_disabled_owner(sign_in, app):
    top, who = sign_in("super_admin"), sign_in("admin")
    keys = [who.post("/api-keys", {"name": name}).json for name in ("revoked", "expired", "disabled")]
    first, second, third = (who.with_token(key["key"]) for key in keys)
    assert [key.get("/auth/me").status_code for key in (first, second, third)] == [200, 200, 200]

    assert who.delete(f"/api-keys/{keys[0]['id']}").status_code == 204
    assert first.get("/auth/me").status_code == 401
    assert who.delete(f"/api-keys/{keys[0]['id']}").status_code == 409
    with app.database.engine.begin() as connection:
        connection.execute(text("UPDATE api_key SET expires_at = now() WHERE name = 'expired'"))
    assert second.get("/auth/me").status_code == 401
    top.post(f"/users/{who.user.id}/disable")
    assert third.get("/auth/me").status_code == 401


def test_an_end_must_lie_ahead(sign_in):
    who = sign_in("admin")

    past = who.post("/api-keys", {"name": "x", "expires_at": (now() - timedelta(1)).isoformat()})
    ahead = who.post("/api-keys", {"name": "x", "expires_at": (now() + timedelta(1)).isoformat()})

    assert past.json["errors"].keys() == {"expires_at"}
    assert ahead.status_code == 201


def test_a_key_cannot_make_keys_change_passwords_or_sign_out(sign_in):
    who = sign_in("admin")
    by_key = who.with_token(who.post("/api-keys", {"name": "x"}).json["key"])
    change = {"current_password": "a long enough passphrase", "new_password": "another long passphrase"}

    assert by_key.post("/api-keys", {"name": "y"}).status_code == 403
    assert by_key.put("/auth/password", change).status_code == 403
    assert by_key.post("/auth/logout").status_code == 403


def test_keys_of_others_are_not_there(sign_in):
    owner, stranger, admin = sign_in("technician"), sign_in("technician"), sign_in("admin")
    key = owner.post("/api-keys", {"name": "x"}).json

    assert stranger.get(f"/api-keys/{key['id']}").status_code == 404
    assert stranger.delete(f"/api-keys/{key['id']}").status_code == 404
    assert stranger.get("/api-keys?scope=all").json["total"] == 0
    assert admin.get("/api-keys").json["total"] == 0
    assert admin.get("/api-keys?scope=all").json["total"] == 1
    assert owner.patch(f"/api-keys/{key['id']}", {"name": "Renamed"}).json["name"] == "Renamed"
    assert admin.delete(f"/api-keys/{key['id']}").status_code == 204
