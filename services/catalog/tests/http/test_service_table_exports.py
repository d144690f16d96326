"""The catalog as a CSV file: an export is an import without effect."""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from common.app import App
from common.testing.tables import as_csv, from_csv

HEADER = "Name,Description,Default Rate,Category\n"
BASIC = HEADER + "Remote Support,Help over the wire,125.00,Support\nOnsite Support,Help at your desk,175,Support\n"


def row(**cells: str) -> dict[str, str]:
    return {"name": "Remote Support", "description": "Help", "default_rate": "125.00"} | cells


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


@settings(
    max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(NASTY.filter(lambda text: text.strip() != ""), LINE), min_size=1, max_size=6))
def test_an_export_imported_again_changes_nothing(callers, load, app, drawn):
    admin = callers("admin")
    _forget(app)
    for name, values in drawn:
        admin.post("/services", {"name": name, **values})
    count = admin.get("/services").json["total"]
    exported = admin.get("/services/export")

    again = load(exported.data)

    assert exported.headers["Content-Disposition"].startswith('attachment; filename="services-')
    assert again.status_code == 200, again.json
    assert (again.json["rows"], again.json["unchanged"]) == (count, count), again.json
    assert admin.get("/services/export").data == exported.data


def test_an_export_has_every_field_and_makes_the_same_catalog_elsewhere(callers, load, app):
    admin = callers("admin")
    admin.post("/tax-codes", {"name": "GST", "rate_percent": "5"})
    load(
        as_csv(
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
    _forget(app)

    answer = load(_without_ids(exported))

    assert answer.json["created"] == 3, answer.json
    after = {s["name"]: {k: v for k, v in s.items() if k not in own} for s in admin.get("/services").json["items"]}
    for found in (before, after):
        for each in found.values():
            each["prices"] = [{k: v for k, v in price.items() if k != "id"} for price in each["prices"]]
    assert after == before


def _forget(app: App) -> None:
    with app.database.engine.begin() as connection:
        connection.execute(text("TRUNCATE service CASCADE"))


def _without_ids(data: bytes) -> str:
    return as_csv(*({**each, "id": ""} for each in from_csv(data)))


def test_only_what_the_filters_find_and_only_for_those_who_see_money(callers, load):
    load(BASIC + "Hosting,Web,30,Web\n")

    found = from_csv(callers("billing").get("/services/export?category=Support&q=desk").data)

    assert [each["name"] for each in found] == ["Onsite Support"]
    for role in ("technician", "client_admin"):
        assert callers(role).get("/services/export").status_code == 403


def test_a_formula_is_taken_as_the_text_it_is_and_given_back_harmless(callers, load, services):
    formula = "=cmd|' /C calc'!A0"
    load(as_csv(row(description=formula)))

    assert services()["Remote Support"]["description"] == formula
    exported = callers("admin").get("/services/export").data
    assert from_csv(exported)[0]["description"] == "'" + formula
