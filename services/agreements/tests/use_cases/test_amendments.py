"""What was agreed on a day can be asked, and work of that day is placed and priced by it."""

from datetime import timedelta

import pytest
from sqlalchemy import inspect

from agreements.agreement.models import AGREED, Agreement
from common.testing.days import today

TODAY = today()
START = TODAY - timedelta(days=100)
LATER = TODAY - timedelta(days=20)


@pytest.fixture
def manager(callers):
    return callers("manager")


@pytest.fixture
def support(world, manager):
    """Activates time and materials with an agreement rate of 100.00 for Remote Support."""
    client_id = world.client()
    remote, onsite = world.card(client_id, "Remote Support", "Onsite Support")
    covered = [{"client_service_id": str(remote), "custom_rate": "100.00"}]
    body = {"client_id": str(client_id), "name": "Support", "type": "time_and_materials", "coverage": "selected"}
    body |= {"start_date": str(START), "services": covered, "overage_rate": "150.00", "activate": True}
    made = manager.post("/agreements", body)
    assert made.status_code == 201, made.json
    return {**made.json, "remote": str(remote), "onsite": str(onsite)}


@pytest.fixture
def amend(manager, support):
    def patch(**values):
        return manager.patch(f"/agreements/{support['id']}", values)

    return patch


def test_a_day_before_an_amendment_has_the_earlier_terms(manager, support, amend):
    services = [{"client_service_id": support["remote"], "custom_rate": "110.00"}]
    services += [{"client_service_id": support["onsite"]}]
    answer = amend(services=services, first_day=str(LATER), reason="Price round", uncovered_policy="block")
    assert (answer.status_code, answer.json["terms_from"]) == (200, str(LATER))

    one = f"/agreements/{support['id']}"
    before = manager.get(f"{one}?as_of={LATER - timedelta(days=1)}").json
    assert (before["uncovered_policy"], before["terms_from"]) == ("warn", str(START))
    assert manager.get(f"{one}?as_of={LATER}").json["uncovered_policy"] == "block"
    earlier = manager.get(f"{one}/services?as_of={START}").json
    assert [(row["name"], row["custom_rate"]) for row in earlier["items"]] == [("Remote Support", "100.00")]
    assert earlier["total"] == 1
    assert manager.get(f"{one}/services").json["total"] == 2

    newest, first = manager.get(f"{one}/amendments").json["items"]
    assert (first["from_day"], first["last_day"], first["changes"]) == (str(START), str(LATER - timedelta(days=1)), [])
    assert (newest["reason"], newest["last_day"], newest["number"]) == ("Price round", None, 2)
    assert [(row["field"], row["service_name"], row["before"], row["after"]) for row in newest["changes"]] == [
        ("uncovered_policy", None, "warn", "block"),
        ("custom_rate", "Remote Support", "100.00", "110.00"),
        ("covered", "Onsite Support", "false", "true"),
    ]


def test_notes_and_the_reference_are_no_terms(manager, support, amend):
    assert amend(internal_notes="Call first", reference="PO 7").status_code == 200
    assert len(manager.get(f"/agreements/{support['id']}/amendments").json["items"]) == 1


def test_an_edit_of_one_service_is_an_amendment_from_today(manager, support):
    (row,) = manager.get(f"/agreements/{support['id']}/services").json["items"]
    manager.patch(f"/agreements/{support['id']}/services/{row['id']}", {"custom_rate": "0.00"})
    newest, _ = manager.get(f"/agreements/{support['id']}/amendments").json["items"]
    assert newest["from_day"] == str(TODAY)
    assert [(one["before"], one["after"]) for one in newest["changes"]] == [("100.00", "0.00")]


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (START - timedelta(days=1), "The present terms began on"),
        (TODAY + timedelta(days=1), "has not come yet. Choose today"),
    ],
)
def test_a_day_outside_the_present_terms_is_refused(manager, support, amend, day, message):
    answer = amend(overage_rate="175.00", first_day=str(day))
    assert answer.status_code == 422
    assert message in answer.json["errors"]["first_day"][0]
    assert manager.get(f"/agreements/{support['id']}").json["overage_rate"] == "150.00"


def test_terms_begin_no_earlier_than_those_before_them(amend):
    assert amend(overage_rate="175.00", first_day=str(LATER)).status_code == 200
    answer = amend(overage_rate="180.00", first_day=str(LATER - timedelta(days=1)))
    assert (answer.status_code, f"began on {LATER}" in answer.json["errors"]["first_day"][0]) == (422, True)
    assert amend(overage_rate="180.00", first_day=str(LATER)).status_code == 200


def test_a_draft_has_no_first_day(manager, support):
    body = {"client_id": support["client_id"], "name": "Next", "type": "time_and_materials", "start_date": str(START)}
    draft = manager.post("/agreements", body).json
    assert draft["terms_from"] is None
    answer = manager.patch(f"/agreements/{draft['id']}", {"name": "Later", "first_day": str(TODAY)})
    assert "is a draft" in answer.json["errors"]["first_day"][0]


def test_before_the_start_nothing_applied(manager, support):
    answer = manager.get(f"/agreements/{support['id']}?as_of={START - timedelta(days=1)}")
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["as_of"])


def test_late_work_is_placed_and_priced_by_the_terms_of_its_day(manager, support, amend, desk):
    services = [{"client_service_id": support["onsite"], "custom_rate": "200.00"}]
    assert amend(services=services, first_day=str(LATER), uncovered_policy="block").status_code == 200
    order = desk.order(support["client_id"], support["id"])

    def cost(service, day):
        body = {"service_id": service, "hours": "2.00", "worked_on": str(day)}
        return manager.post(f"/work-orders/{order}/time-entries/preview", body)

    before, after = LATER - timedelta(days=1), LATER
    assert cost(support["remote"], before).json["amount"] == "200.00"
    assert cost(support["onsite"], after).json["amount"] == "400.00"
    assert "not covered" in cost(support["remote"], after).json["errors"]["service_id"][0]
    late = desk.log(order, support["onsite"], "1.00", str(before))
    assert "not covered" in late.json["warnings"][0]


def test_events_have_the_replaced_rates(support, amend, emitted):
    services = [{"client_service_id": support["remote"], "custom_rate": "110.00"}]
    amend(services=services, first_day=str(LATER))
    amend(overage_rate="160.00", first_day=str(LATER + timedelta(days=5)))
    amend(uncovered_policy="block")
    (earlier, later) = emitted("agreements.agreement.changed.v1")[-1].data["earlier_rates"]
    rate = {"client_service_id": support["remote"]}
    assert earlier == {
        "before": str(LATER),
        "overage_rate": "150.00",
        "services": [rate | {"custom_rate": "100.00"}],
    }
    assert later == {
        "before": str(LATER + timedelta(days=5)),
        "overage_rate": "150.00",
        "services": [rate | {"custom_rate": "110.00"}],
    }


def test_bought_hours_are_an_amendment_with_their_note(gold, manager):
    manager.post(f"/agreements/{gold['id']}/hours", {"hours": "20", "note": "Bought by phone"})
    newest, _ = manager.get(f"/agreements/{gold['id']}/amendments").json["items"]
    assert (newest["reason"], newest["changes"][0]["after"]) == ("Bought by phone", "120.00")


NO_TERMS = {
    *("id", "version", "created_at", "updated_at", "search_text", "number", "client_id", "currency", "reference"),
    *("internal_notes", "status", "status_reason", "activated_at", "ended_on", "next_grant_on", "renewed_from_id"),
    *("reminded_days", "terms_from", "is_default"),
}


def test_each_column_of_an_agreement_is_agreed_or_known_not_to_be():
    assert {column.key for column in inspect(Agreement).columns} - NO_TERMS == set(AGREED)
