"""Plans and price models on services: what may be preset, and what is refused by name."""

from typing import Any

import pytest
from sqlalchemy import text

PLAN = {
    "name": "Business Email",
    "description": "Mailboxes",
    "kind": "recurring",
    "default_rate": "12.50",
    "default_unit": "Mailbox",
    "billing_cycle": "monthly",
    "setup_fee": "25.00",
    "cost": "8.00",
    "subscription_category": "email",
    "term_months": 12,
    "provisioning_checklist": [{"name": "Create tenant"}, {"name": "Move mail", "required": False}],
    "attribute_defaults": {"provider": "microsoft_365", "user_count": 5, "domain": "example.com"},
}
STORAGE = {
    "name": "Storage",
    "description": "By the gigabyte",
    "kind": "usage",
    "default_unit": "GB",
    "price_model": {
        "model": "graduated",
        "tiers": [
            {"up_to": "100", "unit_price": "0"},
            {"up_to": "1000", "unit_price": "0.055", "flat_fee": "1.00"},
            {"up_to": None, "unit_price": "0.04"},
        ],
        "minimum_charge": "5.00",
        "included_units": "10",
    },
}


def test_a_plan_keeps_all_it_presets(callers, emitted):
    made = callers("admin").post("/services", PLAN)

    assert made.status_code == 201
    seen = callers("admin").get(f"/services/{made.json['id']}").json
    steps = [
        {"name": "Create tenant", "description": "", "required": True},
        {"name": "Move mail", "description": "", "required": False},
    ]
    assert {name: seen[name] for name in PLAN} == {**PLAN, "provisioning_checklist": steps}
    assert (seen["margin"], seen["margin_percent"]) == ("4.50", "36.00")
    (event,) = emitted("catalog.service.created.v1")
    assert event.data["provisioning_checklist"] == steps
    assert event.data["attribute_defaults"] == PLAN["attribute_defaults"]
    assert (event.data["subscription_category"], event.data["term_months"], event.data["cost"]) == ("email", 12, "8.00")
    assert callers("admin").get("/services?subscription_category=email").json["total"] == 1
    assert callers("admin").get("/services?subscription_category=voice").json["total"] == 0


def test_every_category_has_typed_fields_for_forms(callers):
    items = callers("technician").get("/reference/subscription-categories").json["items"]

    assert [item["key"] for item in items] == ["domain", "web_hosting", "email", "security", "voice", "other"]
    email = {field["key"]: field for field in items[2]["attributes"]}
    assert email["provider"]["type"] == "select"
    assert "google_workspace" in email["provider"]["options"]


GOOD: dict[str, dict[str, Any]] = {
    "domain": {
        "tld": "ky",
        "nameservers": ["ns1.example.net", "ns2.example.net.", "ns.bücher.example"],
        "whois_privacy": True,
        "registrar_lock": False,
        "dns_records": [
            {"type": "A", "name": "@", "value": "192.0.2.1", "ttl": 3600},
            {"type": "AAAA", "name": "www", "value": "2001:db8::1"},
            {"type": "MX", "name": "@", "value": "mx.example.net", "priority": 10},
            {"type": "TXT", "name": "_dmarc", "value": "v=DMARC1; p=none"},
            {"type": "CNAME", "name": "*.app", "value": "www.example.com."},
            {"type": "NS", "name": "sub", "value": "ns1.example.net"},
            {"type": "SRV", "name": "_sip._tcp", "value": "5 5060 sip.example.com", "priority": 0},
            {"type": "CAA", "name": "@", "value": '0 issue "letsencrypt.org"'},
        ],
    },
    "web_hosting": {
        "storage_gb": "10.5",
        "ip_addresses": ["192.0.2.7", "2001:db8::7"],
        "linked_domain": "straße.example",
    },
    "security": {"security_type": "edr", "seats": 25, "devices": 30, "vendor": "Acme"},
    "voice": {"numbers": ["+1 345 949 1234"], "trunks": 2, "pbx": "Asterisk"},
    "other": {"anything": "Yes", "seats": 3, "on": True},
}
BAD: list[tuple[str | None, dict[str, Any], str]] = [
    (None, {"tld": "ky"}, "attribute_defaults"),
    ("domain", {"user_count": 5}, "attribute_defaults.user_count"),
    ("domain", {"whois_privacy": "yes"}, "attribute_defaults.whois_privacy"),
    ("domain", {"nameservers": "ns1.example.net"}, "attribute_defaults.nameservers"),
    ("domain", {"nameservers": ["bad_host.example.net"]}, "attribute_defaults.nameservers"),
    ("web_hosting", {"storage_gb": "-1"}, "attribute_defaults.storage_gb"),
    ("web_hosting", {"storage_gb": "NaN"}, "attribute_defaults.storage_gb"),
    ("web_hosting", {"ip_addresses": ["300.1.1.1"]}, "attribute_defaults.ip_addresses"),
    ("email", {"provider": "hotmail"}, "attribute_defaults.provider"),
    ("email", {"user_count": 2.5}, "attribute_defaults.user_count"),
    ("email", {"user_count": True}, "attribute_defaults.user_count"),
    ("email", {"plan": ""}, "attribute_defaults.plan"),
    ("voice", {"numbers": ["555"]}, "attribute_defaults.numbers"),
    ("security", {"licence_key": "secret"}, "attribute_defaults.licence_key"),
    ("other", {"Seat Type": "a"}, "attribute_defaults.Seat Type"),
    ("other", {"nested": {"a": 1}}, "attribute_defaults.nested"),
    *(
        ("domain", {"dns_records": [record]}, "attribute_defaults.dns_records")
        for record in (
            "A @ 192.0.2.1",
            {"type": "A", "name": "@", "value": "192.0.2.256"},
            {"type": "AAAA", "name": "@", "value": "192.0.2.1"},
            {"type": "PTR", "name": "@", "value": "example.com"},
            {"type": "MX", "name": "@", "value": "mx.example.com"},
            {"type": "A", "name": "@", "value": "192.0.2.1", "priority": 5},
            {"type": "A", "name": "@", "value": "192.0.2.1", "ttl": 1},
            {"type": "A", "name": "a..b", "value": "192.0.2.1"},
            {"type": "A", "name": "@", "value": "192.0.2.1", "weight": 5},
            {"type": "SRV", "name": "_sip", "value": "5060 sip.example.com", "priority": 1},
            {"type": "CAA", "name": "@", "value": "letsencrypt.org"},
            {"type": "CNAME", "name": "www", "value": "not a host"},
            {"type": "CNAME", "name": "www", "value": "☃.example"},
            {"type": "CNAME", "name": "xn--a", "value": "www.example.com"},
            {"type": "TXT", "name": "@", "value": ""},
        )
    ),
]


@pytest.mark.parametrize(("category", "attributes"), GOOD.items())
def test_attributes_of_each_category_are_taken(callers, category, attributes):
    made = callers("admin").post(
        "/services", {**PLAN, "subscription_category": category, "attribute_defaults": attributes}
    )
    assert (made.status_code, made.json.get("attribute_defaults")) == (201, attributes), made.json


@pytest.mark.parametrize(("category", "attributes", "field"), BAD)
def test_wrong_attributes_are_named(callers, category, attributes, field):
    made = callers("admin").post(
        "/services", {**PLAN, "subscription_category": category, "attribute_defaults": attributes}
    )
    assert (made.status_code, list(made.json["errors"])) == (422, [field])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "labor"}, "subscription_category"),
        ({"subscription_category": "voice"}, "attribute_defaults.provider"),
        ({"subscription_category": "carrier_pigeon"}, "subscription_category"),
        ({"term_months": 0}, "term_months"),
        ({"term_months": 1.5}, "term_months"),
        ({"provisioning_checklist": [{"description": "no name"}]}, "provisioning_checklist.0.name"),
        ({"provisioning_checklist": [{"name": "x"}] * 51}, "provisioning_checklist"),
        ({"billing_cycle": "fortnightly"}, "billing_cycle"),
        ({"price_model": {"model": "per_unit"}}, "price_model"),
    ],
)
def test_an_edit_that_does_not_fit_changes_nothing(callers, emitted, change, field):
    admin = callers("admin")
    made = admin.post("/services", PLAN).json

    answer = admin.patch(f"/services/{made['id']}", change)

    assert (answer.status_code, field in answer.json["errors"]) == (422, True), answer.json
    assert admin.get(f"/services/{made['id']}").json == made
    assert len(emitted()) == 1


def test_tiers_give_the_default_rate(callers):
    admin = callers("admin")

    made = admin.post("/services", STORAGE).json

    assert made["default_rate"] == "0.055"
    tiers = made["price_model"]["tiers"]
    assert [(tier["up_to"], tier["unit_price"], tier.get("flat_fee")) for tier in tiers] == [
        *(("100.00", "0.00", None), ("1000.00", "0.055", "1.00"), (None, "0.04", None)),
    ]
    one = f"/services/{made['id']}"
    assert list(admin.patch(one, {"default_rate": "1.00"}).json["errors"]) == ["default_rate"]
    model = {"model": "volume", "tiers": [{"up_to": None, "unit_price": "0.07"}]}
    assert admin.patch(one, {"price_model": model}).json["default_rate"] == "0.07"
    prices = admin.get(f"{one}/prices?sort=valid_from").json["items"]
    assert [(price["state"], price["default_rate"]) for price in prices] == [("past", "0.055"), ("current", "0.07")]
    assert admin.patch(one, {"price_model": None, "default_rate": "0.10"}).json["default_rate"] == "0.10"


@pytest.mark.parametrize(
    ("model", "field"),
    [
        ({"model": "graduated"}, "price_model.tiers"),
        ({"model": "graduated", "tiers": []}, "price_model.tiers"),
        ({"model": "volume", "tiers": [{"up_to": "5", "unit_price": "1"}]}, "price_model.tiers"),
        (
            {
                "model": "volume",
                "tiers": [
                    {"up_to": "5", "unit_price": "1"},
                    {"up_to": "5", "unit_price": "1"},
                    {"up_to": None, "unit_price": "1"},
                ],
            },
            "price_model.tiers",
        ),
        ({"model": "volume", "tiers": [{"up_to": None, "unit_price": "0"}]}, "price_model.tiers"),
        ({"model": "volume", "tiers": [{"up_to": None, "unit_price": "-1"}]}, "price_model.tiers.0.unit_price"),
        (
            {"model": "volume", "tiers": [{"up_to": None, "unit_price": "1", "flat_fee": "0.001"}]},
            "price_model.tiers.0.flat_fee",
        ),
        ({"model": "package"}, "price_model.package_size"),
        ({"model": "per_unit", "package_size": "10"}, "price_model.package_size"),
        ({"model": "per_unit", "tiers": [{"up_to": None, "unit_price": "1"}]}, "price_model.tiers"),
        ({"model": "per_unit", "minimum_charge": "1.001"}, "price_model.minimum_charge"),
        ({"model": "auction"}, "price_model.model"),
        ({}, "price_model.model"),
        ({"model": "per_unit", "colour": "green"}, "price_model.colour"),
    ],
)
def test_a_price_model_that_says_nothing_clear_is_refused(callers, model, field):
    answer = callers("admin").post("/services", {**STORAGE, "default_rate": "1.00", "price_model": model})

    assert (answer.status_code, field in answer.json.get("errors", {})) == (422, True), answer.json


def test_without_tiers_a_rate_is_needed(callers):
    package = {**STORAGE, "price_model": {"model": "package", "package_size": "100"}}

    assert list(callers("admin").post("/services", package).json["errors"]) == ["default_rate"]
    made = callers("admin").post("/services", {**package, "default_rate": "10.00"})
    assert (made.status_code, made.json["default_rate"]) == (201, "10.00")


def test_services_are_found_by_what_they_are(callers, deliver):
    admin = callers("admin")
    email = admin.post("/services", PLAN).json["id"]
    storage = admin.post("/services", STORAGE).json["id"]
    row = {"service_id": storage, "included": True, "version": 1}
    deliver("clients.client_service.changed.v1", {"client_id": email, "services": [row]})

    for query, found in (
        ("kind=usage", [storage]),
        ("in_use=true", [storage]),
        ("in_use=false", [email]),
        ("rate_gte=1", [email]),
        ("rate_lte=1", [storage]),
        ("rate_gte=0.055&rate_lte=12.50&sort=default_rate", [storage, email]),
        ("sort=-client_count", [storage, email]),
        ("sort=client_count", [email, storage]),
        ("sort=agreement_count,-kind", [storage, email]),
        ("currency=USD&sort=name", [email, storage]),
        ("tax_code_id=00000000-0000-7000-8000-000000000000", []),
    ):
        assert [item["id"] for item in admin.get(f"/services?{query}").json["items"]] == found, query
    for query in ("rate_gte=x", "in_use=perhaps", "subscription_category=x", "currency=DOL", "tax_code_id=1"):
        assert admin.get(f"/services?{query}").status_code == 422, query


def test_a_recurring_service_needs_a_billing_cycle(callers, app):
    admin = callers("admin")
    without = {**PLAN, "billing_cycle": None}

    assert list(admin.post("/services", without).json["errors"]) == ["billing_cycle"]
    plan = f"/services/{admin.post('/services', PLAN).json['id']}"
    assert list(admin.patch(plan, {"billing_cycle": None}).json["errors"]) == ["billing_cycle"]
    hours = admin.post("/services", {"name": "Support", "description": "By the hour", "default_rate": "90.00"})
    of_hours = f"/services/{hours.json['id']}"
    assert list(admin.patch(of_hours, {"kind": "recurring"}).json["errors"]) == ["billing_cycle"]
    assert admin.patch(of_hours, {"kind": "recurring", "billing_cycle": "annual"}).status_code == 200


def test_a_recurring_service_of_an_earlier_release_is_edited_without_a_cycle(callers, app):
    admin = callers("admin")
    plan = f"/services/{admin.post('/services', PLAN).json['id']}"
    with app.database.engine.begin() as connection:
        connection.execute(text("UPDATE service SET billing_cycle = NULL"))

    assert admin.patch(plan, {"cost": "9.00"}).status_code == 200
    assert admin.patch(plan, {"billing_cycle": "monthly"}).status_code == 200
