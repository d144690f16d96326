"""Documents of agreements: uploaded, generated from the terms, read and deleted with a reason."""

from uuid import UUID

import pytest

from agreements.agreement import views
from agreements.agreement.queries import get
from agreements.document.contract import content

PDF = b"%PDF-1.7\n%%EOF\n"
BYTES = {"Content-Type": "application/octet-stream"}


@pytest.fixture
def agreement(world, callers, make_block):
    client_id = world.client()
    (row,) = world.card(client_id, "Remote Support")
    covered = [{"client_service_id": str(row), "hours_allocated": "10", "custom_rate": "110.00"}]
    body = make_block(client_id, name="Gold", services=covered, coverage="selected", scope="Servers\nPrinters")
    return callers("manager").post("/agreements", body).json


@pytest.fixture
def path(agreement):
    return f"/agreements/{agreement['id']}/documents"


def upload(caller, path, data=PDF, **query):
    options = "&".join(f"{key}={value}" for key, value in query.items())
    return caller.post(f"{path}?{options}", data=data, headers=BYTES)


def names(caller, path, query=""):
    return [row["name"] for row in caller.get(f"{path}{query}").json["items"]]


def test_an_upload_is_listed_and_downloaded_unchanged(callers, path):
    manager = callers("manager")
    sent = upload(manager, path, name="signed.pdf", kind="amendment")
    assert sent.status_code == 201, sent.json
    upload(manager, path, b"Hello", name="mail.txt", kind="correspondence")

    assert names(manager, path) == ["mail.txt", "signed.pdf"]
    assert names(manager, path, "?kind=amendment") == ["signed.pdf"]
    served = callers("billing").get(f"{path}/{sent.json['id']}/file")
    assert (served.data, served.mimetype, served.headers["ETag"]) == (
        *(PDF, "application/pdf"),
        f'"{sent.json["sha256"]}"',
    )


@pytest.mark.parametrize(
    ("data", "query", "field", "said"),
    [
        (b"MZ a program", {"name": "a.pdf"}, "file", "is not a PDF file"),
        (PDF, {"name": "a.exe"}, "file", "not of an accepted type"),
        (PDF, {"name": "a.pdf", "kind": "poem"}, "kind", "Must be one of"),
        (PDF, {"kind": "other"}, "name", "required"),
    ],
)
def test_another_file_is_refused_and_nothing_kept(callers, path, emitted, data, query, field, said):
    refused = upload(callers("manager"), path, data, **query)

    assert refused.status_code == 422, refused.json
    assert said in refused.json["errors"][field][0]
    assert names(callers("manager"), path) == []
    assert emitted("agreements.agreement.document_added.v1") == []


def test_a_pdf_of_the_terms_is_generated(callers, agreement, path):
    made = callers("manager").post(f"{path}/generate")

    assert made.status_code == 201, made.json
    assert (made.json["kind"], made.json["origin"]) == ("contract", "generated")
    assert made.json["name"].startswith(agreement["number"])
    served = callers("manager").get(f"{path}/{made.json['id']}/file").data
    assert served.startswith(b"%PDF-")
    assert len(served) == made.json["size"]


def test_the_terms_are_stated_in_full(in_work, agreement):
    with in_work("manager") as work:
        found = get(work, UUID(agreement["id"]))
        stated = content(found, views.services(work, found), "Acme Corp", work.today)

    assert stated["services"] == [["Remote Support", "10", "$110.00 per hour"]]
    assert ["Included hours", "10"] in stated["facts"]
    assert ["Last day", "September 30, 2027"] in stated["facts"]
    assert stated["sections"][0] == {"title": "Scope", "lines": ["Servers", "Printers"]}


def test_deleting_needs_a_reason_which_the_event_carries(callers, path, emitted):
    manager = callers("manager")
    document = upload(manager, path, name="a.pdf").json["id"]

    assert manager.post(f"{path}/{document}/delete", {"reason": " "}).status_code == 422
    assert names(manager, path) == ["a.pdf"]
    assert manager.post(f"{path}/{document}/delete", {"reason": "Wrong client"}).status_code == 204

    assert names(manager, path) == []
    assert manager.get(f"{path}/{document}/file").status_code == 404
    (event,) = emitted("agreements.agreement.document_deleted.v1")
    assert (event.data["document_name"], event.data["reason"]) == ("a.pdf", "Wrong client")


def test_a_draft_with_documents_is_not_deleted(callers, agreement, path):
    manager = callers("manager")
    upload(manager, path, name="a.pdf")

    refused = manager.delete(f"/agreements/{agreement['id']}")

    assert refused.status_code == 409
    assert "has documents" in refused.json["detail"]


@pytest.mark.parametrize("role", ["technician", "client_admin"])
def test_documents_are_not_for_roles_without_money_or_for_clients(callers, agreement, path, role):
    caller = callers(role, client_id=UUID(agreement["client_id"])) if role == "client_admin" else callers(role)
    assert caller.get(path).status_code == 403
