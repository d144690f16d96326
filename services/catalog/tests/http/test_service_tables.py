"""The catalog as a CSV file: what an import does, what it refuses, and that an export is an import without effect."""

import csv
import io
import threading
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from werkzeug.test import EnvironBuilder, run_wsgi_app
from werkzeug.wrappers import Response

from common.service import Service
from common.testing.database import statements
from common.testing.http import Callers

HEADER = "Name,Description,Default Rate,Category\n"
BASIC = HEADER + "Remote Support,Help over the wire,125.00,Support\nOnsite Support,Help at your desk,175,Support\n"


@pytest.fixture
def load(callers: Callers) -> Any:
    """`load(table)` imports it; `load(table, dry_run=True)` only asks. Text, or bytes as they are."""

    def send(table: str | bytes, *, dry_run: bool = False, role: str = "admin", **options: Any) -> Any:
        data = table.encode() if isinstance(table, str) else table
        path = f"/services/import?dry_run={str(dry_run).lower()}"
        return callers(role).post(path, data=data, content_type="text/csv", **options)

    return send


@pytest.fixture
def services(callers: Callers) -> Any:
    """The catalog by name."""
    return lambda: {
        service["name"]: service for service in callers("admin").get("/services?page_size=100").json["items"]
    }


def table(*rows: dict[str, str]) -> str:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def row(**cells: str) -> dict[str, str]:
    return {"name": "Remote Support", "description": "Help", "default_rate": "125.00"} | cells


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_four_columns_of_a_first_import(load, services, emitted):
    answer = load(BASIC)

    assert answer.status_code == 200, answer.json
    assert {key: answer.json[key] for key in ("rows", "created", "updated", "unchanged", "failed")} == {
        "rows": 2,
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "failed": 0,
    }
    found = services()
    assert found["Onsite Support"]["default_rate"] == "175.00"
    assert found["Onsite Support"]["category"] == "Support"
    assert found["Onsite Support"]["status"] == "active"
    events = emitted("catalog.service.created.v1")
    assert [event.data["name"] for event in events] == ["Remote Support", "Onsite Support"]
    assert {event.data["category_id"] for event in events} == {found["Remote Support"]["category_id"]}
    assert len(emitted("catalog.category.created.v1")) == 1


def test_nothing_is_written_unless_told_so(callers, load, services, emitted):
    answer = callers("admin").post("/services/import", data=BASIC.encode(), content_type="text/csv")

    assert answer.json["dry_run"] is True
    assert answer.json["created"] == 2
    assert answer.json["results"][0]["id"] is None
    assert services() == {}
    assert emitted() == []


def test_an_imported_service_is_as_one_made_by_hand(callers, load, emitted):
    """Same fields, same history, same price list, same event."""
    values = {
        "name": "By hand",
        "description": "d",
        "kind": "recurring",
        "category": "Hosting",
        "default_rate": "30.00",
        "default_unit": "Seat",
        "sort_order": 4,
        "billing_cycle": "monthly",
        "setup_fee": "10.00",
        "cost": "12.50",
        "subscription_category": "email",
        "term_months": 12,
        "internal_notes": "n",
    }
    admin = callers("admin")
    by_hand = admin.post("/services", values).json
    answer = load(table({name: str(value) for name, value in values.items()} | {"name": "By table"}))

    by_table = admin.get(f"/services/{answer.json['results'][0]['id']}").json
    own = ("id", "name", "created_at", "updated_at")
    assert {k: v for k, v in by_table.items() if k not in own} == {k: v for k, v in by_hand.items() if k not in own}
    one, other = (event.data for event in emitted("catalog.service.created.v1"))
    own = ("id", "name", "created_at")
    assert {k: v for k, v in one.items() if k not in own} == {k: v for k, v in other.items() if k not in own}
    histories = [admin.get(f"/services/{each['id']}/rate-history").json["items"] for each in (by_hand, by_table)]
    assert [[(c["old_rate"], c["new_rate"], c["currency"]) for c in history] for history in histories] == [
        [(None, "30.00", "USD")]
    ] * 2
    prices = [admin.get(f"/services/{each['id']}/prices").json["items"] for each in (by_hand, by_table)]
    assert [[(p["currency"], p["default_rate"], p["state"]) for p in listed] for listed in prices] == [
        [("USD", "30.00", "current")]
    ] * 2


def test_a_row_changes_the_service_of_its_name_however_written(load, services, emitted):
    load(BASIC)

    answer = load(HEADER + "remote  SUPPORT,Help over the wire,135.00,support\n")

    (result,) = answer.json["results"]
    assert result["action"] == "update"
    assert result["changes"] == {
        "default_rate": {"before": "125.00", "after": "135.00"},
        "name": {"before": "Remote Support", "after": "remote SUPPORT"},
    }
    assert services()["remote SUPPORT"]["category"] == "Support"
    (event,) = emitted("catalog.service.rate_changed.v1")
    assert event.data["old_rate"] == "125.00"
    assert event.data["default_rate"] == "135.00"
    assert event.sequence == 2


def test_the_id_finds_a_service_whose_name_changes(load, services):
    load(BASIC)
    known = services()["Remote Support"]

    answer = load(table({"id": known["id"], "name": "Remote Help"}))

    assert answer.json["updated"] == 1
    renamed = services()["Remote Help"]
    assert renamed["id"] == known["id"]
    assert renamed["description"] == known["description"]
    assert renamed["version"] == 2


def test_a_column_left_out_changes_nothing_and_an_empty_cell_empties(load, services):
    load(table(row(category="Support", setup_fee="5.00", sort_order="9")))

    load(table({"name": "Remote Support", "setup_fee": "", "sort_order": ""}))

    found = services()["Remote Support"]
    assert (found["setup_fee"], found["sort_order"]) == (None, 0)
    assert (found["category"], found["default_rate"]) == ("Support", "125.00")


def test_archiving_and_restoring_by_table(load, services, emitted):
    load(table(row(status="archived"), row(name="Other", status="")))
    assert [services()[name]["status"] for name in ("Remote Support", "Other")] == ["archived", "active"]

    answer = load(table({"name": "Remote Support", "status": "active"}, {"name": "Other", "status": "archived"}))

    assert answer.json["updated"] == 2
    assert [services()[name]["status"] for name in ("Remote Support", "Other")] == ["active", "archived"]
    assert services()["Other"]["archived_at"] is not None
    assert len(emitted("catalog.service.restored.v1")) == len(emitted("catalog.service.archived.v1")) == 1
    assert emitted("catalog.service.changed.v1") == []


def test_prices_in_further_currencies(callers, load, services):
    load(table(row(rate_KYD="100.00", cost_KYD="40.00"), row(name="Other", rate_KYD="")))
    (price,) = services()["Remote Support"]["prices"]
    assert (price["currency"], price["default_rate"], price["cost"]) == ("KYD", "100.00", "40.00")

    changed = load(table({"name": "Remote Support", "rate_KYD": "110.00"}))
    assert changed.json["results"][0]["changes"] == {"rate_KYD": {"before": "100.00", "after": "110.00"}}
    (price,) = services()["Remote Support"]["prices"]
    assert (price["default_rate"], price["cost"]) == ("110.00", "40.00")

    load(table({"name": "Remote Support", "rate_KYD": ""}))
    found = services()["Remote Support"]
    assert found["prices"] == []
    history = callers("admin").get(f"/services/{found['id']}/prices?currency=KYD").json["items"]
    assert [price["state"] for price in history] == ["past", "past"]


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        ({"default_rate": "0"}, "default_rate", "greater than 0"),
        ({"default_rate": "-1.00"}, "default_rate", "greater than 0"),
        ({"default_rate": "12.345"}, "default_rate", "steps of 0.01"),
        ({"default_rate": "a lot"}, "default_rate", "decimal string"),
        ({"default_rate": "1e3"}, "default_rate", "decimal string"),
        ({"default_rate": ""}, "default_rate", "required"),
        ({"default_rate": "1.5", "currency": "JPY"}, "default_rate", "steps of 1"),
        ({"name": ""}, "name", "between 1 and"),
        ({"name": "x" * 201}, "name", "200"),
        ({"description": ""}, "description", "between 1 and"),
        ({"kind": "sorcery"}, "kind", "Must be one of"),
        ({"status": "asleep"}, "status", "Must be one of"),
        ({"currency": "DOL"}, "currency", "ISO 4217"),
        ({"tax_code": "Nowhere tax"}, "tax_code", "no tax code named"),
        ({"sort_order": "first"}, "sort_order", "integer"),
        ({"sort_order": "1.5"}, "sort_order", "integer"),
        ({"id": "7"}, "id", "no such service"),
        ({"id": "00000000-0000-7000-8000-000000000000"}, "id", "no such service"),
        ({"price_model": "{broken"}, "price_model", "Invalid"),
        ({"price_model": '{"model": "package", "package_size": "10"}'}, "price_model", "kind usage"),
        ({"provisioning_checklist": '[{"description": "nameless"}]'}, "provisioning_checklist", "required"),
        ({"attribute_defaults": '{"tld": "com"}'}, "attribute_defaults", "kind recurring"),
        ({"rate_KYD": "0"}, "rate_KYD", "greater than 0"),
        ({"rate_KYD": "1.234"}, "rate_KYD", "steps of 0.01"),
        ({"rate_KYD": "x"}, "rate_KYD", "decimal string"),
        ({"rate_KYD": "", "cost_KYD": "4.00"}, "rate_KYD", "required"),
        ({"rate_USD": "7.00"}, "rate_USD", "own currency"),
    ],
)
def test_a_bad_cell_is_named_and_changes_nothing(load, services, emitted, cells, column, says):
    answer = load(table(row(name="Good one"), row(**cells)))

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
    assert load(table(row(name="Good one"), row(**cells)), dry_run=True).json["results"][1]["errors"] == bad["errors"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (BASIC.encode().replace(b"wire", b"w\xefre"), "UTF-8"),
        (b"PK\x03\x04rest of a spreadsheet", "spreadsheet"),
        (b"Name,Descr\x00iption\nA,B\n", "NUL"),
        (b"Nome,Description,Default Rate\nA,b,1\n", "Nome"),
        (b"Description,Default Rate\nb,1\n", 'Missing column "name"'),
        (b"Name,Description,name,Default Rate\nA,b,C,1\n", "twice"),
        (b"Name,Description,Default Rate,rate_XXX\nA,b,1,2\n", "rate_XXX"),
        (b'Name,Description,Default Rate\n"A,b,1\n', "no CSV"),
    ],
)
def test_what_is_no_such_table_is_refused_whole(load, services, data, says):
    answer = load(data)

    assert answer.status_code == 422
    assert says in " ".join(answer.json["errors"]["file"])
    assert services() == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_spreadsheets_write_is_read(load, services, encoding, delimiter):
    lines = (("Name", "Description", "Default Rate"), ("Café", "naïve", "5"))

    answer = load("".join(f"{delimiter.join(cells)}\n" for cells in lines).encode(encoding))

    assert answer.status_code == 200, answer.json
    assert services()["Café"]["description"] == "naïve"


def test_a_row_with_a_cell_too_many_is_that_rows_mistake(load, services):
    answer = load(HEADER + "A,b,1,Support\nC,d,2,Support,what is this\n")

    assert [list(result["errors"]) for result in answer.json["report"]["results"]] == [[], ["_row"]]
    assert services() == {}


def test_a_formula_is_taken_as_the_text_it_is_and_given_back_harmless(callers, load, services):
    formula = "=cmd|' /C calc'!A0"
    load(table(row(description=formula)))

    assert services()["Remote Support"]["description"] == formula
    exported = callers("admin").get("/services/export").data
    assert rows(exported)[0]["description"] == "'" + formula


@pytest.mark.parametrize("twin", ["Remote Support", "REMOTE support", " Remote   Support "])
def test_the_same_name_twice_in_one_file(load, services, twin):
    answer = load(table(row(), row(name=twin)))

    assert answer.json["report"]["results"][1]["errors"] == {"name": ["The same name as in line 2."]}
    assert services() == {}


def test_the_same_service_twice_by_id_and_by_name(load, services):
    load(BASIC)
    known = services()["Remote Support"]

    answer = load(table({"id": known["id"], "name": "New name"}, {"id": "", "name": "remote support"}))

    assert "id" in answer.json["report"]["results"][1]["errors"]
    assert services()["Remote Support"]["version"] == 1


def test_a_name_that_another_service_has(load, services):
    load(BASIC)

    answer = load(table({"id": services()["Remote Support"]["id"], "name": "ONSITE support"}))

    assert answer.json["report"]["results"][0]["errors"] == {"name": ['Another service is named "Onsite Support".']}


def test_the_currency_of_a_service_stays(load, services):
    load(BASIC)

    answer = load(table({"name": "Remote Support", "currency": "KYD"}))

    assert "cannot change" in answer.json["report"]["results"][0]["errors"]["currency"][0]


def test_archived_tax_codes_and_categories_are_kept_but_not_chosen_anew(callers, load, services):
    admin = callers("admin")
    code = admin.post("/tax-codes", {"name": "GST", "rate_percent": "5"}).json
    load(table(row(tax_code="gst", category="Support", status="archived")))
    category = services()["Remote Support"]["category_id"]
    assert services()["Remote Support"]["tax_code_id"] == code["id"]
    assert admin.delete(f"/tax-codes/{code['id']}").status_code == 204
    assert admin.post(f"/service-categories/{category}/archive").status_code == 200

    assert load(table({"name": "Remote Support", "tax_code": "GST", "category": "Support"})).json["unchanged"] == 1
    answer = load(table(row(name="Another", tax_code="GST", category="support")))
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


def test_an_import_that_fails_in_the_middle_changes_nothing(callers, load, services, service, emitted, monkeypatch):
    """The rows are written; then the database refuses one of the last statements."""
    load(BASIC)
    before, said = services(), len(emitted())
    from common import outbox

    def broken(*_: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(outbox, "add", broken)
    app = callers.app
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = load(table(row(default_rate="999.00"), row(name="New")))
    monkeypatch.undo()

    assert answer.status_code == 500
    assert services() == before
    assert len(emitted()) == said


def test_the_same_table_again_changes_nothing(load, services, emitted):
    data = table(row(category="Support", rate_KYD="99.00"), row(name="Other", kind="recurring", billing_cycle="annual"))
    load(data)
    before, said = services(), len(emitted())

    answer = load(data)

    assert [result["action"] for result in answer.json["results"]] == ["unchanged", "unchanged"]
    assert services() == before
    assert len(emitted()) == said


def test_the_same_request_twice_is_done_once(callers):
    send = lambda: callers("admin", user_id="00000000-0000-7000-8000-000000000001").post(  # noqa: E731
        "/services/import?dry_run=false", data=BASIC, content_type="text/csv", headers={"Idempotency-Key": "k1"}
    )

    first, second = send(), send()

    assert second.headers["Idempotency-Replayed"] == "true"
    assert first.json == second.json
    assert second.json["created"] == 2


def test_two_imports_at_once_take_turns(callers, services, load):
    data = table(*(row(name=f"Service {number}", category=f"C {number % 3}") for number in range(200)))
    answers: list[Any] = []
    barrier = threading.Barrier(4)

    def send() -> None:
        barrier.wait()
        answers.append(load(data))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer.status_code for answer in answers] == [200] * 4
    assert sorted((answer.json["created"], answer.json["unchanged"]) for answer in answers) == [(0, 200)] * 3 + [
        (200, 0)
    ]


def test_an_import_beside_single_changes_loses_none(callers, load, services):
    """Whoever comes second changes what the first one left, or is told to try again."""
    data = table(*(row(name=f"Service {number}") for number in range(60)))
    load(data)
    ids = [service["id"] for service in services().values()]
    answers: list[int] = []
    barrier = threading.Barrier(2)

    def edit() -> None:
        barrier.wait()
        for identifier in ids:
            answers.append(callers("admin").patch(f"/services/{identifier}", {"internal_notes": "edited"}).status_code)

    def load_again() -> None:
        barrier.wait()
        for rate in ("1.00", "2.00", "3.00"):
            answers.append(load(data.replace("125.00", rate)).status_code)

    threads = [threading.Thread(target=edit), threading.Thread(target=load_again)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(answers) == {200}
    assert {(s["internal_notes"], s["default_rate"], s["version"]) for s in services().values()} == {
        ("edited", "3.00", 5)
    }


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)
SUSPICIOUS = (
    "=1+1",
    "'=1+1",
    "''",
    "-",
    "+",
    "@SUM(A1)",
    "-5",
    "+1.5",
    "a,b;c\td",
    'say "hi"',
    "two\nlines",
    "\r\n",
    "%0A",
    "\uff1dx",
    "|x",
    "1e5",
    "007",
)
NASTY = TEXT | st.sampled_from(SUSPICIOUS)
LINE = st.fixed_dictionaries(
    {
        "description": NASTY.filter(lambda text: text.strip() != ""),
        "internal_notes": NASTY,
        "category": TEXT,
        "default_unit": st.text("abc=-+'\" ", max_size=10),
        "default_rate": st.decimals("0.01", "99999", places=2).map(str),
        "setup_fee": st.decimals("0", "99999", places=2).map(str) | st.none(),
        "sort_order": st.integers(-10_000, 10_000),
    }
)


@settings(max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NASTY.filter(lambda text: text.strip() != ""), LINE), min_size=1, max_size=6))
def test_an_export_imported_again_changes_nothing(callers, load, service, drawn):
    admin = callers("admin")
    _forget(service)
    for name, values in drawn:
        admin.post("/services", {"name": name, **values})
    count = admin.get("/services").json["total"]
    exported = admin.get("/services/export")

    again = load(exported.data)

    assert exported.headers["Content-Disposition"].startswith('attachment; filename="services-')
    assert again.status_code == 200, again.json
    assert (again.json["rows"], again.json["unchanged"]) == (count, count), again.json
    assert admin.get("/services/export").data == exported.data


def test_an_export_has_every_field_and_makes_the_same_catalog_elsewhere(callers, load, service):
    admin = callers("admin")
    admin.post("/tax-codes", {"name": "GST", "rate_percent": "5"})
    load(
        table(
            row(tax_code="GST", rate_KYD="100.00", rate_JPY="15000", minimum_hours="0.5", cost="60.00"),
            row(
                name="Mail",
                kind="recurring",
                billing_cycle="monthly",
                subscription_category="email",
                term_months="12",
                provisioning_checklist='[{"name":"Create mailboxes","description":"all","required":true}]',
                attribute_defaults='{"provider":"zoho"}',
            ),
            row(
                name="Metered",
                kind="usage",
                default_rate="",
                price_model='{"model":"graduated","tiers":[{"up_to":"100.00","unit_price":"0.50"},{"up_to":null,"unit_price":"0.25"}]}',
                status="archived",
            ),
        )
    )
    exported = admin.get("/services/export").data
    own = ("id", "created_at", "updated_at", "archived_at")
    before = {s["name"]: {k: v for k, v in s.items() if k not in own} for s in admin.get("/services").json["items"]}
    _forget(service)

    answer = load(_without_ids(exported))

    assert answer.json["created"] == 3, answer.json
    after = {s["name"]: {k: v for k, v in s.items() if k not in own} for s in admin.get("/services").json["items"]}
    for found in (before, after):
        for each in found.values():
            each["prices"] = [{k: v for k, v in price.items() if k != "id"} for price in each["prices"]]
    assert after == before


def _forget(service: Service) -> None:
    with service.database.engine.begin() as connection:
        connection.execute(text("TRUNCATE service CASCADE"))


def _without_ids(data: bytes) -> str:
    return table(*({**each, "id": ""} for each in rows(data)))


def test_only_what_the_filters_find_and_only_for_those_who_see_money(callers, load):
    load(BASIC + "Hosting,Web,30,Web\n")

    found = rows(callers("billing").get("/services/export?category=Support&q=desk").data)

    assert [each["name"] for each in found] == ["Onsite Support"]
    for role in ("technician", "client_admin"):
        assert callers(role).get("/services/export").status_code == 403


def test_thousands_of_rows_take_few_statements(load, service):
    data = table(*(row(name=f"Service {number}", rate_KYD="9.00") for number in range(2000)))
    with statements(service.database.engine) as sent:
        answer = load(data)
    created = len(sent)
    with statements(service.database.engine) as sent:
        changed = load(data.replace("125.00", "126.00"))

    assert answer.json["created"] == changed.json["updated"] == 2000
    assert created < 60
    assert len(sent) < 60
