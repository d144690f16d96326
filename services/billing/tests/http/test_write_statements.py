"""A write reads nothing twice. Numbers that grow need a reason: each statement is a round trip in every request."""

import pytest

from common.ids import new_id
from common.testing.database import statements
from common.testing.days import today


@pytest.fixture
def count(app, callers):
    """Returns `count(path, body)`, which posts and returns the number of statements and the answer."""
    staff = callers("billing")

    def post(path, body):
        with statements(app.database.engine) as sent:
            answer = staff.post(path, body, headers={"Idempotency-Key": str(new_id())})
        assert answer.status_code < 300, answer.json
        return len(sent), answer.json

    return post


def test_items_drafts_issues_and_payments(world, count):
    client = world.client()
    row = world.card(client, world.service())
    day = today().isoformat()
    item = {"client_id": str(client["id"]), "client_service_id": str(row["id"]), "quantity": "1", "dated_on": day}
    assert count("/billable-items", item)[0] == 7
    line = {"description": "Work", "quantity": "1", "unit_rate": "100.00"}
    made, draft = count("/invoices", {"client_id": str(client["id"]), "lines": [line], "issued_on": day})
    assert made == 9
    assert (draft["payments"], draft["lines_fixed_because"], draft["changes_since_draft"]) == ([], None, [])
    issued, invoice = count(f"/invoices/{draft['id']}/issue", {})
    assert issued == 19  # the first invoice opens the account
    payment = {"client_id": str(client["id"]), "amount": "100.00", "method": "check", "received_on": day}
    payment["allocations"] = [{"invoice_id": invoice["id"], "amount": "100.00"}]
    paid, answer = count("/payments", payment)
    assert paid == 11
    assert (answer["client_name"], answer["allocations"]) == (client["name"], payment["allocations"])
