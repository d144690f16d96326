"""Signing in, staying signed in and signing out."""

import pytest
from sqlalchemy import text

from common.clock import now
from gateway.session import tokens
from gateway.session.recognising import CSRF_COOKIE, SESSION_COOKIE
from gateway.user import accounts

PASSWORD = "a long enough passphrase"


def login(nobody, email, password=PASSWORD, **options):
    return nobody.post("/auth/login", {"email": email, "password": password}, **options)


def audited(service, *types):
    with service.database.engine.connect() as connection:
        statement = text("SELECT type, subject, data FROM audit_entry WHERE type = ANY(:types) ORDER BY id")
        return connection.execute(statement, {"types": list(types)}).all()


def test_signing_in_gives_tokens_and_cookies(nobody, make_user, cookies_of, app):
    user = make_user("client_admin")

    answer = login(nobody, user.email.upper())

    assert answer.status_code == 200
    assert answer.json["token_type"] == "Bearer"
    assert answer.json["expires_in"] == 3600
    assert answer.json["user"] == {
        "id": str(user.id),
        "email": user.email,
        "name": user.name,
        "role": "client_admin",
        "client_id": str(user.client_id),
        "scope": "client",
        "time_zone": "America/New_York",
        "permissions": [],
    }
    assert answer.headers["Cache-Control"] == "no-store"
    cookies = {name: rest for name, _, rest in cookies_of(answer)}
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookies[SESSION_COOKIE].strip().split("; "))
    assert "HttpOnly" not in cookies[CSRF_COOKIE]
    assert [row.subject for row in audited(app, "gateway.session.started.v1")] == [str(user.id)]


def test_no_token_is_stored_in_clear(sign_in, app):
    who = sign_in()

    with app.database.engine.connect() as connection:
        hashes = set(connection.scalars(text("SELECT hash FROM session_token")))
    assert hashes == {tokens.digest(token) for token in (who.access, who.refresh, who.cookie)}


@pytest.mark.parametrize(("email", "password"), [("", "wrong password!"), ("nobody@evergreen.example", PASSWORD)])
def test_a_wrong_password_and_an_unknown_email_get_the_same_answer(nobody, make_user, app, email, password):
    user = make_user()

    answer = login(nobody, email or user.email, password)

    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert answer.json["detail"] == "The email or password is wrong, or the user is disabled."
    assert "Set-Cookie" not in answer.headers
    assert len(audited(app, "gateway.session.refused.v1")) == 1


def test_an_unknown_email_takes_a_hash_as_well(nobody, flask_app, monkeypatch):
    """Time tells nothing, because the same work is done: counted here, for a clock would measure the machine."""
    passwords = flask_app.extensions["gateway"].passwords
    verified = []
    original = passwords.matches
    monkeypatch.setattr(
        type(passwords), "matches", lambda self, stored, given: verified.append(stored) or original(stored, given)
    )

    login(nobody, "nobody@evergreen.example")

    assert verified == [None]


def test_a_disabled_user_cannot_sign_in(nobody, make_user, in_work):
    user = make_user()
    with in_work("super_admin") as work:
        accounts.disable(work, user.id)

    assert login(nobody, user.email).status_code == 401


@pytest.mark.parametrize(
    "body", [{}, {"email": "a@b.example"}, {"email": "a@b.example", "password": 7}, {"email": 1, "password": "x"}]
)
def test_bad_fields_are_named(nobody, body):
    answer = nobody.post("/auth/login", body)

    assert answer.status_code == 422
    assert answer.json["errors"]


def test_another_site_cannot_sign_its_visitors_in(nobody, make_user):
    answer = login(nobody, make_user().email, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403


def test_me_says_who_i_am(sign_in):
    who = sign_in("technician")

    by_token = who.get("/auth/me").json
    by_cookie = who.by_cookie("GET", "/auth/me").json

    assert by_token["user"]["role"] == "technician"
    assert by_token["csrf_token"] is None
    assert by_cookie == {"user": by_token["user"], "csrf_token": who.csrf}


def test_signing_out_holds_from_the_next_request_in_every_process(sign_in, flask_app, make_flask_app):
    who = sign_in()
    elsewhere = make_flask_app().test_client(use_cookies=False)
    assert elsewhere.get("/api/v1/auth/me", headers={"Authorization": f"Bearer {who.access}"}).status_code == 200

    assert who.post("/auth/logout").status_code == 204

    assert who.get("/auth/me").status_code == 401
    assert elsewhere.get("/api/v1/auth/me", headers={"Authorization": f"Bearer {who.access}"}).status_code == 401
    assert who.by_cookie("GET", "/auth/me").status_code == 401
    assert who.post("/auth/refresh", {"refresh_token": who.refresh}).status_code == 401


def test_disabling_a_user_holds_from_their_next_request(sign_in):
    admin, who = sign_in("admin"), sign_in("manager")
    assert who.get("/auth/me").status_code == 200

    admin.post(f"/users/{who.user.id}/disable")

    assert who.get("/auth/me").status_code == 401
    assert who.post("/auth/refresh", {"refresh_token": who.refresh}).status_code == 401


def test_a_change_of_role_holds_from_the_next_request(sign_in):
    admin, who = sign_in("admin"), sign_in("admin")
    assert who.get("/users").status_code == 200

    admin.patch(f"/users/{who.user.id}", {"role": "billing"})

    assert who.get("/users").status_code == 403


def test_a_refresh_token_is_exchanged_once(sign_in, nobody):
    who = sign_in()

    fresh = nobody.post("/auth/refresh", {"refresh_token": who.refresh})

    assert fresh.status_code == 200
    assert fresh.json["refresh_token"] != who.refresh
    assert who.with_token(fresh.json["access_token"]).get("/auth/me").status_code == 200


def test_a_refresh_token_used_twice_ends_the_whole_session(sign_in, nobody, app):
    who = sign_in()
    fresh = nobody.post("/auth/refresh", {"refresh_token": who.refresh}).json

    again = nobody.post("/auth/refresh", {"refresh_token": who.refresh})

    assert again.status_code == 401
    assert who.get("/auth/me").status_code == 401
    assert who.with_token(fresh["access_token"]).get("/auth/me").status_code == 401
    assert nobody.post("/auth/refresh", {"refresh_token": fresh["refresh_token"]}).status_code == 401
    assert len(audited(app, "gateway.session.token_reused.v1")) == 1


@pytest.mark.parametrize("kind", ["access", "cookie", "refresh"])
def test_a_token_serves_one_purpose(sign_in, nobody, kind):
    """An access token is no refresh token, a cookie no bearer token, and so on."""
    who = sign_in()
    token = getattr(who, kind)

    as_bearer = who.with_token(token).get("/auth/me").status_code
    as_refresh = nobody.post("/auth/refresh", {"refresh_token": token}).status_code

    assert (as_bearer, as_refresh) == {"access": (200, 401), "cookie": (401, 401), "refresh": (401, 200)}[kind]


def test_an_expired_access_token_is_refused(sign_in, app):
    who = sign_in()
    with app.database.engine.begin() as connection:
        statement = text("UPDATE session_token SET expires_at = :past WHERE kind = 'access'")
        connection.execute(statement, {"past": now()})

    assert who.get("/auth/me").status_code == 401


@pytest.mark.parametrize("header", ["", "Basic YTpi", "Bearer", "Bearer  ", "Bearer evs_made_up", "Bearer evg_made_up"])
def test_whatever_is_no_token_is_refused(nobody, header):
    answer = nobody.get("/auth/me", headers={"Authorization": header})

    assert answer.status_code == 401


def test_a_change_made_with_the_cookie_needs_the_csrf_header(sign_in):
    who, other = sign_in(), sign_in()

    assert who.by_cookie("POST", "/auth/logout").status_code == 403
    assert who.by_cookie("POST", "/auth/logout", csrf=other.csrf).status_code == 403
    assert who.by_cookie("GET", "/auth/me").status_code == 200
    assert who.by_cookie("POST", "/auth/logout", csrf=who.csrf).status_code == 204


def test_a_cookie_lives_on_while_it_is_used(sign_in, app, cookies_of):
    who = sign_in()
    assert cookies_of(who.by_cookie("GET", "/auth/me")) == []
    with app.database.engine.begin() as connection:
        statement = "UPDATE session_token SET expires_at = now() + interval '1 hour' WHERE kind = 'cookie'"
        connection.execute(text(statement))

    assert {name for name, _, _ in cookies_of(who.by_cookie("GET", "/auth/me"))} == {SESSION_COOKIE, CSRF_COOKIE}


def test_one_sees_and_ends_ones_own_sessions(sign_in):
    who = sign_in("technician")
    other = sign_in(who.user)
    stranger = sign_in("technician")

    listed = who.get("/sessions").json["items"]
    assert {session["current"] for session in listed} == {True, False}
    assert len(listed) == 2
    (second,) = [session for session in listed if not session["current"]]
    assert stranger.delete(f"/sessions/{second['id']}").status_code == 404
    assert who.delete(f"/sessions/{second['id']}").status_code == 204
    assert other.get("/auth/me").status_code == 401
    assert who.get("/auth/me").status_code == 200


def test_administrators_see_all_sessions_but_those_above_them(sign_in):
    top, admin, _ = sign_in("super_admin"), sign_in("admin"), sign_in("technician")

    assert admin.get("/sessions").json["total"] == 1
    assert admin.get("/sessions?scope=all").json["total"] == 2
    assert top.get("/sessions?scope=all&active=true").json["total"] == 3


def test_changing_ones_password_ends_ones_other_sessions(sign_in, nobody):
    who = sign_in("billing")
    other = sign_in(who.user)
    change = {"current_password": PASSWORD, "new_password": "quite another passphrase"}

    assert who.put("/auth/password", {**change, "current_password": "wrong"}).status_code == 422
    assert who.put("/auth/password", {**change, "new_password": "short"}).json["errors"].keys() == {"new_password"}
    assert who.put("/auth/password", change).status_code == 200

    assert who.get("/auth/me").status_code == 200
    assert other.get("/auth/me").status_code == 401
    assert login(nobody, who.user.email).status_code == 401
    assert login(nobody, who.user.email, "quite another passphrase").status_code == 200


def test_ending_ones_other_sessions_keeps_this_one_and_the_keys(sign_in, app):
    who = sign_in("technician")
    other, stranger = sign_in(who.user), sign_in("technician")
    key = who.post("/api-keys", {"name": "Export"}).json["key"]

    assert who.delete("/sessions").status_code == 204

    assert other.get("/auth/me").status_code == 401
    assert who.get("/auth/me").status_code == 200
    assert who.with_token(key).get("/auth/me").status_code == 200
    assert stranger.get("/auth/me").status_code == 200
    assert len(audited(app, "gateway.session.others_ended.v1")) == 1


def test_signing_out_everywhere_ends_this_session_and_the_keys_too(sign_in, app):
    who = sign_in("technician")
    other, stranger = sign_in(who.user), sign_in("technician")
    key = who.post("/api-keys", {"name": "Export"}).json["key"]

    assert who.post("/auth/logout-everywhere").status_code == 204

    tokens = [who.access, other.access, key]
    assert [who.with_token(token).get("/auth/me").status_code for token in tokens] == [401, 401, 401]
    assert stranger.get("/auth/me").status_code == 200
    assert len(audited(app, "gateway.user.signed_out.v1")) == 1
    assert len(audited(app, "gateway.api_key.revoked.v1")) == 1
