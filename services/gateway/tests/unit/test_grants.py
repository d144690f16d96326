"""Permissions of the session say what the routes allow."""

import json
from pathlib import Path

import pytest

from gateway.user import grants

DOCUMENT = json.loads((Path(__file__).parents[2] / "openapi.json").read_text())
ROLES = {
    operation["operationId"]: set(operation["x-roles"])
    for item in DOCUMENT["paths"].values()
    for operation in item.values()
    if isinstance(operation, dict) and "operationId" in operation
}


@pytest.mark.parametrize(
    ("permission", "operation"),
    [
        ("activity.read", "listClientActivity"),
        ("agreements.write", "createAgreement"),
        ("assets.write", "createAsset"),
        ("catalog.write", "updateService"),
        ("clients.write", "updateClient"),
        ("costs.manage", "createLaborRate"),
        ("invoices.write", "issueInvoice"),
        ("mail.read", "listNotifications"),
        ("money.read", "listBillableItems"),
        ("notes.write", "createClientNote"),
        ("settings.read", "getSettings"),
        ("settings.write", "updateSettings"),
        ("time.write", "logTime"),
        ("users.manage", "createUser"),
        ("work.setup", "createWorkOrderTemplate"),
    ],
)
def test_a_permission_is_for_the_roles_of_its_operation(permission, operation):
    assert grants.ROLES[permission] == ROLES[operation]


def test_reading_invoices_is_also_for_clients_who_have_a_portal():
    assert grants.ROLES["invoices.read"] == ROLES["listInvoices"] - {"client_admin", "client_user"}
