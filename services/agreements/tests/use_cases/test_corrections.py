"""Time can be corrected or deleted until it is invoiced; the ledger gets reversing rows."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError


@pytest.fixture
def manager(callers):
    return callers("manager")


@pytest.fixture
def logged(gold, desk):
    """Logs 8 h of Emergency Support: 5 covered, 3 overage."""
    return desk.log(desk.order(gold["client_id"], gold["id"]), gold["rows"]["Emergency Support"], "8").json


def path_of(entry):
    return f"/work-orders/{entry['work_order_id']}/time-entries/{entry['id']}"


def figures(manager, gold):
    agreement = manager.get(f"/agreements/{gold['id']}").json
    return agreement["hours_used"], agreement["hours_remaining"], agreement["hours_overage"]


def test_fewer_hours_are_split_again(gold, logged, manager, emitted):
    corrected = manager.patch(path_of(logged), {"hours": "6", "note": "Counted twice"})

    assert corrected.status_code == 200, corrected.json
    assert (corrected.json["covered_hours"], corrected.json["overage_hours"]) == ("5.00", "1.00")
    assert figures(manager, gold) == ("5.00", "95.00", "1.00")
    (event,) = emitted("agreements.time.corrected.v1")
    assert event.data["overage"] is True
    assert (event.data["billable_hours"], event.data["hours"]) == ("1.00", "6.00")
    assert event.sequence == logged["version"] + 1


def test_another_service_draws_from_its_own_hours(gold, logged, manager):
    corrected = manager.patch(path_of(logged), {"service_id": gold["rows"]["Onsite Support"]}).json

    assert (corrected["service_name"], corrected["covered_hours"]) == ("Onsite Support", "8.00")
    services = {row["name"]: row for row in manager.get(f"/agreements/{gold['id']}/services").json["items"]}
    assert services["Emergency Support"]["hours_remaining"] == "5.00"
    assert services["Onsite Support"]["hours_remaining"] == "12.00"


def test_a_correction_without_effect_on_hours_leaves_them(gold, logged, manager):
    manager.patch(path_of(logged), {"note": "Router replaced"})

    assert figures(manager, gold) == ("5.00", "95.00", "3.00")


def test_deleting_restores_the_ledger_by_adding_to_it(gold, logged, manager, emitted):
    before = manager.get(f"/agreements/{gold['id']}/hours").json["total"]

    assert manager.delete(path_of(logged)).status_code == 204

    assert figures(manager, gold) == ("0.00", "100.00", "0.00")
    ledger = manager.get(f"/agreements/{gold['id']}/hours?time_entry_id={logged['id']}").json["items"]
    assert {(row["kind"], row["hours"]) for row in ledger} == {("draw", "-5.00"), ("reversal", "5.00")}
    assert manager.get(f"/agreements/{gold['id']}/hours").json["total"] == before + 1
    (event,) = emitted("agreements.time.deleted.v1")
    assert event.data["deleted"] is True
    assert manager.get(path_of(logged)).status_code == 404
    assert manager.delete(path_of(logged)).status_code == 404, "once is enough"


def test_the_reference_of_deleted_time_may_be_used_again(gold, desk, manager):
    order = desk.order(gold["client_id"], gold["id"])
    first = desk.log(order, gold["rows"]["Onsite Support"], "1", external_ref="row 7").json
    assert desk.log(order, gold["rows"]["Onsite Support"], "1", external_ref="row 7").status_code == 409

    manager.delete(path_of(first))

    assert desk.log(order, gold["rows"]["Onsite Support"], "1", external_ref="row 7").status_code == 201


def test_invoiced_time_stays_until_its_invoice_is_voided(gold, logged, manager, world):
    invoice = world.invoice([logged["id"]])

    refused = manager.patch(path_of(logged), {"hours": "6"})
    assert refused.status_code == 409
    assert "INV-2025-001" in refused.json["detail"]
    assert manager.delete(path_of(logged)).status_code == 409
    assert figures(manager, gold) == ("5.00", "95.00", "3.00")

    world.invoice([logged["id"]], id=invoice, kind="voided", version=3)
    assert manager.patch(path_of(logged), {"hours": "6"}).status_code == 200


def test_a_stale_correction_is_refused(logged, manager):
    manager.patch(path_of(logged), {"hours": "7"})

    assert manager.patch(path_of(logged), {"hours": "6"}, headers={"If-Match": '"1"'}).status_code == 412


def test_work_done_may_be_corrected_after_the_agreement_ended(gold, logged, manager):
    manager.post(f"/agreements/{gold['id']}/cancel")

    assert manager.patch(path_of(logged), {"hours": "2"}).json["covered_hours"] == "2.00"


def test_the_ledger_cannot_be_rewritten(gold, app):
    for statement in ("UPDATE hour_entry SET hours = 1000", "DELETE FROM hour_entry"):
        with pytest.raises(DBAPIError, match="append-only"), app.database.engine.begin() as connection:
            connection.execute(text(statement))
