"""The catalog as a CSV file: what an import refuses, and that it then changes nothing."""

from typing import Any

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app
from werkzeug.wrappers import Response

from common import outbox
from common.testing.tables import as_csv

HEADER = "Name,Description,Default Rate,Category\n"
BASIC = HEADER + "Remote Support,Help over the wire,125.00,Support\nOnsite Support,Help at your desk,175,Support\n"


def row(**cells: str) -> dict[str, str]:
    return {"name": "Remote Support", "description": "Help", "default_rate": "125.00"} | cells


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        ({"default_rate": "0"}, "default_rate", "greater than 0"),
        ({"default_rate": "-1.00"}, "default_rate", "greater than 0"),
        ({"default_rate": "12.345"}, "default_rate", "finer than 0.01"),
        ({"default_rate": "a lot"}, "default_rate", "is not a number"),
        ({"default_rate": "12,5"}, "default_rate", "has a comma"),
        ({"setup_fee": "1.250,00"}, "setup_fee", "has a comma"),
        ({"minimum_hours": "0,5"}, "minimum_hours", "has a comma"),
        ({"default_rate": "1e3"}, "default_rate", "is not a number"),
        ({"default_rate": ""}, "default_rate", "required"),
        ({"default_rate": "1.5", "currency": "JPY"}, "default_rate", "finer than 1."),
        ({"name": ""}, "name", "between 1 and"),
        ({"name": "x" * 201}, "name", "200"),
        ({"description": ""}, "description", "between 1 and"),
        ({"kind": "sorcery"}, "kind", "Must be one of"),
        ({"status": "asleep"}, "status", "Must be one of"),
        ({"currency": "DOL"}, "currency", "ISO 4217"),
        ({"tax_code": "Nowhere tax"}, "tax_code", "No tax code is named"),
        ({"sort_order": "first"}, "sort_order", "whole number"),
        ({"sort_order": "1.5"}, "sort_order", "whole number"),
        ({"id": "7"}, "id", "Service not found"),
        ({"id": "00000000-0000-7000-8000-000000000000"}, "id", "Service not found"),
        ({"price_model": "{broken"}, "price_model", "Not valid JSON"),
        ({"price_model": '{"model": "package", "package_size": "10"}'}, "price_model", "Only usage services"),
        ({"provisioning_checklist": '[{"description": "nameless"}]'}, "provisioning_checklist", "required"),
        ({"attribute_defaults": '{"tld": "com"}'}, "attribute_defaults", "Only recurring services"),
        ({"rate_KYD": "0"}, "rate_KYD", "greater than 0"),
        ({"rate_KYD": "1.234"}, "rate_KYD", "finer than 0.01"),
        ({"rate_KYD": "12,5"}, "rate_KYD", "has a comma"),
        ({"rate_KYD": "", "cost_KYD": "4.00"}, "rate_KYD", "required"),
        ({"rate_USD": "7.00"}, "rate_USD", "own currency"),
    ],
)
def test_a_bad_cell_is_named_and_changes_nothing(load, services, emitted, cells, column, says):
    answer = load(as_csv(row(name="Good one"), row(**cells)))

    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    report = answer.json["report"]
    assert (report["failed"], report["created"]) == (1, 1)
    assert report["results"][0]["action"] == "create"
    bad = report["results"][1]
    assert (bad["row"], bad["action"], list(bad["errors"])) == (3, "error", [column])
    assert says in bad["errors"][column][0]
    assert services() == {}
    assert emitted() == []
    assert load(as_csv(row(name="Good one"), row(**cells)), dry_run=True).json["results"][1]["errors"] == bad["errors"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (BASIC.encode().replace(b"wire", b"w\xefre"), "UTF-8"),
        (b"PK\x03\x04rest of a spreadsheet", "spreadsheet"),
        (b"Name,Descr\x00iption\nA,B\n", "NUL"),
        (b"Nome,Description,Default Rate\nA,b,1\n", "Nome"),
        (b"Description,Default Rate\nb,1\n", 'Missing column "name"'),
        (b"Name,Description,name,Default Rate\nA,b,C,1\n", "Duplicate column"),
        (b"Name,Description,Default Rate,rate_XXX\nA,b,1,2\n", "rate_XXX"),
        (b'Name,Description,Default Rate\n"A,b,1\n', "not valid CSV"),
    ],
)
def test_what_is_no_such_table_is_refused_whole(load, services, data, says):
    answer = load(data)

    assert answer.status_code == 422
    assert says in " ".join(answer.json["errors"]["file"])
    assert services() == {}


def test_a_row_with_a_cell_too_many_is_that_rows_mistake(load, services):
    answer = load(HEADER + "A,b,1,Support\nC,d,2,Support,what is this\n")

    assert [list(result["errors"]) for result in answer.json["report"]["results"]] == [[], ["_row"]]
    assert services() == {}


@pytest.mark.parametrize("twin", ["Remote Support", "REMOTE support", " Remote   Support "])
def test_the_same_name_twice_in_one_file(load, services, twin):
    answer = load(as_csv(row(), row(name=twin)))

    assert answer.json["report"]["results"][1]["errors"] == {"name": ["Same name as line 2. Names must be unique."]}
    assert services() == {}


def test_the_same_service_twice_by_id_and_by_name(load, services):
    load(BASIC)
    known = services()["Remote Support"]

    answer = load(as_csv({"id": known["id"], "name": "New name"}, {"id": "", "name": "remote support"}))

    assert "id" in answer.json["report"]["results"][1]["errors"]
    assert services()["Remote Support"]["version"] == 1


def test_a_name_that_another_service_has(load, services):
    load(BASIC)

    answer = load(as_csv({"id": services()["Remote Support"]["id"], "name": "ONSITE support"}))

    assert answer.json["report"]["results"][0]["errors"] == {
        "name": ['Another service is already named "Onsite Support". Choose another name.']
    }


def test_the_currency_of_a_service_stays(load, services):
    load(BASIC)

    answer = load(as_csv({"name": "Remote Support", "currency": "KYD"}))

    assert "can't be changed" in answer.json["report"]["results"][0]["errors"]["currency"][0]


def test_archived_tax_codes_and_categories_are_kept_but_not_chosen_anew(callers, load, services):
    admin = callers("admin")
    code = admin.post("/tax-codes", {"name": "GST", "rate_percent": "5"}).json
    load(as_csv(row(tax_code="gst", category="Support", status="archived")))
    category = services()["Remote Support"]["category_id"]
    assert services()["Remote Support"]["tax_code_id"] == code["id"]
    assert admin.delete(f"/tax-codes/{code['id']}").status_code == 204
    assert admin.post(f"/service-categories/{category}/archive").status_code == 200

    assert load(as_csv({"name": "Remote Support", "tax_code": "GST", "category": "Support"})).json["unchanged"] == 1
    answer = load(as_csv(row(name="Another", tax_code="GST", category="support")))
    assert set(answer.json["report"]["results"][0]["errors"]) == {"tax_code", "category"}


def test_who_may_not_write_the_catalog_may_not_import_it(load):
    for role in ("manager", "billing", "technician", "client_admin"):
        assert load(BASIC, role=role).status_code == 403


def test_two_hundred_megabytes_are_refused_unread(callers):
    taken = 0

    class Endless:
        def read(self, size: int = 65536) -> bytes:
            nonlocal taken
            taken += size
            return b"x" * size

    admin = callers("admin")
    environ = EnvironBuilder("/api/v1/services/import", method="POST", content_type="text/csv").get_environ()
    environ |= {
        "wsgi.input": Endless(),
        "CONTENT_LENGTH": str(200 * 1024 * 1024),
        "HTTP_AUTHORIZATION": f"Bearer {admin.token}",
    }
    answer = Response(*run_wsgi_app(admin.app, environ))

    assert answer.status_code == 413
    assert answer.mimetype == "application/problem+json"
    assert "10 MiB" in answer.get_json()["detail"]
    assert taken < 1024 * 1024


def test_an_import_that_fails_in_the_middle_changes_nothing(callers, load, services, app, emitted, monkeypatch):
    """The rows are written; then the database refuses one of the last statements."""
    load(BASIC)
    before, said = services(), len(emitted())

    def broken(*_: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(outbox, "add", broken)
    app = callers.app
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = load(as_csv(row(default_rate="999.00"), row(name="New")))
    monkeypatch.undo()

    assert answer.status_code == 500
    assert services() == before
    assert len(emitted()) == said
