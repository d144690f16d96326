"""What a request carries and what a response has, in the OpenAPI document."""

import pytest

from common.http.shapes import separated

REF = {"$ref": "#/components/schemas/Tag"}


def _document(**schemas):
    tag = {
        "type": "object",
        "required": ["name"],
        "properties": {
            "id": {"type": "string", "readOnly": True},
            "name": {"type": "string"},
            "color": {"type": "string", "default": "gray"},
            "secret": {"type": "string", "writeOnly": True},
        },
    }
    operation = {
        "requestBody": {"content": {"application/json": {"schema": REF}}},
        "responses": {"200": {"content": {"application/json": {"schema": REF}}}},
    }
    return {"paths": {"/tags": {"post": operation}}, "components": {"schemas": {"Tag": tag, **schemas}}}


def test_a_class_used_for_both_becomes_two():
    schemas = separated(_document())["components"]["schemas"]

    assert schemas["Tag"]["required"] == ["color", "id", "name"]
    assert schemas["Tag"]["properties"]["color"] == {"type": "string"}
    assert sorted(schemas["TagInput"]["properties"]) == ["color", "name", "secret"]
    assert schemas["TagInput"]["required"] == ["name"]


def test_requests_refer_to_the_input():
    operation = separated(_document())["paths"]["/tags"]["post"]

    assert operation["requestBody"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/TagInput"
    }
    assert operation["responses"]["200"]["content"]["application/json"]["schema"] == REF


def test_the_name_of_an_input_is_not_taken_twice():
    with pytest.raises(ValueError, match="TagInput"):
        separated(_document(TagInput={"type": "object"}))
