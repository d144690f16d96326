"""Quick entries find an open order by words of its subject, its client and a service."""

import pytest


@pytest.fixture
def manager(callers):
    return callers("manager")


@pytest.fixture
def orders(gold, world, desk):
    other = world.client("Borealis")
    world.card(other, "Remote Support")
    return {
        "firewall": desk.order(gold["client_id"], gold["id"], subject="Firewall rules"),
        "printer": desk.order(gold["client_id"], subject="Printer"),
        "other": desk.order(other, subject="Firewall"),
    }


def found(caller, text):
    answer = caller.post("/quick-entries", {"text": text})
    assert answer.status_code == 200, answer.json
    return answer.json["hours"], [one["order"]["id"] for one in answer.json["matches"]]


@pytest.mark.parametrize(
    ("text", "hours"),
    [("1.5h acme firewall", "1.50"), ("1:20 acme firewall", "1.33"), ("90m acme firewall", "1.50")],
)
def test_hours_and_words_find_the_order(orders, manager, text, hours):
    assert found(manager, text) == (hours, [orders["firewall"]])


def test_a_word_may_name_the_service(orders, gold, world, manager):
    plan = world.catalog_service("Firewall plan", kind="recurring")
    world.card(gold["client_id"], "Firewall plan", service_id=plan)
    answer = manager.post("/quick-entries", {"text": "2 acme firewall onsite"}).json

    assert [one["order"]["id"] for one in answer["matches"]] == [orders["firewall"]]
    assert answer["matches"][0]["service_id"] == gold["rows"]["Onsite Support"]


def test_a_word_of_the_order_names_no_service_where_another_word_does(orders, gold, world, manager):
    world.card(gold["client_id"], "Firewall Care")
    matches = manager.post("/quick-entries", {"text": "2 acme firewall onsite"}).json["matches"]
    services = {match["order"]["id"]: match["service_id"] for match in matches}

    assert services[orders["firewall"]] == gold["rows"]["Onsite Support"]


def test_the_actors_own_orders_come_first_and_closed_ones_not_at_all(orders, gold, manager, callers, world):
    dana = "01890000-0000-7000-8000-00000000d0a3"
    world.technician(gold["client_id"], dana)
    manager.patch(f"/work-orders/{orders['printer']}", {"technician_id": dana})
    technician = callers("technician", user_id=dana)

    assert found(technician, "1h acme")[1] == [orders["printer"], orders["firewall"]]
    manager.post(f"/work-orders/{orders['printer']}/transition", {"status": "closed"})
    assert found(technician, "1h acme")[1] == [orders["firewall"]]
    assert found(technician, "1h borealis")[1] == []


@pytest.mark.parametrize(
    "text", ["acme firewall", "0 acme", "-1h acme", "1:75 acme", "25h acme", "0.001h acme", "1.5h"]
)
def test_what_cannot_be_read_is_refused(orders, manager, text):
    answer = manager.post("/quick-entries", {"text": text})

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["text"])
