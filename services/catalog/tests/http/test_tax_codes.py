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


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "State  sales\u200b tax", "rate_percent": "5"}, "name"),
        ({"name": "Other", "code": "st  1", "rate_percent": "5"}, "code"),
    ],
)
def test_a_name_or_code_differing_in_spaces_is_taken(callers, body, field):
    admin = callers("admin")
    admin.post("/tax-codes", {"name": "State sales tax", "code": "ST 1", "rate_percent": "5"})

    answer = admin.post("/tax-codes", body)

    assert (answer.status_code, list(answer.json["errors"])) == (409, [field])


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
    admin, one = callers("admin"), f"/tax-codes/{gst['id']}"
    service = f"/services/{admin.post('/services', {**SERVICE, 'tax_code_id': gst['id']}).json['id']}"
    refused = admin.patch(one, {"status": "archived"})
    assert refused.status_code == 409
    assert "in use by 1 services" in refused.json["detail"]
    admin.post(f"{service}/archive")
    assert admin.patch(one, {"status": "archived"}).json["status"] == "archived"

    assert admin.patch(service, {"category": "Help"}).status_code == 200
    refused = admin.post("/services", {**SERVICE, "name": "Other", "tax_code_id": gst["id"]})
    assert refused.status_code == 422
    assert "archived" in refused.json["errors"]["tax_code_id"][0]


QUEBEC = [{"name": "GST", "rate_percent": "5"}, {"name": "QST", "rate_percent": "10", "compound": True}]


def test_several_taxes_in_one_code(callers, emitted):
    admin = callers("admin")

    made = admin.post("/tax-codes", {"name": "Québec", "code": "QC", "components": QUEBEC})

    assert made.status_code == 201
    assert made.json["rate_percent"] == "15.50"
    assert [part["compound"] for part in made.json["components"]] == [False, True]
    (event,) = emitted("catalog.tax_code.created.v1")
    assert event.data["components"][1] == {"name": "QST", "rate_percent": "10.00", "compound": True}
    assert (event.data["rate_percent"], event.data["exempt"], event.data["code"]) == ("15.50", False, "QC")


def test_components_come_and_go(callers, gst):
    admin, one = callers("admin"), f"/tax-codes/{gst['id']}"

    assert admin.patch(one, {"components": QUEBEC}).json["rate_percent"] == "15.50"
    assert admin.patch(one, {"description": "Two taxes"}).json["rate_percent"] == "15.50"
    refused = admin.patch(one, {"rate_percent": "5"})
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["rate_percent"])
    assert list(admin.patch(one, {"components": []}).json["errors"]) == ["rate_percent"]
    assert admin.get(one).json["components"] == admin.patch(one, {"name": "GST"}).json["components"] != []
    plain = admin.patch(one, {"components": [], "rate_percent": "7"}).json
    assert (plain["components"], plain["rate_percent"]) == ([], "7.00")


def test_an_exempt_code_has_a_reason_and_no_rate(callers, gst, emitted):
    admin, one = callers("admin"), f"/tax-codes/{gst['id']}"

    charity = admin.post("/tax-codes", {"name": "Charity", "exempt": True, "exempt_reason": "Registered charity"})

    assert (charity.status_code, charity.json["rate_percent"]) == (201, "0.00")
    assert emitted("catalog.tax_code.created.v1")[-1].data["exempt_reason"] == "Registered charity"
    exempt = admin.patch(one, {"exempt": True, "exempt_reason": "Resale"}).json
    assert (exempt["rate_percent"], exempt["exempt_reason"]) == ("0.00", "Resale")
    assert list(admin.patch(one, {"exempt": False}).json["errors"]) == ["rate_percent"]
    taxed = admin.patch(one, {"exempt": False, "rate_percent": "5"}).json
    assert (taxed["rate_percent"], taxed["exempt_reason"]) == ("5.00", None)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "rate_percent"),
        ({"rate_percent": "101"}, "rate_percent"),
        ({"rate_percent": "-1"}, "rate_percent"),
        ({"rate_percent": "5", "exempt_reason": "Charity"}, "exempt_reason"),
        ({"exempt": True}, "exempt_reason"),
        ({"exempt": True, "exempt_reason": "Charity", "rate_percent": "5"}, "rate_percent"),
        ({"exempt": True, "exempt_reason": "Charity", "components": QUEBEC}, "components"),
        ({"components": QUEBEC, "rate_percent": "5"}, "rate_percent"),
        ({"components": [QUEBEC[0], QUEBEC[0]]}, "components"),
        ({"components": [{"name": "A", "rate_percent": "60"}, {"name": "B", "rate_percent": "60"}]}, "components"),
        ({"components": [{"name": "A"}]}, "components"),
        ({"components": [{"name": " ", "rate_percent": "5"}]}, "components"),
    ],
)
def test_bad_tax_codes_are_refused(callers, body, field):
    answer = callers("admin").post("/tax-codes", {"name": "Tax", **body})

    assert answer.status_code == 422
    assert [name.split(".")[0] for name in answer.json["errors"]] == [field]
    assert callers("admin").get("/tax-codes").json["total"] == 0


def test_names_and_codes_are_taken_once(callers, gst):
    admin = callers("admin")
    admin.patch(f"/tax-codes/{gst['id']}", {"code": "G5"})

    for body in ({"name": " gst "}, {"name": "Other", "code": "g5"}):
        refused = admin.post("/tax-codes", {"rate_percent": "5", **body})
        assert refused.status_code == 409
        assert list(refused.json["errors"]) == [list(body)[-1]]


def test_nothing_changed_is_no_news(callers, gst, emitted):
    answer = callers("admin").patch(f"/tax-codes/{gst['id']}", {"name": "GST", "rate_percent": "5"})

    assert (answer.status_code, answer.json["version"]) == (200, 1)
    assert emitted("catalog.tax_code.changed.v1") == []


def test_lists_filter_and_search(callers, gst):
    admin = callers("admin")
    admin.post("/tax-codes", {"name": "Charity", "exempt": True, "exempt_reason": "Registered charity", "code": "EX"})
    admin.post("/tax-codes", {"name": "VAT", "rate_percent": "20", "inclusive": True})

    def names(query):
        return [one["name"] for one in admin.get(f"/tax-codes?{query}").json["items"]]

    assert names("exempt=true") == ["Charity"]
    assert names("inclusive=true") == ["VAT"]
    assert names("q=ex") == ["Charity"]
    assert names("sort=-rate_percent") == ["VAT", "GST", "Charity"]
