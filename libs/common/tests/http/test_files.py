"""Files in and out, and many at once: a service made of one feature, on a real database."""

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from marshmallow import Schema, fields
from sqlalchemy import select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from common import bulk, csvfiles, imports
from common.app import App
from common.config import Settings
from common.db import TYPES, metadata
from common.http.app import create_app
from common.http.routes import Answer, Routes
from common.ids import new_id
from common.planning import Line
from common.republish import keyset
from common.roles import ADMINS
from common.streaming import portions
from common.tables import COMMON
from common.testing.http import Callers
from common.testing.infra import Infra
from common.uow import UnitOfWork

LIMIT = 1024 * 1024


class Base(DeclarativeBase):
    metadata = metadata()
    type_annotation_map = TYPES


class Thing(Base):
    __tablename__ = "thing"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class ThingSchema(Schema):
    id = fields.Integer()
    name = fields.String(required=True)


class NameFilter(Schema):
    name = fields.String()


THING, FILTER = ThingSchema(), NameFilter()
CHOSEN = bulk.chosen(FILTER, "ThingsChosen")
routes = Routes("things", "Things")


@routes.upload(
    "/things/import",
    "importThings",
    roles=ADMINS,
    returns=imports.IMPORT_REPORT,
    query=imports.IMPORT_QUERY,
    most_bytes=LIMIT,
)
def import_things(work: UnitOfWork, data: bytes, query: dict[str, Any]) -> dict[str, Any]:
    lines = []
    for row in csvfiles.read(data, ["name"], required=["name"]):
        line = Line(row.number, dict(row.values), row.values["name"])
        if line.name == "bad":
            line.fail("name", "Not this one.")
        lines.append(line)
        work.session.add(Thing(name=line.name))
    work.session.flush()
    if query["dry_run"]:
        work.session.rollback()
    return imports.report(lines, dry_run=query["dry_run"])


@routes.export("/things/export", "exportThings", shows=THING, roles=ADMINS, filters=FILTER, filename="things.csv")
def export_things(work: UnitOfWork, page: Any) -> Iterator[bytes]:
    statement = select(Thing).order_by(Thing.id)
    rows = ({"name": _told(thing.name)} for portion in portions(work.session, statement, 100) for thing in portion)
    return csvfiles.write(["name"], rows)


def _told(name: str) -> str:
    if name == "breaks":
        raise RuntimeError("broke off")
    return name


@routes.post("/things", "createThing", body=THING, returns=THING, roles=ADMINS, also=(200,))
def create_thing(work: UnitOfWork, body: dict[str, Any]) -> Any:
    found = work.session.scalar(select(Thing).where(Thing.name == body["name"]))
    if found is not None:
        return Answer(found, 200)
    made = Thing(name=body["name"])
    work.session.add(made)
    return made


@routes.post("/things/bulk", "bulkThings", body=CHOSEN, returns=bulk.RESULTS, roles=ADMINS, status=200)
def bulk_things(work: UnitOfWork, body: dict[str, Any]) -> dict[str, Any]:
    if "filter" in body:
        found = work.session.query(Thing).filter_by(**body["filter"]).count()
        bulk.check_count(found, body["expected_count"])
    results = [bulk.result(one, bulk.SUCCEEDED) for one in body.get("ids", [])]
    return bulk.tally([*results, bulk.result(new_id(), bulk.FAILED, "why")])


@pytest.fixture(scope="module")
def made(infra: Infra, worker_name: str) -> Iterator[App]:
    url = infra.create_database(f"files_{worker_name}")
    settings = Settings(
        service="files",
        environment="test",
        api_port=1,
        worker_port=1,
        database_url=url,
        amqp_url=infra.amqp_url,
        identity_public_key_file=str(infra.public_key),
        log_level="CRITICAL",
        pool_size=3,
        prefetch=1,
        exchange="files",
        max_message_bytes=1024,
        unready_exit_after=1,
        bind_host="127.0.0.1",
        retry_delays=(timedelta(seconds=1),),
    )
    app = App(name="files", settings=settings, base=Base, routes=[routes])
    Base.metadata.create_all(app.database.engine)
    COMMON.create_all(app.database.engine)
    yield app
    app.dispose()


@pytest.fixture
def caller(made: App, infra: Infra) -> Any:
    with made.database.engine.begin() as connection:
        connection.execute(text("TRUNCATE thing, idempotency_key"))
    return Callers(create_app(made), "files", infra.private_key)("admin", user_id="u")


def names(app: App) -> list[str]:
    with app.database.sessions() as session:
        return list(session.scalars(select(Thing.name).order_by(Thing.id)))


def send(caller: Any, data: bytes, query: str = "", content_type: str = "text/csv", **headers: str) -> Any:
    return caller.post(f"/things/import{query}", data=data, content_type=content_type, headers=headers)


def form(data: bytes, boundary: str = "xx") -> dict[str, Any]:
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="t.csv"\r\n\r\n'.encode()
    body = head + data + f"\r\n--{boundary}--\r\n".encode()
    return {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}


def test_a_dry_run_writes_nothing_and_a_real_run_does(made, caller):
    dry = send(caller, b"name\na\nb\n")
    assert dry.status_code == 200
    assert names(made) == []
    assert (dry.json["dry_run"], dry.json["rows"], dry.json["created"]) == (True, 2, 2)
    real = send(caller, b"name\na\nb\n", "?dry_run=false")
    assert real.json["dry_run"] is False
    assert names(made) == ["a", "b"]
    assert real.json["results"][0] == {
        "row": 2,
        "action": "create",
        "id": None,
        "name": "a",
        "changes": {},
        "errors": {},
        "warnings": {},
    }


def test_one_bad_row_and_nothing_is_written(made, caller):
    dry = send(caller, b"name\na\nbad\n")
    assert dry.status_code == 200
    assert dry.json["failed"] == 1
    real = send(caller, b"name\na\nbad\n", "?dry_run=false")
    assert real.status_code == 422
    assert real.mimetype == "application/problem+json"
    assert real.json["report"]["results"][1]["errors"] == {"name": ["Not this one."]}
    assert names(made) == []


def test_a_form_is_taken_as_well_and_a_key_means_the_file_not_the_form(made, caller):
    url, key = "/things/import?dry_run=false", {"Idempotency-Key": "k"}
    first = caller.post(url, headers=key, **form(b"name\na\n", "one"))
    again = caller.post(url, headers=key, **form(b"name\na\n", "two"))
    assert first.status_code == again.status_code == 200
    assert first.json == again.json
    assert again.headers["Idempotency-Replayed"] == "true"
    assert names(made) == ["a"]
    other = caller.post(url, headers=key, **form(b"name\nb\n"))
    assert other.status_code == 422
    assert "Idempotency-Key" in other.json["errors"]
    dry = caller.post("/things/import", headers=key, **form(b"name\na\n"))
    assert dry.status_code == 422
    assert names(made) == ["a"]


@pytest.mark.parametrize("kind", ["raw", "form", "field"])
def test_a_file_above_the_limit_is_refused_saying_the_limit(made, caller, kind):
    data = b"name\n" + b"x" * LIMIT
    if kind == "raw":
        answer = send(caller, data)
    elif kind == "form":
        answer = caller.post("/things/import", **form(data))
    else:
        answer = caller.post("/things/import", data={"file": data.decode()}, content_type="multipart/form-data")
    assert answer.status_code == 413
    assert answer.mimetype == "application/problem+json"
    assert "The limit is 1 MiB" in answer.json["detail"]
    assert names(made) == []


def test_a_file_above_the_limit_is_not_read(caller):
    body = io.BytesIO(b"name\n")
    announced = {"CONTENT_LENGTH": str(200 * LIMIT)}
    answer = caller.post("/things/import", input_stream=body, content_type="text/csv", environ_overrides=announced)
    assert answer.status_code == 413
    assert body.tell() == 0


def test_a_file_of_unknown_length_is_read_up_to_the_limit(caller):
    body = io.BytesIO(b"name\n" + b"x" * 4 * LIMIT)
    answer = caller.post(
        "/things/import", input_stream=body, content_type="text/csv", environ_overrides={"wsgi.input_terminated": True}
    )
    assert answer.status_code == 413
    assert body.tell() < 2 * LIMIT


def test_other_media_types_and_empty_forms_are_refused(caller):
    assert send(caller, b"{}", content_type="application/json").status_code == 415
    answer = caller.post("/things/import", data={"other": "x"}, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert answer.json["errors"] == {"file": ["The form has no file field."]}
    assert send(caller, b"").json["errors"] == {"file": ["The file is empty."]}


def test_an_export_is_one_view_of_the_data_and_leaves_no_connection_behind(made, caller):
    send(caller, b"name\n" + b"".join(b"n%d\n" % i for i in range(3000)), "?dry_run=false")
    answer = caller.get("/things/export", buffered=False)
    pieces = iter(answer.response)
    head = next(pieces)
    send(caller, b"name\nlate\n", "?dry_run=false")
    rows = csvfiles.read(head + b"".join(pieces), ["name"])
    answer.close()
    assert [row.values["name"] for row in rows] == [f"n{i}" for i in range(3000)]
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="things-2')
    assert answer.mimetype == "text/csv"
    assert made.database.engine.pool.checkedout() == 0


def test_an_export_left_in_the_middle_gives_its_connection_back(made, caller):
    send(caller, b"name\n" + b"long name\n" * 20_000, "?dry_run=false")
    for _ in range(5):  # more often than there are connections
        answer = caller.get("/things/export", buffered=False)
        next(iter(answer.response))
        answer.close()
        assert made.database.engine.pool.checkedout() == 0


def test_an_export_refuses_before_it_begins_and_breaks_off_later(made, caller):
    assert caller.get("/things/export?colour=red").status_code == 422
    send(caller, b"name\nbreaks\n", "?dry_run=false")
    assert caller.get("/things/export").status_code == 500
    send(caller, b"name\n" + b"some name\n" * 20_000 + b"breaks\n", "?dry_run=false")
    with made.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM thing WHERE id = (SELECT min(id) FROM thing)"))
    with pytest.raises(RuntimeError):
        _ = caller.get("/things/export").data
    assert made.database.engine.pool.checkedout() == 0


def test_an_answer_may_have_its_own_status_and_a_repeat_has_it_too(caller):
    assert caller.post("/things", {"name": "a"}).status_code == 201
    for _ in range(2):
        assert caller.post("/things", {"name": "a"}, headers={"Idempotency-Key": "k"}).status_code == 200


def test_bulk_takes_ids_or_a_filter_with_its_count(caller):
    caller.post("/things", {"name": "a"})
    identifier = str(new_id())
    answer = caller.post("/things/bulk", {"ids": [identifier]})
    assert answer.json["results"][0] == {"id": identifier, "status": "succeeded", "error": None}
    assert (answer.json["succeeded"], answer.json["failed"], answer.json["skipped"]) == (1, 1, 0)
    assert caller.post("/things/bulk", {"filter": {"name": "a"}, "expected_count": 1}).status_code == 200
    differs = caller.post("/things/bulk", {"filter": {"name": "a"}, "expected_count": 2})
    assert differs.status_code == 409
    assert (differs.json["found"], differs.json["expected_count"]) == (1, 2)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "ids"),
        ({"ids": []}, "ids"),
        ({"ids": [str(new_id())], "filter": {}, "expected_count": 1}, "ids"),
        ({"filter": {}}, "expected_count"),
        ({"ids": [str(new_id())], "expected_count": 1}, "expected_count"),
        ({"filter": {"colour": "red"}, "expected_count": 1}, "filter.colour"),
    ],
)
def test_bulk_refuses_what_is_neither(caller, body, field):
    answer = caller.post("/things/bulk", body)
    assert answer.status_code == 422
    assert field in answer.json["errors"]


def test_a_walk_sees_every_row_once_also_when_there_is_no_other_after_a_full_portion(made, caller):
    send(caller, b"name\n" + b"x\n" * 40, "?dry_run=false")
    with made.database.sessions() as session:
        for size in (7, 10, 40, 41):
            walked = [thing.id for part in keyset(session, select(Thing), Thing.id, size=size) for thing in part]
            assert len(walked) == 40
            assert walked == sorted(set(walked))
        assert list(keyset(session, select(Thing).where(Thing.name == "none"), Thing.name, Thing.id)) == []
        both = [thing.id for part in keyset(session, select(Thing), Thing.name, Thing.id, size=9) for thing in part]
        assert both == walked


def test_the_contract_shows_files(made):
    from common.http.openapi import document

    paths = document(made)["paths"]
    upload = paths["/api/v1/things/import"]["post"]
    assert set(upload["requestBody"]["content"]) == {"text/csv", "multipart/form-data"}
    assert {"413", "415", "422"} <= upload["responses"].keys()
    assert "text/csv" in paths["/api/v1/things/export"]["get"]["responses"]["200"]["content"]
    assert {"200", "201"} <= paths["/api/v1/things"]["post"]["responses"].keys()
