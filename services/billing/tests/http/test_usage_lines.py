"""What is priced in steps is not charged at its default rate times a quantity: somebody says the rate, or nothing."""

import pytest

STEPS = {"model": "graduated", "tiers": [{"up_to": "10", "unit_price": "5.00"}, {"up_to": None, "unit_price": "4.00"}]}
PLAIN = {"model": "per_unit", "included_units": "0.00", "minimum_units": None, "minimum_charge": None}
FLOOR = {"model": "per_unit", "minimum_charge": "20.00"}


@pytest.fixture
def staff(callers):
    return callers("billing")


def usage(world, client, price_model, custom_rate=None):
    return world.card(client, world.service("Storage", "5.00", kind="usage", price_model=price_model), custom_rate)


def invoice(staff, client, row, **values):
    line = {"client_service_id": str(row["id"]), "quantity": "21", **values}
    return staff.post("/invoices", {"client_id": str(client["id"]), "lines": [line]})


def item(staff, client, row, **values):
    body = {"client_id": str(client["id"]), "client_service_id": str(row["id"]), "quantity": "21", **values}
    return staff.post("/billable-items", {"dated_on": "2025-11-30", **body}, headers={"Idempotency-Key": "usage"})


@pytest.mark.parametrize("model", [STEPS, FLOOR])
def test_a_line_by_hand_needs_its_rate(staff, world, model):
    client = world.client()
    row = usage(world, client, model)
    refused = invoice(staff, client, row)
    assert refused.status_code == 422
    assert "say the rate" in refused.json["errors"]["lines.0.unit_rate"][0]
    assert staff.get("/invoices").json["total"] == 0

    made = invoice(staff, client, row, unit_rate="4.43")
    assert (made.status_code, made.json["subtotal"]) == (201, "93.03")


def test_so_does_an_item_by_hand(staff, world):
    client = world.client()
    row = usage(world, client, STEPS)
    assert "say the rate" in item(staff, client, row).json["errors"]["unit_rate"][0]
    assert item(staff, client, row, unit_rate="4.43").status_code == 201


def test_one_price_for_each_unit_and_a_negotiated_one_are_charged(staff, world):
    client = world.client()
    assert invoice(staff, client, usage(world, client, PLAIN)).json["subtotal"] == "105.00"
    assert invoice(staff, client, usage(world, client, STEPS, "3.00")).json["subtotal"] == "63.00"
