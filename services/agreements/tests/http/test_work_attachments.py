"""Files on work orders: their content must fit their name, and clients see visible ones only."""

import zipfile
from io import BytesIO

import pytest

PNG = b"\x89PNG\r\n\x1a\n" + bytes(50)
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def client_id(world):
    return world.client()


@pytest.fixture
def portal(callers, client_id):
    return callers("client_user", client_id=client_id)


@pytest.fixture
def path(desk, client_id):
    return f"/work-orders/{desk.order(client_id)}"


def upload(caller, path, data, name, **query):
    options = "".join(f"&{key}={value}" for key, value in query.items())
    headers = {"Content-Type": "application/octet-stream"}
    return caller.post(f"{path}/attachments?name={name}{options}", data=data, headers=headers)


def timeline(caller, path):
    return caller.get(f"{path}/timeline").json["items"]


def zipped(*names):
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("A.PNG", PNG, "image/png"),
        ("mail.eml", b"From: a@b.example\r\n\r\nHi", "message/rfc822"),
        ("list.csv", "a;b\n1;\u00fc".encode(), "text/csv"),
        ("all.zip", zipped("a"), "application/zip"),
        ("a.docx", zipped("[Content_Types].xml", "word/document.xml"), None),
    ],
)
def test_a_file_is_kept_as_it_was_sent(desk, path, name, data, media_type):
    sent = upload(desk.caller, path, data, name)
    assert sent.status_code == 201, sent.json

    (entry,) = timeline(desk.caller, path)
    assert (entry["kind"], entry["attachment"]["name"], entry["attachment"]["size"]) == ("attachment", name, len(data))
    served = desk.caller.get(f"{path}/attachments/{entry['id']}")
    assert served.data == data
    assert media_type is None or served.mimetype == media_type
    assert served.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "data", "field", "said"),
    [
        ("invoice.pdf", b"MZ\x90\x00 a program", "file", '"invoice.pdf" is not a PDF file, although its name says so.'),
        ("a.png", PDF, "file", '"a.png" is not a PNG image file, although its name says so.'),
        ("a.docx", zipped("xl/workbook.xml"), "file", "not a Word document file"),
        ("a.zip", b"PK\x03\x04 torn", "file", "not a ZIP archive file"),
        ("a.txt", b"\x00\x01\x02", "file", "not a text file"),
        ("setup.exe", b"MZ", "file", '"setup.exe" is not of an accepted type. Accepted: csv, doc'),
        ("page.html", b"<script>", "file", "not of an accepted type"),
        ("pdf", PDF, "file", "not of an accepted type"),
        ("a.pdf", b"", "file", '"a.pdf" is empty.'),
        ("..%2Fa.pdf", PDF, "name", "must not contain /"),
    ],
)
def test_another_file_is_refused_and_nothing_kept(desk, path, name, data, field, said):
    refused = upload(desk.caller, path, data, name)

    assert refused.status_code == 422, refused.json
    assert said in refused.json["errors"][field][0]
    assert timeline(desk.caller, path) == []


def test_a_file_of_eleven_mebibytes_is_too_large(desk, path):
    refused = upload(desk.caller, path, PDF + bytes(11 * 1024 * 1024), "a.pdf")

    assert (refused.status_code, refused.json["detail"]) == (413, "The file is too large. The limit is 10 MiB.")


def test_a_client_sees_visible_files_only(desk, portal, path):
    internal = upload(desk.caller, path, PDF, "internal.pdf").json["id"]
    shown = upload(desk.caller, path, PNG, "shown.png", visible="true").json["id"]
    own = upload(portal, path, PNG, "own.png").json

    assert [entry["attachment"]["name"] for entry in timeline(portal, path)] == ["own.png", "shown.png"]
    assert portal.get(f"{path}/attachments/{shown}").data == PNG
    assert portal.get(f"{path}/attachments/{internal}").status_code == 404
    assert (own["visible"], own["by_client"]) == (True, True)
    assert upload(portal, path, PNG, "hidden.png", visible="false").status_code == 422


def test_files_belong_to_their_note_and_have_its_audience(desk, portal, path, emitted):
    first = upload(desk.caller, path, PDF, "first.pdf").json["id"]
    second = upload(desk.caller, path, PNG, "second.png").json["id"]
    body = {"text": "See both.", "visible": True, "attachment_ids": [first, second]}
    note = desk.caller.post(f"{path}/notes", body)

    assert [one["name"] for one in note.json["attachments"]] == ["first.pdf", "second.png"]
    (entry,) = timeline(portal, path)
    assert [one["name"] for one in entry["note"]["attachments"]] == ["first.pdf", "second.png"]
    assert portal.get(f"{path}/attachments/{first}").data == PDF
    added = next(event for event in emitted() if event.type == "agreements.work_note.added.v1")
    assert added.data["files"] == ["first.pdf", "second.png"]
    again = desk.caller.post(f"{path}/notes", {"text": "Again", "attachment_ids": [first]})
    assert list(again.json["errors"]) == ["attachment_ids"]


def test_nobody_joins_a_file_of_somebody_else(desk, portal, path):
    internal = upload(desk.caller, path, PDF, "internal.pdf").json["id"]

    stolen = portal.post(f"{path}/notes", {"text": "Mine now", "attachment_ids": [internal]})

    assert stolen.status_code == 422
    assert timeline(portal, path) == []
    assert desk.caller.delete(path).status_code == 409


def test_another_client_and_a_closed_order_take_no_file(callers, world, desk, portal, path):
    stranger = callers("client_user", client_id=world.client("Other"))
    assert upload(stranger, path, PNG, "a.png").status_code == 404

    desk.caller.post(f"{path}/transition", {"status": "closed"})
    assert upload(portal, path, PNG, "a.png").status_code == 409
    assert upload(desk.caller, path, PNG, "a.png").status_code == 201
