"""The blueprint's table of events matches the published events."""

import re

import pytest

INNERMOST = re.compile(r"\[[^\[\]{}]*\]|\{[^\[\]{}]*\}")
ROW = re.compile(r"^\| `([a-z_.|\\]+)` \| (.+) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def table(generator):
    """Returns the names of the top-level data fields by event type (with `.v1`)."""
    text = (generator.ROOT / "docs/contributing/blueprint.md").read_text()
    section = text[text.index("## Events") : text.index("## Roles")]
    found = {}
    for names, content in ROW.findall(section):
        if names == "type":
            continue
        stem, _, last = names.replace("\\", "").rpartition(".")
        fields = _top_level(content.split("`")[1])
        for event in last.split("|"):
            found[f"{stem}.{event}.v1"] = fields
    return found


def _top_level(fields: str) -> set[str]:
    """Returns {id, name, services, cc, file} for "id name services[{id rate}] cc[] file{size}"."""
    while INNERMOST.search(fields):
        fields = INNERMOST.sub("", fields)
    return set(fields.split())


def test_the_table_is_not_empty(table):
    assert table["billing.payment.received.v1"] >= {"id", "client_id", "allocations"}
    assert len(table) >= 30


def test_every_type_of_the_table_is_published_and_no_other(table, produced):
    assert sorted(set(table) - set(produced)) == []
    assert sorted(set(produced) - set(table)) == []


def test_every_field_of_the_table_is_in_the_data(table, produced):
    missing = {
        name: sorted(fields - {field.data_key or key for key, field in produced[name].schema.fields.items()})
        for name, fields in table.items()
        if name in produced
    }

    assert {name: fields for name, fields in missing.items() if fields} == {}
