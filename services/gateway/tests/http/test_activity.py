"""The activity of one client and one service, as their pages show it."""

import re

import pytest
from sqlalchemy import text

from common.ids import new_id
from common.testing.database import statements

CLIENT, SERVICE = "clients.client", "catalog.service"
STATE = {"name": "Acme", "status": "active", "net_terms": 30}


@pytest.fixture
def acme(deliver, make_user):
    """A client with a past, beside another one and things of nobody."""
    acme, other, user = str(new_id()), str(new_id()), make_user("manager")
    by = {"actor": f"manager:{user.id}"}
    for client in (acme, other):
        deliver(f"{CLIENT}.created.v1", {"id": client, **STATE, "version": 1}, **by)
    deliver(f"{CLIENT}.changed.v1", {"id": acme, **STATE, "net_terms": 45, "version": 2}, **by)
    contact = {"id": str(new_id()), "client_id": acme, "name": "Ann", "version": 1}
    deliver("clients.contact.changed.v1", contact)
    deliver(
        "clients.technician.assigned.v1", {"id": str(new_id()), "client_id": acme, "user_id": user.id, "version": 1}
    )
    deliver("billing.invoice.issued.v1", {"id": str(new_id()), "client_id": other, "number": "INV-1", "version": 2})
    deliver("catalog.service.created.v1", {"id": str(new_id()), "name": "Remote", "version": 1})
    return acme, other, user


def test_a_client_s_activity_is_all_that_concerns_it(sign_in, acme):
    client, other, user = acme

    found = sign_in("manager").get(f"/clients/{client}/activity").json

    assert [entry["summary"] for entry in found["items"]] == [
        f"{user.name} was assigned.",
        'Contact "Ann" was added.',
        'Client "Acme": payment terms changed from 30 to 45.',
        'Client "Acme" was created.',
    ]
    assert (found["total"], found["next_cursor"]) == (4, None)
    changed, created = found["items"][2:]
    assert changed["changes"] == {"net_terms": {"before": 30, "after": 45}}
    assert (changed["actor_name"], changed["type"]) == (user.name, "clients.client.changed.v1")
    assert created["changes"] == {}
    assert sign_in("manager").get(f"/clients/{other}/activity").json["total"] == 2


def test_it_is_paged_and_narrowed(sign_in, acme):
    client, _, user = acme
    manager = sign_in("manager")

    first = manager.get(f"/clients/{client}/activity?page_size=3").json
    rest = manager.get(f"/clients/{client}/activity?page_size=3&cursor={first['next_cursor']}").json
    assert (len(first["items"]), len(rest["items"])) == (3, 1)
    assert manager.get(f"/clients/{client}/activity?type=clients.contact.").json["total"] == 1
    assert manager.get(f"/clients/{client}/activity?actor={user.id}").json["total"] == 2
    assert manager.get(f"/clients/{client}/activity?occurred_at_gte=2999-01-01T00:00:00Z").json["total"] == 0
    assert manager.get(f"/clients/{client}/activity?subject={client}").status_code == 422
    assert sign_in("admin").get(f"/audit-log?client_id={client}").json["total"] == 4
    assert sign_in("admin").get("/audit-log?client_id=acme").status_code == 422


def test_what_was_merged_into_a_client_is_its_past_as_well(sign_in, acme, deliver):
    client, other, _ = acme
    merge = {"id": client, "merged_client_id": other, "name": "Acme", "merged_client_name": "ACME", "version": 3}
    deliver("clients.client.merged.v1", {**merge, "client_services": [], "services": []})

    found = sign_in("manager").get(f"/clients/{client}/activity").json

    assert found["total"] == 7
    assert found["items"][0]["summary"] == 'Client "ACME" was merged into "Acme".'
    assert "Invoice INV-1 was issued." in {entry["summary"] for entry in found["items"]}


def test_a_service_s_activity(sign_in, deliver):
    service = str(new_id())
    state = {"id": service, "name": "Remote", "currency": "USD"}
    deliver(f"{SERVICE}.created.v1", {**state, "default_rate": "125.00", "version": 1})
    deliver(f"{SERVICE}.rate_changed.v1", {**state, "default_rate": "135.00", "version": 2})

    found = sign_in("manager").get(f"/services/{service}/activity").json

    assert [entry["summary"] for entry in found["items"]] == [
        'Service "Remote": default rate changed from $125.00 to $135.00.',
        'Service "Remote" was created.',
    ]
    assert found["items"][0]["changes"] == {"default_rate": {"before": "125.00", "after": "135.00"}}


def test_a_rate_that_changes_again_is_told_as_one_change(sign_in, deliver):
    service = str(new_id())
    state = {"id": service, "name": "Remote", "currency": "USD", "category": None, "category_id": None}
    deliver(f"{SERVICE}.created.v1", {**state, "default_rate": "125.00", "version": 1})
    for version, (old, new) in enumerate([("125.00", "135.00"), ("135.00", "140.00")], 2):
        deliver(f"{SERVICE}.rate_changed.v1", {**state, "default_rate": new, "old_rate": old, "version": version})
    named = {"category": "Support", "category_id": str(new_id())}
    deliver(f"{SERVICE}.changed.v1", {**state, **named, "default_rate": "140.00", "version": 4})

    found = sign_in("manager").get(f"/services/{service}/activity").json["items"]

    assert found[0]["summary"] == 'Service "Remote": category set to "Support".'
    assert found[1]["summary"] == 'Service "Remote": default rate changed from $135.00 to $140.00.'
    assert found[1]["changes"] == {"default_rate": {"before": "135.00", "after": "140.00"}}


@pytest.mark.parametrize("role", ["technician", "billing", "client_admin", "client_user"])
def test_only_managers_read_it(sign_in, role):
    assert sign_in(role).get(f"/clients/{new_id()}/activity").status_code == 403
    assert sign_in(role).get(f"/services/{new_id()}/activity").status_code == 403


def test_it_costs_no_query_per_row_and_finds_its_indexes(sign_in, acme, flask_app):
    manager, engine = sign_in("manager"), flask_app.extensions["app"].database.engine
    with statements(engine) as sent:
        manager.get(f"/clients/{acme[0]}/activity")
    assert len(sent) <= 8

    with engine.begin() as connection:
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        connection.execute(text("SET LOCAL enable_bitmapscan = off"))
        (page,) = [one for one in sent if "audit_entry.occurred_at DESC" in one]
        plan = "\n".join(connection.scalars(text(f"EXPLAIN {_with_values(page, acme[0])}")))
    assert "Index Scan Backward using ix_audit_entry_client" in plan
    assert "Sort" not in plan


def _with_values(query: str, client: str) -> str:
    return re.sub(r"%\(([a-z_0-9]+)\)s", lambda found: "51" if "param" in found[1] else f"'{client}'", query)


def test_an_invoice_s_activity_is_read_by_those_who_read_invoices(sign_in, deliver, make_user):
    invoice, user = str(new_id()), make_user("billing")
    data = {"id": invoice, "client_id": str(new_id()), "number": "INV-1"}
    deliver("billing.invoice.created.v1", {**data, "number": None, "version": 1})
    deliver("billing.invoice.issued.v1", {**data, "version": 2}, actor=f"billing:{user.id}")
    deliver("billing.invoice.issued.v1", {**data, "id": str(new_id()), "version": 2})

    found = sign_in("billing").get(f"/invoices/{invoice}/activity").json

    assert [entry["summary"] for entry in found["items"]] == ["Invoice INV-1 was issued.", "The invoice was created."]
    assert found["items"][0]["actor_name"] == user.name
    assert sign_in("technician").get(f"/invoices/{invoice}/activity").status_code == 403


def test_what_the_log_does_not_know_its_owner_is_asked(sign_in, make_user, forwarding_app, upstream, acme):
    """The owner here has whatever it is asked for; made a moment ago, the log has nothing of it yet."""
    manager = sign_in(make_user("manager"), forwarding_app)

    assert manager.get(f"/services/{new_id()}/activity").json["items"] == []
    assert upstream.requests == 1
    manager.get(f"/clients/{acme[0]}/activity")
    assert upstream.requests == 1, "the log knows"


def test_a_client_is_no_service_and_nobody_guesses_for_an_owner_who_is_away(sign_in, acme):
    answer = sign_in("manager").get(f"/services/{acme[0]}/activity")

    assert answer.status_code == 503
