"""Tax codes over HTTP."""

from typing import Any

import pytest

SERVICE = {"name": "Remote Support", "description": "Help over the wire", "default_rate": "125.00"}


@pytest.fixture
def gst(callers) -> dict[str, Any]:
    return callers("admin").post("/tax-codes", {"name": "GST", "rate_percent": "5"}).json


def test_a_deleted_tax_code_is_archived_and_announced(callers, gst, emitted):
    admin, one = callers("admin"), f"/tax-codes/{gst['id']}"

    assert callers("manager").delete(one).status_code == 403
    assert admin.delete(one, headers={"If-Match": '"7"'}).status_code == 412
    assert admin.delete(one).status_code == 204

    assert admin.get(one).json["status"] == "archived"
    assert admin.get("/tax-codes?status=active").json["total"] == 0
    (event,) = emitted("catalog.tax_code.changed.v1")
    assert (event.data["status"], event.sequence) == ("archived", 2)
    assert admin.delete(one).status_code == 409
    assert admin.patch(one, {"status": "active"}).json["status"] == "active"


def test_a_tax_code_in_use_is_not_deleted(callers, gst, emitted):
    admin, one = callers("admin"), f"/tax-codes/{gst['id']}"
    service = f"/services/{admin.post('/services', {**SERVICE, 'tax_code_id': gst['id']}).json['id']}"

    refused = admin.delete(one)

    assert refused.status_code == 409
    assert "in use by 1 services" in refused.json["detail"]
    assert emitted("catalog.tax_code.changed.v1") == []
    admin.patch(service, {"tax_code_id": None})
    assert admin.delete(one).status_code == 204


def test_an_archived_tax_code_is_not_chosen_anew(callers, gst):
    admin = callers("admin")
    service = f"/services/{admin.post('/services', {**SERVICE, 'tax_code_id': gst['id']}).json['id']}"
    admin.patch(f"/tax-codes/{gst['id']}", {"status": "archived"})

    assert admin.patch(service, {"category": "Help"}).status_code == 200
    refused = admin.post("/services", {**SERVICE, "name": "Other", "tax_code_id": gst["id"]})
    assert refused.status_code == 422
    assert "archived" in refused.json["errors"]["tax_code_id"][0]
