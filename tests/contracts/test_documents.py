"""The committed documents match the code on every machine."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

METHODS = {"get", "put", "post", "patch", "delete"}


@pytest.fixture(scope="module")
def fresh(generator):
    return generator.documents()


@pytest.fixture(scope="module")
def public(generator, fresh) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(fresh[generator.ROOT / "services/gateway/openapi.json"])
    return document


def test_regenerating_changes_nothing(generator, fresh):
    stale = [str(path.relative_to(generator.ROOT)) for path in generator.stale(fresh)]

    assert stale == [], "run `make contracts` and commit what it writes"


def test_another_process_with_another_environment_writes_the_same(generator):
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "AMQP_EXCHANGE": "elsewhere"}
    script = generator.ROOT / "tests/contracts/generate.py"
    checked = subprocess.run(
        [sys.executable, str(script), "--check"], env=environment, capture_output=True, text=True, check=False
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_no_two_schemas_of_a_service_share_a_name(generator, fresh):
    """A second schema of that name would become `Name1`, depending on the order of routes."""
    renamed = {
        str(path.relative_to(generator.ROOT)): sorted(names)
        for path, text in fresh.items()
        if (schemas := json.loads(text)["components"]["schemas"])
        and (names := [name for name in schemas if name[-1].isdigit() and name.rstrip("0123456789") in schemas])
    }

    assert renamed == {}


def test_every_operation_has_a_name_of_its_own(public):
    names = Counter(operation.get("operationId") for _, _, operation in operations(public))

    assert None not in names
    assert [name for name, count in names.items() if count > 1] == []


def test_services_do_not_answer_each_others_paths(generator, fresh):
    answered = Counter(
        (method, path)
        for file, text in fresh.items()
        if file.name == "openapi.json" and file.parent.name != "gateway"
        for path, method, _ in operations(json.loads(text))
    )

    assert [key for key, count in answered.items() if count > 1] == []


def test_every_change_of_a_part_names_its_body(public):
    """A PATCH has its own schema; otherwise generated clients would require every field."""
    shared = Counter()
    for _, method, operation in operations(public):
        content = operation.get("requestBody", {}).get("content", {})
        if method in {"post", "patch"} and "application/json" in content:
            schema = content["application/json"]["schema"]
            assert "$ref" in schema, operation["operationId"]
            if method == "patch":
                required = public["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]].get("required", [])
                assert required == [], operation["operationId"]
            shared[schema["$ref"]] += 1

    assert shared


def test_every_reference_leads_somewhere(fresh):
    for path, text in fresh.items():
        document = json.loads(text)
        for reference in references(document):
            node: Any = document
            for step in reference.removeprefix("#/").split("/"):
                assert step in node, f"{path}: {reference}"
                node = node[step]


def test_every_path_value_is_described(public):
    for path, method, operation in operations(public):
        item = public["paths"][path]
        parameters = [*item.get("parameters", []), *operation.get("parameters", [])]
        described = {parameter["name"] for parameter in parameters if parameter.get("in") == "path"}
        wanted = {part.strip("{}") for part in path.split("/") if part.startswith("{")}
        assert described == wanted, f"{method} {path}"


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method in METHODS:
                yield path, method, operation


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)
