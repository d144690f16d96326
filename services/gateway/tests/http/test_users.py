"""Users over HTTP: who may make, change and disable whom."""

import pytest
from sqlalchemy import text

from common.ids import new_id
from common.testing.database import statements
from gateway.user.roles import NAMES

NEW = {
    "email": "new@evergreen.example",
    "name": "New User",
    "role": "technician",
    "password": "a long enough passphrase",
}


def test_a_new_user_is_announced_and_can_sign_in(sign_in, nobody, emitted):
    answer = sign_in("admin").post("/users", NEW)

    assert answer.status_code == 201
    assert answer.headers["ETag"] == '"1"'
    assert NEW["password"] not in answer.text
    assert "password_hash" not in answer.json
    assert nobody.post("/auth/login", {"email": NEW["email"], "password": NEW["password"]}).status_code == 200
    event = emitted("gateway.user.created.v1")[-1]
    assert event.data["email"] == NEW["email"]
    assert "password" not in str(event.data)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "no address"}, "email"),
        ({"email": None}, "email"),
        ({"name": " "}, "name"),
        ({"role": "king"}, "role"),
        ({"password": "short"}, "password"),
        ({"password": "New@evergreen.example"}, "password"),
        ({"client_id": str(new_id())}, "client_id"),
        ({"role": "client_admin"}, "client_id"),
        ({"role": "client_admin", "client_id": "00000000-0000-4000-8000-000000000000"}, "client_id"),
        ({"colour": "green"}, "colour"),
    ],
)
def test_bad_fields_are_named_and_change_nothing(sign_in, app, change, field):
    answer = sign_in("admin").post("/users", {**NEW, **change})

    assert answer.status_code == 422
    assert field in answer.json["errors"]
    with app.database.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM users")) == 1


def test_a_manager_lists_the_technicians_to_assign_and_nobody_else(sign_in):
    admin = sign_in("admin")
    technician = admin.post("/users", NEW).json
    admin.post("/users", {**NEW, "email": "clerk@evergreen.example", "role": "billing"})
    manager = sign_in("manager")

    listed = manager.get("/users?role=technician&status=active").json["items"]
    assert [user["id"] for user in listed] == [technician["id"]]
    for query in ("", "?role=billing", "?q=clerk"):
        assert manager.get(f"/users{query}").status_code == 403
    assert manager.get(f"/users/{technician['id']}").status_code == 403
    assert manager.patch(f"/users/{technician['id']}", {"name": "X"}).status_code == 403
    assert sign_in("billing").get("/users").status_code == 403


def test_an_email_is_taken_whatever_its_case(sign_in):
    admin = sign_in("admin")
    admin.post("/users", NEW)

    answer = admin.post("/users", {**NEW, "email": "NEW@evergreen.example"})

    assert answer.status_code == 409
    assert "email" in answer.json["errors"]


def test_a_client_user_belongs_to_a_client_there_is(sign_in, client_id):
    made = sign_in("admin").post("/users", {**NEW, "role": "client_user", "client_id": str(client_id)})

    assert made.status_code == 201
    assert made.json["client_id"] == str(client_id)


MAY_MANAGE = {"super_admin", "admin"}


@pytest.mark.parametrize("role", NAMES)
def test_who_may_see_and_make_users(sign_in, role):
    who = sign_in(role)
    allowed = role in MAY_MANAGE

    assert who.get("/users").status_code == (200 if allowed else 403)
    assert who.post("/users", NEW).status_code == (201 if allowed else 403)
    assert who.get("/audit-log").status_code == (200 if allowed else 403)
    assert who.get("/roles").status_code == 200
    assert who.get("/auth/me").status_code == 200
    assert who.get("/sessions").status_code == 200


@pytest.mark.parametrize(("role", "status"), [("super_admin", 201), ("admin", 403)])
def test_only_a_super_administrator_makes_another(sign_in, role, status):
    assert sign_in(role).post("/users", {**NEW, "role": "super_admin"}).status_code == status


def test_an_administrator_cannot_touch_a_super_administrator(sign_in):
    top, admin = sign_in("super_admin"), sign_in("admin")
    path = f"/users/{top.user.id}"

    assert admin.patch(path, {"name": "Nobody"}).status_code == 403
    assert admin.post(f"{path}/disable").status_code == 403
    assert admin.put(f"{path}/password", {"new_password": "a password of mine"}).status_code == 403
    assert admin.delete(path).status_code == 403
    assert admin.patch(f"/users/{admin.user.id}", {"role": "super_admin"}).status_code == 403
    assert top.get("/auth/me").status_code == 200


def test_nobody_changes_their_own_role_or_disables_themselves(sign_in):
    admin = sign_in("admin")

    assert admin.patch(f"/users/{admin.user.id}", {"role": "manager"}).status_code == 422
    assert admin.post(f"/users/{admin.user.id}/disable").status_code == 409


def test_an_edit_of_an_older_version_is_refused(sign_in, make_user):
    admin, user = sign_in("admin"), make_user("technician")
    admin.patch(f"/users/{user.id}", {"name": "One"}, headers={"If-Match": '"1"'})

    assert admin.patch(f"/users/{user.id}", {"name": "Two"}, headers={"If-Match": '"1"'}).status_code == 412
    assert admin.get(f"/users/{user.id}").json["name"] == "One"


def test_a_client_user_who_becomes_staff_leaves_the_client(sign_in, make_user, emitted):
    user = make_user("client_user")

    changed = sign_in("admin").patch(f"/users/{user.id}", {"role": "technician"})

    assert changed.json["client_id"] is None
    assert emitted("gateway.user.changed.v1")[-1].data["client_id"] is None


def test_disabled_and_enabled_again(sign_in, make_user, emitted, nobody):
    admin, user = sign_in("admin"), make_user("technician")
    credentials = {"email": user.email, "password": "a long enough passphrase"}

    assert admin.post(f"/users/{user.id}/disable").json["status"] == "disabled"
    assert nobody.post("/auth/login", credentials).status_code == 401
    assert admin.post(f"/users/{user.id}/disable").status_code == 409
    assert admin.post(f"/users/{user.id}/enable").json["status"] == "active"
    assert nobody.post("/auth/login", credentials).status_code == 200
    assert [event.sequence for event in emitted("gateway.user.disabled.v1", "gateway.user.changed.v1")] == [2, 3]


def test_only_who_never_signed_in_can_be_deleted(sign_in, make_user, emitted):
    admin, seen, unseen = sign_in("admin"), sign_in("technician"), make_user("technician")

    assert admin.delete(f"/users/{seen.user.id}").status_code == 409
    assert admin.delete(f"/users/{unseen.id}").status_code == 204
    assert admin.get(f"/users/{unseen.id}").status_code == 404
    (event,) = emitted("gateway.user.deleted.v1")
    assert (event.subject, event.data["status"]) == (str(unseen.id), "active")


def test_a_password_set_by_an_administrator_ends_all_sessions(sign_in, nobody):
    admin, who = sign_in("admin"), sign_in("technician")

    assert admin.put(f"/users/{who.user.id}/password", {"new_password": "set by the admin"}).status_code == 200

    assert who.get("/auth/me").status_code == 401
    assert nobody.post("/auth/login", {"email": who.user.email, "password": "set by the admin"}).status_code == 200


def test_one_idempotency_key_makes_one_user_and_keeps_no_trace_of_the_password(sign_in, app):
    admin = sign_in("admin")
    key = {"Idempotency-Key": "k1"}

    first = admin.post("/users", NEW, headers=key)
    again = admin.post("/users", NEW, headers=key)
    other = admin.post("/users", {**NEW, "name": "Other"}, headers=key)

    assert first.status_code == again.status_code == 201
    assert again.json == first.json
    assert other.status_code == 422
    with app.database.engine.connect() as connection:
        fingerprints = set(connection.scalars(text("SELECT fingerprint FROM idempotency_key")))
    assert len(fingerprints) == 1
    changed = admin.post("/users", {**NEW, "password": "another passphrase"}, headers=key)
    assert changed.json == first.json  # the password is no part of the fingerprint


def test_the_list_is_filtered_searched_and_costs_no_query_per_row(sign_in, make_user, app, flask_app):
    admin = sign_in("admin")
    for number in range(5):
        make_user("technician", f"tech{number}@evergreen.example")

    assert admin.get("/users?role=technician").json["total"] == 5
    assert admin.get("/users?email=TECH3@evergreen.example").json["total"] == 1
    assert admin.get("/users?q=tech4").json["total"] == 1
    assert admin.get("/users?colour=green").status_code == 422
    first = admin.get("/users?page_size=3&sort=-created_at").json
    rest = admin.get(f"/users?page_size=3&sort=-created_at&cursor={first['next_cursor']}").json
    assert len({user["id"] for user in first["items"] + rest["items"]}) == 6
    with statements(flask_app.extensions["app"].database.engine) as sent:
        admin.get("/users?page_size=6")
    assert len(sent) <= 3


def test_roles_are_told(sign_in):
    roles = sign_in("client_user").get("/roles").json["items"]

    assert [role["name"] for role in roles] == list(NAMES)
    assert {role["scope"] for role in roles} == {"msp", "client"}
    assert next(role for role in roles if role["name"] == "manager")["includes"] == ["manager", "technician"]


def test_roles_say_whom_the_caller_may_manage(sign_in):
    def manageable(role):
        items = sign_in(role).get("/roles").json["items"]
        return {one["name"] for one in items if one["manageable"]}

    assert manageable("super_admin") == set(NAMES)
    assert manageable("admin") == set(NAMES) - {"super_admin"}
    assert manageable("manager") == set()


def test_an_administrator_signs_a_user_out_everywhere(sign_in, nobody):
    admin, who, top = sign_in("admin"), sign_in("technician"), sign_in("super_admin")
    key = who.post("/api-keys", {"name": "Export"}).json["key"]

    assert admin.post(f"/users/{who.user.id}/sign-out").json["status"] == "active"

    assert who.get("/auth/me").status_code == 401
    assert who.with_token(key).get("/auth/me").status_code == 401
    credentials = {"email": who.user.email, "password": "a long enough passphrase"}
    assert nobody.post("/auth/login", credentials).status_code == 200
    assert admin.post(f"/users/{top.user.id}/sign-out").status_code == 403
    assert admin.post(f"/users/{new_id()}/sign-out").status_code == 404
    assert sign_in("manager").post(f"/users/{admin.user.id}/sign-out").status_code == 403


def test_a_client_user_is_listed_with_the_clients_name(sign_in, make_user):
    admin, user = sign_in("admin"), make_user("client_user")

    assert admin.get(f"/users/{user.id}").json["client_name"] == "Acme"
    assert admin.get("/users?role=client_user").json["items"][0]["client_name"] == "Acme"
    assert admin.patch(f"/users/{user.id}", {"role": "technician"}).json["client_name"] is None


def test_permissions_are_those_that_the_routes_declare(sign_in):
    areas = sign_in("admin").get("/roles/permissions").json["items"]

    operations = {one["operation"]: one for area in areas for one in area["operations"]}
    assert operations["createUser"]["roles"] == ["super_admin", "admin"]
    assert operations["listUsers"]["name"] == "List users"
    assert "technician" not in operations["getInvoice"]["roles"]
    assert (operations["createService"]["changes"], operations["listServices"]["changes"]) == (True, False)
    assert "login" not in operations
    assert sign_in("manager").get("/roles/permissions").status_code == 403


def test_a_password_set_by_an_administrator_ends_api_keys(sign_in):
    admin, who = sign_in("admin"), sign_in("technician")
    key = who.with_token(who.post("/api-keys", {"name": "k"}).json["key"])
    assert key.get("/auth/me").status_code == 200

    admin.put(f"/users/{who.user.id}/password", {"new_password": "set by the admin"})

    assert key.get("/auth/me").status_code == 401
    assert who.post("/auth/refresh", {"refresh_token": who.refresh}).status_code == 401


def test_what_a_disabled_user_had_does_not_come_back(sign_in):
    admin, who = sign_in("admin"), sign_in("technician")
    key = who.with_token(who.post("/api-keys", {"name": "k"}).json["key"])

    admin.post(f"/users/{who.user.id}/disable")
    admin.post(f"/users/{who.user.id}/enable")

    assert key.get("/auth/me").status_code == 401
    assert who.get("/auth/me").status_code == 401
    assert who.by_cookie("GET", "/auth/me").status_code == 401
    assert who.post("/auth/refresh", {"refresh_token": who.refresh}).status_code == 401


def test_keys_beyond_a_lower_role_end_for_good(sign_in):
    admin, who = sign_in("super_admin"), sign_in("manager")
    strong = who.with_token(who.post("/api-keys", {"name": "k"}).json["key"])
    weak = who.with_token(who.post("/api-keys", {"name": "k", "role": "technician"}).json["key"])

    admin.patch(f"/users/{who.user.id}", {"role": "technician"})
    admin.patch(f"/users/{who.user.id}", {"role": "manager"})

    assert strong.get("/auth/me").status_code == 401
    assert weak.get("/auth/me").status_code == 200


def test_keys_made_at_one_client_do_not_open_another(sign_in, in_work, client_id):
    from gateway.inbound.replicas import Client

    other = new_id()
    with in_work("system") as work:
        work.session.add(Client(id=other, name="Other", status="active", sequence=1))
    who = sign_in("client_admin")
    key = who.with_token(who.post("/api-keys", {"name": "k"}).json["key"])

    assert sign_in("admin").patch(f"/users/{who.user.id}", {"client_id": str(other)}).status_code == 200

    assert key.get("/auth/me").status_code == 401


def test_an_email_in_another_spelling_is_taken(sign_in, make_user):
    admin, user = sign_in("admin"), make_user("technician")
    make_user("technician", "post@b\u00fccher.example")

    answer = admin.patch(f"/users/{user.id}", {"email": "post@xn--bcher-kva.example"})

    assert answer.status_code == 409
    assert "email" in answer.json["errors"]
