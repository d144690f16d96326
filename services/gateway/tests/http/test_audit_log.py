"""The audit log: complete, readable by administrators, changeable by nobody."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from common.ids import new_id
from common.testing.database import statements

SERVICE = str(new_id())
CREATED, CHANGED = "catalog.service.created.v1", "catalog.service.rate_changed.v1"


@pytest.fixture
def history(deliver, make_user):
    """A service made and repriced by somebody, and something else."""
    user = make_user("admin")
    actor = f"admin:{user.id}"
    deliver(CREATED, {"id": SERVICE, "name": "Remote", "rate": "125.00", "version": 1}, actor=actor)
    deliver(CHANGED, {"id": SERVICE, "name": "Remote", "rate": "135.00", "version": 2}, actor=actor)
    deliver("billing.invoice.issued.v1", {"id": str(new_id()), "version": 4, "total": "10.00"}, actor="system:system")
    return user


def test_an_entry_says_who_changed_what_from_what_to_what(sign_in, history):
    found = sign_in("admin").get(f"/audit-log?subject={SERVICE}").json

    changed, created = found["items"]
    assert found["total"] == 2
    assert (changed["type"], changed["actor_role"], changed["actor_name"]) == (CHANGED, "admin", history.name)
    assert changed["changes"] == [{"field": "rate", "before": "125.00", "after": "135.00"}]
    assert {change["field"]: change["after"] for change in created["changes"]} == {
        "id": SERVICE,
        "name": "Remote",
        "rate": "125.00",
    }
    assert changed["sequence"] == 2
    assert changed["data"]["rate"] == "135.00"


def test_what_was_before_the_log_began_is_not_made_up(sign_in, history):
    (entry,) = sign_in("admin").get("/audit-log?type=billing.invoice.").json["items"]

    assert entry["changes"] == []


def test_an_event_that_comes_late_is_compared_with_the_one_before_it(sign_in, deliver):
    subject = str(new_id())
    for version, rate in ((1, "1.00"), (3, "3.00"), (2, "2.00")):
        deliver(CHANGED, {"id": subject, "rate": rate, "version": version})

    entries = sign_in("admin").get(f"/audit-log?subject={subject}").json["items"]

    told = {
        entry["sequence"]: [(c["before"], c["after"]) for c in entry["changes"] if c["field"] == "rate"]
        for entry in entries
    }
    assert told == {1: [(None, "1.00")], 2: [("1.00", "2.00")], 3: [("2.00", "3.00")]}


def test_an_event_that_lacks_a_field_does_not_hide_what_it_was(sign_in, deliver):
    subject, invoice = str(new_id()), "billing.invoice"
    deliver(f"{invoice}.created.v1", {"id": subject, "balance": "10.00", "number": None, "version": 1})
    deliver(f"{invoice}.issued.v1", {"id": subject, "balance": "10.00", "number": "INV-1", "version": 2})
    deliver(f"{invoice}.document_ready.v1", {"id": subject, "invoice_id": subject, "filename": "a.pdf", "version": 2})
    deliver(f"{invoice}.changed.v1", {"id": subject, "balance": "4.00", "number": "INV-1", "version": 3})

    entries = sign_in("admin").get(f"/audit-log?subject={subject}").json["items"]

    told = {entry["type"].split(".")[2]: entry["changes"] for entry in entries}
    assert told["changed"] == [{"field": "balance", "before": "10.00", "after": "4.00"}]
    assert told["issued"] == [{"field": "number", "before": None, "after": "INV-1"}]
    assert told["document_ready"] == [], "what was not told before is not made up"


def test_rows_of_a_rate_card_are_compared_with_themselves(sign_in, deliver):
    client, labor, remote = (str(new_id()) for _ in range(3))

    def card(*rows):
        services = [{"id": i, "name": n, "custom_rate": rate, "version": v} for i, n, rate, v in rows]
        data = {"id": client, "client_id": client, "services": services, "version": max(row[3] for row in rows)}
        deliver("clients.client_service.changed.v1", data)

    card((labor, "EV Labor2", "90.00", 1))
    card((remote, "Remote", None, 1))
    card((remote, "Remote", "110.00", 2))
    card((labor, "EV Labor2", "95.00", 2), (remote, "Remote", "110.00", 3))

    entries = sign_in("admin").get(f"/audit-log?subject={client}").json["items"][::-1]

    assert [entry["changes"] for entry in entries[1:]] == [
        [
            {"field": "services[Remote].id", "before": None, "after": remote},
            {"field": "services[Remote].name", "before": None, "after": "Remote"},
        ],
        [{"field": "services[Remote].custom_rate", "before": None, "after": "110.00"}],
        [{"field": "services[EV Labor2].custom_rate", "before": "90.00", "after": "95.00"}],
    ]
    assert {change["before"] for change in entries[0]["changes"]} == {None}


def test_filters_and_pages(sign_in, history):
    admin = sign_in("admin")

    assert admin.get(f"/audit-log?actor={history.id}").json["total"] == 2
    assert admin.get("/audit-log?actor=system&type=billing.").json["total"] == 1
    assert admin.get(f"/audit-log?type={CREATED}").json["total"] == 1
    assert admin.get("/audit-log?occurred_at_gte=2999-01-01T00:00:00Z").json["total"] == 0
    assert admin.get("/audit-log?occurred_at_lt=2999-01-01T00:00:00Z&type=catalog.").json["total"] == 2
    assert admin.get("/audit-log?occurred_at_gte=yesterday").status_code == 422
    assert admin.get("/audit-log?colour=green").status_code == 422
    first = admin.get("/audit-log?page_size=2&type=").json
    rest = admin.get(f"/audit-log?page_size=2&cursor={first['next_cursor']}").json
    assert not {entry["id"] for entry in first["items"]} & {entry["id"] for entry in rest["items"]}


def test_a_page_costs_no_query_per_row(sign_in, history, flask_app):
    admin = sign_in("admin")

    with statements(flask_app.extensions["app"].database.engine) as sent:
        admin.get("/audit-log")

    assert len(sent) <= 5


def test_one_event_delivered_twice_is_one_entry(app, deliver):
    from common.messaging.handling import handle

    event = deliver(CREATED, {"id": SERVICE, "version": 1})
    handle(app, [event])

    with app.database.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM audit_entry")) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor_id = 'nobody'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "DELETE FROM audit_entry WHERE false",
    ],
)
def test_the_database_refuses_to_change_history(app, history, statement):
    with pytest.raises(ProgrammingError, match="append-only"), app.database.engine.begin() as connection:
        connection.execute(text(statement))

    with app.database.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM audit_entry")) == 3


def test_a_long_text_inside_an_event_is_kept_as_its_digest(app, deliver):
    deliver("billing.invoice.document_ready.v1", {"id": str(new_id()), "note": "QUJD" * 100_000})

    with app.database.engine.connect() as connection:
        assert connection.scalar(text("SELECT data->'note'->>'length' FROM audit_entry")) == "400000"


def test_what_happens_at_the_door_is_in_the_log(sign_in, nobody, make_user):
    admin, user = sign_in("admin"), make_user("manager")
    wrong = {"email": user.email, "password": "wrong password"}
    nobody.post("/auth/login", wrong, headers={"User-Agent": "curl"})
    token = nobody.post("/auth/login", {**wrong, "password": "a long enough passphrase"}).json["access_token"]
    key = nobody.with_token(token).post("/api-keys", {"name": "Export"}).json
    nobody.with_token(token).delete(f"/api-keys/{key['id']}")
    nobody.with_token(token).post("/auth/logout")

    entries = admin.get("/audit-log").json["items"][::-1]

    assert [entry["type"] for entry in entries] == [
        "gateway.session.refused.v1",
        "gateway.session.started.v1",
        "gateway.api_key.created.v1",
        "gateway.api_key.revoked.v1",
        "gateway.session.ended.v1",
    ]
    assert entries[0]["data"]["user_agent"] == "curl"
    assert entries[0]["actor_role"] == "anonymous"
    assert {entry["actor_id"] for entry in entries[1:]} == {str(user.id)}
    assert "wrong password" not in str(entries)


def test_an_entry_reads_as_a_sentence_and_names_its_entity_type(sign_in, history):
    admin = sign_in("admin")

    changed, created = admin.get(f"/audit-log?subject={SERVICE}").json["items"]

    assert changed["summary"] == 'Service "Remote": rate changed from 125.00 to 135.00.'
    assert created["summary"] == 'Service "Remote" was created.'
    assert changed["aggregate"] == "catalog.service"
    assert admin.get("/audit-log?type=catalog.service.").json["total"] == 2


def test_every_entity_type_of_the_log_has_a_name(sign_in, nobody):
    admin = sign_in("admin")
    key = admin.post("/api-keys", {"name": "Export"}).json
    admin.delete(f"/api-keys/{key['id']}")
    admin.delete("/sessions")
    nobody.post("/auth/login", {"email": admin.user.email, "password": "not the password"})

    named = {one["type"] for one in admin.get("/audit-log/entity-types").json["items"]}
    entries = admin.get("/audit-log").json["items"]

    assert {entry["aggregate"] for entry in entries} >= {"gateway.api_key", "gateway.session"}
    assert {entry["aggregate"] for entry in entries} <= named
    sentences = [entry["summary"] for entry in entries]
    assert 'API key "Export" was revoked.' in sentences
    assert all(line[0].isupper() and line.endswith(".") and "_" not in line for line in sentences), sentences
    assert sign_in("manager").get("/audit-log/entity-types").status_code == 403
