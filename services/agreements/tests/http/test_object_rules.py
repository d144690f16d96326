"""Technicians see records of assigned clients, client users their own."""

import pytest

from common.ids import new_id

DANA = str(new_id())


@pytest.fixture
def two_clients(world, callers, make_block, desk):
    """Creates Acme and Other, each with an agreement and a work order."""
    made = {}
    for name in ("Acme", "Other"):
        client_id = world.client(name)
        (service,) = world.card(client_id, "Remote Support")
        body = make_block(client_id, overage_rate="140.00", internal_notes="Beware", activate=True)
        agreement = callers("manager").post("/agreements", body).json["id"]
        order = desk.order(client_id, agreement)
        made[name] = {"client": client_id, "agreement": agreement, "order": order, "service": service}
    return made


def seen(caller, path):
    answer = caller.get(path)
    assert answer.status_code == 200, answer.json
    return {item["id"] for item in answer.json["items"]}


def test_technicians_see_assigned_clients_only(two_clients, callers, world):
    acme, other = two_clients["Acme"], two_clients["Other"]
    assignment = new_id()
    world.technician(acme["client"], DANA, id=assignment)
    dana = callers("technician", user_id=DANA)

    assert seen(dana, "/agreements") == {acme["agreement"]}
    assert seen(dana, "/work-orders") == {acme["order"]}
    for path in ("", "/services", "/hours", "/hours/periods", "/utilisation"):
        assert dana.get(f"/agreements/{acme['agreement']}{path}").status_code == 200
        assert dana.get(f"/agreements/{other['agreement']}{path}").status_code == 404
    assert dana.get(f"/work-orders/{other['order']}").status_code == 404
    assert dana.patch(f"/work-orders/{other['order']}", {"priority": "low"}).status_code == 404

    world.technician(acme["client"], DANA, id=assignment, active=False, version=2)
    assert seen(dana, "/agreements") == set()
    assert dana.get(f"/work-orders/{acme['order']}").status_code == 404


def test_technicians_log_only_where_they_may(two_clients, callers, world, desk):
    acme, other = two_clients["Acme"], two_clients["Other"]
    world.technician(acme["client"], DANA)
    dana = callers("technician", user_id=DANA)
    body = {"hours": "1", "worked_on": "2025-11-03"}

    def log(place):
        path = f"/work-orders/{place['order']}/time-entries"
        return dana.post(path, body | {"service_id": str(place["service"])})

    assert log(acme).status_code == 201
    assert log(other).status_code == 404
    desk.log(other["order"], other["service"], "1")
    assert len(seen(dana, "/time-entries")) == 1
    assert dana.post("/work-orders", {"client_id": str(other["client"])}).json["errors"].keys() == {"client_id"}


def test_technicians_see_work_assigned_to_them(two_clients, callers):
    other = two_clients["Other"]
    callers("manager").patch(f"/work-orders/{other['order']}", {"technician_id": DANA})
    dana = callers("technician", user_id=DANA)

    assert seen(dana, "/work-orders") == {other["order"]}
    body = {"service_id": str(other["service"]), "hours": "1", "worked_on": "2025-11-03"}
    logged = dana.post(f"/work-orders/{other['order']}/time-entries", body)
    assert (logged.status_code, logged.json["covered_hours"]) == (201, "1.00")
    assert seen(dana, "/time-entries") == {logged.json["id"]}
    assert seen(dana, "/agreements") == set(), "the work, not the contract"


def test_technicians_see_no_money(two_clients, callers, world):
    acme = two_clients["Acme"]
    world.technician(acme["client"], DANA)
    dana = callers("technician", user_id=DANA)

    assert dana.get(f"/agreements/{acme['agreement']}").json["overage_rate"] is None
    body = {"service_id": str(acme["service"]), "hours": "12", "worked_on": "2025-11-03"}
    preview = dana.post(f"/work-orders/{acme['order']}/time-entries/preview", body).json
    assert (preview["overage_hours"], preview["rate"], preview["amount"]) == ("2.00", None, None)


def test_client_users_see_their_own_without_internals(two_clients, callers, world, make_block):
    acme, other = two_clients["Acme"], two_clients["Other"]
    callers("manager").post("/agreements", make_block(acme["client"], name="Draft of ours"))
    user = callers("client_user", client_id=acme["client"])

    assert seen(user, "/agreements") == {acme["agreement"]}, "no drafts, no others"
    agreement = user.get(f"/agreements/{acme['agreement']}").json
    assert (agreement["internal_notes"], agreement["overage_rate"]) == (None, "140.00")
    assert user.get(f"/agreements/{other['agreement']}").status_code == 404
    (period,) = user.get(f"/agreements/{acme['agreement']}/hours/periods").json["items"]
    assert period["hours_granted"] == agreement["total_hours"]
    assert user.get(f"/agreements/{other['agreement']}/hours/periods").status_code == 404
    assert seen(user, "/work-orders") == {acme["order"]}
    assert user.get(f"/work-orders/{other['order']}").status_code == 404
    for forbidden in ("/time-entries", f"/agreements/{acme['agreement']}/hours"):
        assert user.get(forbidden).status_code == 403
    assert user.post(f"/agreements/{acme['agreement']}/cancel").status_code == 403


def test_client_users_open_work_orders_for_themselves(two_clients, callers):
    acme, other = two_clients["Acme"], two_clients["Other"]
    user = callers("client_user", client_id=acme["client"])

    opened = user.post("/work-orders", {"subject": "Printer on fire", "priority": "critical"})

    assert (opened.status_code, opened.json["client_id"]) == (201, str(acme["client"]))
    assert user.post("/work-orders", {"client_id": str(other["client"])}).status_code == 422
    taken = user.post("/work-orders", {"agreement_id": acme["agreement"], "billable": False})
    assert set(taken.json["errors"]) == {"agreement_id", "billable"}


def test_writing_is_for_managers(two_clients, callers):
    acme = two_clients["Acme"]
    for role in ("technician", "billing", "client_admin"):
        caller = callers(role, client_id=acme["client"])
        assert caller.post(f"/agreements/{acme['agreement']}/cancel").status_code == 403
        assert caller.patch(f"/agreements/{acme['agreement']}", {"name": "X"}).status_code == 403
    assert callers("billing").get(f"/agreements/{acme['agreement']}").status_code == 200


def test_clients_that_the_gateway_closed_are_hidden_despite_the_replica(two_clients, callers, world, desk):
    """The event that ends the assignment has not arrived."""
    acme, other = two_clients["Acme"], two_clients["Other"]
    for one in (acme, other):
        world.technician(one["client"], DANA)
        callers("manager").patch(f"/work-orders/{one['order']}", {"technician_id": DANA})
    entry = desk.log(acme["order"], acme["service"], "1").json["id"]
    dana = callers("technician", user_id=DANA, closed_clients=[acme["client"]])

    assert seen(dana, "/agreements") == {other["agreement"]}
    assert seen(dana, "/work-orders") == {other["order"]}
    assert seen(dana, "/time-entries") == set()
    for path in ("", "/services", "/hours", "/hours/periods", "/utilisation"):
        assert dana.get(f"/agreements/{acme['agreement']}{path}").status_code == 404
    order = f"/work-orders/{acme['order']}"
    for path in (order, f"{order}/time-entries", f"{order}/time-entries/{entry}"):
        assert dana.get(path).status_code == 404
    body = {"service_id": str(acme["service"]), "hours": "1", "worked_on": "2025-11-03"}
    assert dana.post(f"{order}/time-entries", body).status_code == 404
    assert dana.patch(f"{order}/time-entries/{entry}", {"note": "Mine"}).status_code == 404
    assert dana.delete(f"{order}/time-entries/{entry}").status_code == 404
    assert dana.post("/work-orders", {"client_id": str(acme["client"])}).json["errors"].keys() == {"client_id"}
    counts = dana.get("/agreements/dashboard").json["counts"]
    assert (counts["agreements_active"], counts["work_orders_open"]) == (1, 1)


def test_taken_off_a_client_one_loses_the_work_assigned_there_too(two_clients, callers, world):
    acme = two_clients["Acme"]
    callers("manager").patch(f"/work-orders/{acme['order']}", {"technician_id": DANA})
    assignment = new_id()
    world.technician(acme["client"], DANA, id=assignment)
    world.technician(acme["client"], DANA, id=assignment, active=False, version=2)

    assert callers("technician", user_id=DANA).get(f"/work-orders/{acme['order']}").status_code == 404
