"""Files travel as claims and lie in the file store: no bytes in events, none in the database."""

import base64
import binascii
import hashlib
import importlib
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from alembic import command
from marshmallow import Schema, fields
from sqlalchemy import LargeBinary, create_engine, text
from sqlalchemy.types import BINARY, VARBINARY

from common import migrations
from common.app import App
from common.blobs import files
from common.context import Context
from common.tables import COMMON
from common.testing import infra as infrastructure

SERVICES = ("agreements", "billing", "catalog", "clients", "gateway", "notifications")
BYTES_BY_NAME = re.compile(r"base64|b64|binary|blob|bytes|^(content|data|payload|attachment|pdf|image)$")
LONGEST_TEXT_OF_AN_EXAMPLE = 1000
BYTES_IN_THE_DATABASE = {
    ("gateway", "api_key.hash"),
    ("gateway", "session_token.hash"),
    ("common", "idempotency_key.body"),
}
"""Digests, and answers kept for a month to be repeated."""


@pytest.fixture(scope="module")
def apps(infra) -> dict[str, App]:
    with pytest.MonkeyPatch.context() as patch:
        made = {}
        for name in SERVICES:
            for key, value in infrastructure.environment(infra, name, "postgresql+psycopg://localhost/unused").items():
                patch.setenv(key, value)
            made[name] = importlib.import_module(f"{name}.wiring").app()
        return made


def test_no_event_carries_bytes(apps):
    schemas = [
        *((event.name, event.schema) for app in apps.values() for event in app.events),
        *((handler.types[0], handler.reader) for app in apps.values() for handler in app.handlers if handler.reader),
    ]
    guilty = {f"{name}: {path}" for name, schema in schemas for path, field in _walk(schema) if _carries(path, field)}

    assert sorted(guilty) == []


def test_no_example_of_an_event_contains_encoded_bytes(root):
    guilty = [
        f"{path.name}: {where}"
        for path in sorted(root.glob("services/*/contracts/*.json"))
        for where, value in _texts(json.loads(path.read_text())["data"])
        if _encoded(value)
    ]

    assert guilty == []


def test_no_table_holds_the_bytes_of_files(apps):
    tables = [("common", table) for table in COMMON.sorted_tables]
    tables += [(name, table) for name, app in apps.items() for table in app.base.metadata.sorted_tables]
    found = {
        (name, f"{table.name}.{column.name}")
        for name, table in tables
        for column in table.columns
        if isinstance(column.type, LargeBinary | BINARY | VARBINARY)
    }

    assert found == BYTES_IN_THE_DATABASE


def test_the_search_finds_what_it_looks_for():
    class Inner(Schema):
        pdf = fields.String()

    class Outer(Schema):
        documents = fields.List(fields.Nested(Inner()))
        by_name = fields.Dict(values=fields.Raw())
        note = fields.String()

    assert [path for path, field in _walk(Outer()) if _carries(path, field)] == ["documents.pdf"]
    assert _encoded(base64.b64encode(bytes(range(256)) * 4).decode())
    assert not _encoded("An ordinary note about an invoice.")


def _walk(schema: Schema, prefix: str = "") -> Iterator[tuple[str, fields.Field[Any]]]:
    for name, field in schema.fields.items():
        inner = field
        while isinstance(inner, fields.List):
            inner = inner.inner
        path = f"{prefix}{field.data_key or name}"
        yield path, inner
        if isinstance(inner, fields.Nested):
            yield from _walk(inner.schema, f"{path}.")


def _carries(path: str, field: fields.Field[Any]) -> bool:
    textual = isinstance(field, fields.String) or type(field) is fields.Raw
    return textual and bool(BYTES_BY_NAME.search(path.rpartition(".")[2]))


def _texts(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, where)


def _encoded(value: str) -> bool:
    if len(value) > LONGEST_TEXT_OF_AN_EXAMPLE:
        return True
    try:
        decoded = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return False
    return decoded.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8", b"PK\x03\x04", b"GIF8"))


MOVED = {
    "billing": (
        "0011",
        "INSERT INTO invoice_document (invoice_id, kind, filename, media_type, sha256, size, content, created_at)"
        " VALUES (gen_random_uuid(), 'issued', 'INV-1.pdf', 'application/pdf', :sha256, :size, :content, now())",
        "SELECT file_id FROM invoice_document",
        "SELECT content, sha256, size, filename FROM invoice_document",
    ),
    "notifications": (
        "0005",
        "INSERT INTO attachment (id, delivery_id, filename, media_type, size, content)"
        " VALUES (gen_random_uuid(), gen_random_uuid(), 'INV-1.pdf', 'application/pdf', :size, :content)",
        "SELECT file_id FROM attachment WHERE owner = 'notifications'",
        "SELECT content, encode(sha256(content), 'hex'), size, filename FROM attachment",
    ),
}


@pytest.mark.parametrize("name", MOVED)
def test_bytes_of_an_older_release_move_to_the_store_and_back(name, infra, worker_name, monkeypatch):
    before, insert, moved, back = MOVED[name]
    content = b"%PDF-1.7 " + name.encode() * 100_000
    url = infra.create_database(f"moved_{name}_{worker_name}")
    for key, value in infrastructure.environment(infra, name, url).items():
        monkeypatch.setenv(key, value)
    app = importlib.import_module(f"{name}.wiring").app()
    engine = create_engine(url)
    migrations.migrate(app)
    _downgrade(app, engine, before)
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # without an invoice
        values = {"content": content, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        connection.execute(text(insert), values)

    migrations.migrate(app)
    with app.work(Context()) as work:
        file = files.find(work, work.session.scalars(text(moved)).one())
    assert (file.name, file.media_type, file.size) == ("INV-1.pdf", "application/pdf", len(content))
    assert b"".join(files.read(app.settings, file)) == content

    _downgrade(app, engine, before)
    with engine.connect() as connection:
        row = connection.execute(text(back)).one()
    assert tuple(row) == (content, values["sha256"], len(content), "INV-1.pdf")
    engine.dispose()
    app.dispose()


def _downgrade(app, engine, revision):
    with engine.connect() as connection:
        command.downgrade(migrations._config(app, connection), revision)
