"""Materials and expenses: who records what, at which price, and until when they can be changed."""

import pytest

from common.ids import new_id
from common.testing.database import statements

BOUGHT = {"description": "SSD 1 TB", "quantity": "2", "unit_cost": "80.00", "incurred_on": "2025-11-03"}


@pytest.fixture
def client_id(world):
    return world.client()


@pytest.fixture
def path(desk, client_id):
    return f"/work-orders/{desk.order(client_id)}/expenses"


@pytest.fixture
def technician(callers, world, client_id):
    def of(name="Dana Reyes"):
        identifier = new_id()
        world.technician(client_id, world.user(identifier, name))
        return callers("technician", user_id=str(identifier))

    return of


def refused(answer, field):
    assert answer.status_code == 422, answer.json
    assert list(answer.json["errors"]) == [field]
    return answer.json["errors"][field][0]


def test_a_price_is_the_cost_plus_the_markup(desk, path, emitted):
    saved = desk.caller.post(path, BOUGHT | {"markup_percent": "20"})

    assert saved.status_code == 201, saved.json
    assert [saved.json[name] for name in ("unit_price", "amount", "currency", "billable")] == [
        *("96.00", "192.00", "USD", True)
    ]
    (event,) = emitted("agreements.expense.recorded.v1")
    assert (event.data["unit_price"], event.data["quantity"]) == ("96.00", "2.00")
    assert not event.data.keys() & {"unit_cost", "markup_percent"}


def test_without_a_markup_the_client_pays_the_cost(desk, path):
    assert desk.caller.post(path, BOUGHT).json["unit_price"] == "80.00"


def test_a_new_markup_replaces_an_entered_price_and_the_other_way_round(desk, path):
    manager = desk.caller
    one = f"{path}/{manager.post(path, BOUGHT | {'unit_price': '99.00'}).json['id']}"

    assert manager.get(one).json["markup_percent"] is None
    assert manager.patch(one, {"unit_cost": "85.00"}).json["unit_price"] == "99.00"
    assert manager.patch(one, {"markup_percent": "10"}).json["unit_price"] == "93.50"
    assert manager.patch(one, {"unit_cost": "90.00"}).json["unit_price"] == "99.00"
    last = manager.patch(one, {"unit_price": "100.00"}).json
    assert (last["unit_price"], last["markup_percent"]) == ("100.00", None)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"unit_cost": None}, "unit_price"),
        ({"unit_price": "90.00", "markup_percent": "5"}, "markup_percent"),
        ({"unit_cost": "80.005"}, "unit_cost"),
        ({"quantity": "0"}, "quantity"),
        ({"quantity": "-1"}, "quantity"),
        ({"quantity": "9999999999999", "unit_price": "10.00"}, "quantity"),
        ({"markup_percent": "-1"}, "markup_percent"),
        ({"markup_percent": "1001"}, "markup_percent"),
        ({"kind": "gift"}, "kind"),
        ({"description": "  "}, "description"),
        ({"incurred_on": "2035-01-01"}, "incurred_on"),
        ({"tax_code_id": str(new_id())}, "tax_code_id"),
    ],
)
def test_bad_input_names_its_field_and_changes_nothing(desk, path, values, field):
    assert refused(desk.caller.post(path, BOUGHT | values), field)
    assert desk.caller.get(path).json["items"] == []


def test_only_active_tax_codes_are_taken(desk, path, deliver, long_known):
    code = {"id": long_known(), "name": "Sales tax", "status": "active", "version": 1}
    deliver("catalog.tax_code.created.v1", code)
    saved = desk.caller.post(path, BOUGHT | {"tax_code_id": str(code["id"])})
    assert saved.json["tax_code_id"] == str(code["id"])

    deliver("catalog.tax_code.changed.v1", code | {"status": "archived", "version": 2})
    message = refused(desk.caller.post(path, BOUGHT | {"tax_code_id": str(code["id"])}), "tax_code_id")
    assert message == '"Sales tax" is archived. Choose an active tax code.'
    assert desk.caller.patch(f"{path}/{saved.json['id']}", {"description": "SSD 2 TB"}).status_code == 200


def test_technicians_record_and_correct_their_own_without_seeing_money(technician, path, desk):
    dana, lee = technician(), technician("Lee Park")
    saved = dana.post(path, BOUGHT | {"kind": "expense", "description": "Parking"})
    assert saved.status_code == 201, saved.json
    assert [saved.json[name] for name in ("unit_cost", "markup_percent", "unit_price", "amount")] == [None] * 4
    one = f"{path}/{saved.json['id']}"

    assert lee.patch(one, {"quantity": "3"}).status_code == 403
    assert lee.delete(one).status_code == 403
    assert dana.patch(one, {"quantity": "3"}).json["quantity"] == "3.00"
    assert desk.caller.get(one).json["amount"] == "240.00"


def test_clients_and_other_technicians_do_not_reach_them(callers, client_id, path, desk):
    desk.caller.post(path, BOUGHT)
    assert callers("client_user", client_id=client_id).get(path).status_code == 403
    assert callers("technician").get(path).status_code == 404


def test_what_is_invoiced_can_be_changed_only_after_the_invoice_is_void(desk, path, world):
    manager = desk.caller
    saved = manager.post(path, BOUGHT).json
    one = f"{path}/{saved['id']}"
    invoice = world.invoice([], expense_ids=[saved["id"]])

    assert manager.get(one).json["invoice_number"] == "INV-2025-001"
    for answer in (manager.patch(one, {"quantity": "1"}), manager.delete(one)):
        assert answer.status_code == 409
        assert "Void that invoice first" in answer.json["detail"]

    world.invoice([], id=invoice, kind="voided", expense_ids=[saved["id"]], version=3)
    assert manager.patch(one, {"quantity": "1"}).json["amount"] == "80.00"
    assert manager.delete(one).status_code == 204
    assert manager.get(one).status_code == 404


def test_a_closed_order_takes_none_and_one_with_expenses_is_kept(desk, path):
    order = path.removesuffix("/expenses")
    desk.caller.post(path, BOUGHT)
    assert "materials or expenses" in desk.caller.delete(order).json["detail"]
    desk.caller.post(f"{order}/transition", {"status": "closed"})
    assert desk.caller.post(path, BOUGHT).status_code == 409


def test_a_list_takes_the_same_statements_for_any_number(app, desk, path):
    desk.caller.post(path, BOUGHT)
    with statements(app.database.engine) as one:
        desk.caller.get(path)
    for _ in range(5):
        desk.caller.post(path, BOUGHT)
    with statements(app.database.engine) as six:
        assert len(desk.caller.get(path).json["items"]) == 6
    assert len(six) == len(one)
