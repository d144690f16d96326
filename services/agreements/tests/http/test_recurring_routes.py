"""HTTP tests for recurring work orders."""

import pytest

from common.ids import new_id
from common.testing.days import today


@pytest.fixture
def manager(callers):
    return callers("manager")


@pytest.fixture
def body(manager, world):
    template = manager.post("/work-order-templates", {"name": "Check", "subject": "Server check"}).json["id"]
    starts_on = today().replace(day=1, year=today().year + 1).isoformat()
    shared = {"client_id": str(world.client()), "template_id": template, "starts_on": starts_on}
    return shared | {"every": 1, "unit": "months"}


def test_it_is_listed_with_names_and_next_dates(manager, callers, body):
    made = manager.post("/recurring-work-orders", body).json
    listed = manager.get("/recurring-work-orders?status=active").json["items"]

    assert listed == [made]
    assert (made["client_name"], made["template_name"], len(made["next_dates"])) == ("Acme Corp", "Check", 5)
    assert made["next_dates"][0] == made["next_on"] == body["starts_on"]
    path = f"/recurring-work-orders/{made['id']}"
    assert manager.post(f"{path}/pause").json["status"] == "paused"
    assert manager.post(f"{path}/pause").status_code == 409
    assert manager.get("/recurring-work-orders?status=active").json["items"] == []
    assert manager.get("/recurring-work-orders?status=paused").json["total"] == 1
    assert manager.post(f"{path}/resume").json["status"] == "active"
    assert callers("technician").get(path).status_code == 404
    assert callers("technician").post(f"{path}/pause").status_code == 403
    refused = manager.delete(f"/work-order-templates/{body['template_id']}")
    assert (refused.status_code, "Recurring work orders use" in refused.json["detail"]) == (409, True)
    assert manager.delete(path).status_code == 204


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"every": 0}, "every"),
        ({"every": 1.5}, "every"),
        ({"unit": "years"}, "unit"),
        ({"ends_on": "2020-01-01"}, "ends_on"),
        ({"starts_on": "2026-02-30"}, "starts_on"),
        ({"due_in_days": -1}, "due_in_days"),
        ({"catch_up": "some"}, "catch_up"),
        ({"template_id": str(new_id())}, "template_id"),
        ({"agreement_id": str(new_id())}, "agreement_id"),
        ({"client_id": "01890000-0000-7000-8000-000000000000"}, "client_id"),
    ],
)
def test_bad_input_is_refused(manager, body, values, field):
    refused = manager.post("/recurring-work-orders", body | values)

    assert (refused.status_code, list(refused.json["errors"])) == (422, [field])
    assert manager.get("/recurring-work-orders").json["total"] == 0
