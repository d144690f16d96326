"""Merging the services' OpenAPI documents."""

import itertools
from copy import deepcopy

import pytest

from gateway.contract import merge


def document(tag: str, path: str, operation: str, **schemas: object) -> dict[str, object]:
    """One GET that answers the first of the schemas."""
    first = next(iter(schemas))
    answer = {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{first}"}}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": tag, "version": "v1"},
        "tags": [{"name": tag}],
        "paths": {
            path: {"get": {"operationId": operation, "tags": [tag], "responses": {"200": answer}, "x-roles": ["admin"]}}
        },
        "components": {"schemas": schemas},
    }


THING = {"type": "object", "properties": {"id": {"type": "string"}}}
OTHER = {"type": "object", "properties": {"name": {"type": "string"}}}


def page(of: str) -> dict[str, object]:
    return {"type": "object", "properties": {"items": {"$ref": f"#/components/schemas/{of}"}}}


OWN = document("auth", "/api/v1/auth/me", "getMe", Me=THING)


def answer(merged, path):
    content = merged["paths"][path]["get"]["responses"]["200"]["content"]
    return content["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]


def test_one_meaning_is_shared():
    merged = merge(
        {"a": document("a", "/api/v1/a", "getA", Thing=THING), "b": document("b", "/api/v1/b", "getB", Thing=THING)},
        OWN,
    )

    assert sorted(merged["components"]["schemas"]) == ["Me", "Thing"]


def test_two_meanings_take_their_services_names():
    merged = merge(
        {"a": document("a", "/api/v1/a", "getA", Thing=THING), "b": document("b", "/api/v1/b", "getB", Thing=OTHER)},
        OWN,
    )

    assert merged["components"]["schemas"]["AThing"] == THING
    assert merged["components"]["schemas"]["BThing"] == OTHER
    assert (answer(merged, "/api/v1/a"), answer(merged, "/api/v1/b")) == ("AThing", "BThing")


def test_what_refers_to_two_meanings_has_two_itself():
    merged = merge(
        {
            "a": document("a", "/api/v1/a", "getA", Page=page("Thing"), Thing=THING),
            "b": document("b", "/api/v1/b", "getB", Page=page("Thing"), Thing=OTHER),
        },
        OWN,
    )

    schemas = merged["components"]["schemas"]
    assert schemas["APage"] == page("AThing")
    assert schemas["BPage"] == page("BThing")
    assert "Page" not in schemas


def test_operations_of_one_name_take_their_services_names():
    merged = merge(
        {"a": document("a", "/api/v1/a", "list", Thing=THING), "b": document("b", "/api/v1/b", "list", Thing=THING)},
        OWN,
    )

    assert merged["paths"]["/api/v1/a"]["get"]["operationId"] == "aList"
    assert merged["paths"]["/api/v1/b"]["get"]["operationId"] == "bList"


def test_parts_of_the_dashboard_are_not_public_nor_is_what_only_they_use():
    part = document("dashboard", "/api/v1/a/dashboard", "getADashboard", Part=THING)
    whole = document("dashboard", "/api/v1/dashboard", "getDashboard", Whole=OTHER)

    merged = merge({"a": part}, whole)

    assert list(merged["paths"]) == ["/api/v1/dashboard"]
    assert list(merged["components"]["schemas"]) == ["Whole"]


def test_two_services_cannot_answer_one_path():
    with pytest.raises(ValueError, match="/api/v1/a"):
        merge(
            {
                "a": document("a", "/api/v1/a", "getA", Thing=THING),
                "b": document("b", "/api/v1/a", "getB", Thing=THING),
            },
            OWN,
        )


def test_the_order_of_services_does_not_matter_and_nothing_given_is_changed():
    given = {
        "a": document("a", "/api/v1/a", "list", Thing=THING),
        "b": document("b", "/api/v1/b", "list", Thing=OTHER),
        "c": document("c", "/api/v1/c", "list", Thing=THING),
    }
    untouched = deepcopy(given)
    results = [merge(dict(order), OWN) for order in itertools.permutations(given.items())]

    assert all(result == results[0] for result in results)
    assert given == untouched


def test_everybody_is_told_how_to_sign_in_and_which_problems_to_expect():
    login = document("auth", "/api/v1/auth/login", "login", Session=THING)
    login["paths"]["/api/v1/auth/login"]["get"]["x-roles"] = ["anonymous"]
    merged = merge({"a": document("a", "/api/v1/a", "getA", Thing=THING)}, login)

    assert merged["security"] == [{"bearer": []}, {"cookie": [], "csrf": []}]
    assert merged["paths"]["/api/v1/auth/login"]["get"]["security"] == []
    assert {"401", "429", "503"} <= set(merged["paths"]["/api/v1/a"]["get"]["responses"])
    assert merged["components"]["responses"]["Problem"]
