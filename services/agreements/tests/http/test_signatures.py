"""Signing documents through a link: once, by the person who has it, until it expires or is revoked."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import select

from agreements.signature import queries, requesting, signing
from agreements.signature.models import Signature
from agreements.signature.requesting import PURPOSE
from agreements.signature.signing import Consent, Link
from common import signed_links
from common.errors import Conflict, Gone, NotFound
from common.ids import new_id
from common.pdf.counting import pages_of

BYTES = {"Content-Type": "application/octet-stream"}
ADDRESS = {"Evergreen-Client-Address": "203.0.113.7"}
SIGNER = {"signer_name": "Carla Client", "signer_email": "carla@acme.example"}


@pytest.fixture
def manager(callers):
    return callers("manager")


@pytest.fixture
def visitor(callers):
    return callers("anonymous", user_id=str(UUID(int=0)))


@pytest.fixture
def agreement(world, manager, make_block):
    client_id = world.client()
    (row,) = world.card(client_id, "Remote Support")
    covered = [{"client_service_id": str(row), "hours_allocated": "10"}]
    return manager.post("/agreements", make_block(client_id, services=covered, coverage="selected")).json


@pytest.fixture
def path(agreement):
    return f"/agreements/{agreement['id']}"


@pytest.fixture
def document(manager, path):
    return manager.post(f"{path}/documents/generate").json


@pytest.fixture
def send(app, manager, path, document):
    """Sends the document, and returns the request with the token of its link."""

    def run(**values):
        answer = manager.post(f"{path}/signatures", {"document_id": document["id"], **SIGNER, **values})
        assert answer.status_code == 201, answer.json
        expires_at = datetime.fromisoformat(answer.json["expires_at"])
        return {
            **answer.json,
            "token": signed_links.token_of(app.settings, PURPOSE, UUID(answer.json["id"]), expires_at),
        }

    return run


def sign(visitor, token, name="Carla M. Client", consent=True):
    return visitor.post("/signing/sign", {"token": token, "name": name, "consent": consent}, headers=ADDRESS)


def only(manager, path):
    (signature,) = manager.get(f"{path}/signatures").json["items"]
    return signature


def test_a_signer_reads_and_signs_and_the_signature_is_kept(manager, visitor, path, document, send, emitted):
    sent = send(message="As discussed.")
    assert (sent["status"], sent["document_sha256"]) == ("sent", document["sha256"])

    shown = visitor.post("/signing/open", {"token": sent["token"]}).json
    assert (shown["status"], shown["client_name"], shown["message"]) == ("sent", "Acme Corp", "As discussed.")
    read = visitor.post("/signing/document", {"token": sent["token"]})
    assert read.data == manager.get(f"{path}/documents/{document['id']}/file").data
    signed = sign(visitor, sent["token"])

    assert signed.status_code == 200, signed.json
    kept = only(manager, path)
    assert (kept["status"], kept["signed_name"], kept["address"]) == ("signed", "Carla M. Client", "203.0.113.7")
    assert kept["closed_at"] is not None
    result = manager.get(f"{path}/documents/{kept['signed_document_id']}/file").data
    assert pages_of(result, 10) == pages_of(read.data, 10) + 1
    (event,) = emitted("agreements.agreement.signed.v1")
    assert event.data["signed_document"]["file_id"]
    assert sent["token"] not in str(emitted())


def test_a_link_signs_once(visitor, send):
    token = send()["token"]
    sign(visitor, token)

    again = sign(visitor, token)
    read = visitor.post("/signing/document", {"token": token})

    assert (again.status_code, read.status_code) == (409, 409)
    assert again.json["detail"] == "This document is already signed. Each link can be used once."
    assert visitor.post("/signing/open", {"token": token}).json["status"] == "signed"


def test_of_two_answers_at_once_one_counts(callers, manager, path, send, emitted):
    token, start = send()["token"], Barrier(2)

    def answer(_):
        visitor = callers("anonymous", user_id=str(UUID(int=0)))
        start.wait()
        return sign(visitor, token).status_code

    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(pool.map(answer, range(2)))

    assert statuses == [200, 409]
    assert len(emitted("agreements.agreement.signed.v1")) == 1
    assert [row["origin"] for row in manager.get(f"{path}/documents").json["items"]] == ["signed", "generated"]


def test_declining_needs_a_reason_and_closes_the_link(manager, visitor, path, send):
    token = send()["token"]
    assert visitor.post("/signing/decline", {"token": token, "reason": " "}).status_code == 422
    assert visitor.post("/signing/decline", {"token": token, "reason": "Wrong hours"}).status_code == 200

    refused = sign(visitor, token)

    kept = only(manager, path)
    assert (kept["status"], kept["reason"]) == ("declined", "Wrong hours")
    assert refused.status_code == 409
    assert "declined" in refused.json["detail"]


def test_a_revoked_link_signs_nothing_and_the_document_can_be_sent_again(manager, visitor, path, send):
    sent = send()
    revoke = f"{path}/signatures/{sent['id']}/revoke"
    assert manager.post(revoke, {"reason": "Corrected"}).json["status"] == "revoked"

    assert "revoked" in sign(visitor, sent["token"]).json["detail"]
    assert manager.post(revoke, {"reason": "Again"}).status_code == 409
    assert send()["status"] == "sent"


def test_an_expired_link_signs_nothing_and_the_document_can_be_sent_again(in_work, send, path):
    sent = send(valid_days=1)
    later = datetime.now(UTC) + timedelta(days=1, minutes=1)

    with in_work("anonymous", at=later) as work, pytest.raises(Gone, match="This link expired on"):
        signing.sign(work, Consent(token=sent["token"], name="Carla", consent=True))
    with in_work("manager", at=later) as work:
        agreement_id, document_id = UUID(sent["agreement_id"]), UUID(sent["document_id"])
        new = requesting.NewSignature(document_id=document_id, **SIGNER)
        requesting.send(work, agreement_id, new)
        rows = queries.shown(work, list(work.session.scalars(select(Signature))))
    assert sorted(row["status"] for row in rows) == ["expired", "sent"]


@pytest.mark.parametrize(
    "spoil", [lambda t: "x", lambda t: t[:-2] + ("AA" if t[-2:] != "AA" else "BB"), lambda t: t + "é"]
)
def test_a_forged_link_opens_nothing(visitor, send, spoil):
    answer = visitor.post("/signing/open", {"token": spoil(send()["token"])})

    assert answer.status_code == 404
    assert "link is not valid" in answer.json["detail"]


def test_a_link_of_another_purpose_or_without_its_row_opens_nothing(app, in_work, send):
    sent = send()
    soon = datetime.now(UTC) + timedelta(days=1)
    for purpose, row in (("rate", UUID(sent["id"])), (PURPOSE, new_id())):
        token = signed_links.token_of(app.settings, purpose, row, soon)
        with in_work("anonymous") as work, pytest.raises(NotFound):
            signing.open_link(work, Link(token=token))


def test_without_consent_or_a_name_nothing_is_signed(manager, visitor, path, send):
    token = send()["token"]

    refused = sign(visitor, token, consent=False)
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["consent"])
    assert list(sign(visitor, token, name=" ").json["errors"]) == ["name"]
    assert only(manager, path)["status"] == "sent"


def test_signing_activates_a_draft_if_asked(manager, visitor, path, send):
    sign(visitor, send(activates=True)["token"])

    agreement = manager.get(path).json
    assert (agreement["status"], agreement["status_reason"]) == ("active", "Signed by Carla M. Client")


def test_a_draft_that_cannot_be_activated_stays_one_and_the_event_says_why(manager, visitor, path, send, emitted):
    token = send(activates=True)["token"]
    manager.patch(path, {"services": [], "coverage": "selected"})

    assert sign(visitor, token).status_code == 200

    assert manager.get(path).json["status"] == "draft"
    (event,) = emitted("agreements.agreement.signed.v1")
    assert event.data["activation_problem"]


def test_only_a_readable_pdf_is_sent_and_only_once_at_a_time(manager, path, send, document):
    def upload(data, name):
        return manager.post(f"{path}/documents?name={name}", data=data, headers=BYTES).json["id"]

    for data, name, said in ((b"Hi", "a.txt", "not a PDF"), (b"%PDF-1.7\n%%EOF\n", "a.pdf", "damaged or protected")):
        refused = manager.post(f"{path}/signatures", {"document_id": upload(data, name), **SIGNER})
        assert (refused.status_code, said in refused.json["errors"]["document_id"][0]) == (422, True), refused.json
    send()
    again = manager.post(f"{path}/signatures", {"document_id": document["id"], **SIGNER})
    assert again.status_code == 409
    assert "already sent for signature" in again.json["detail"]


def test_a_document_that_was_sent_is_not_deleted(manager, path, document, send):
    send()

    refused = manager.post(f"{path}/documents/{document['id']}/delete", {"reason": "Gone"})

    assert refused.status_code == 409
    assert "was sent for signature" in refused.json["detail"]


def test_links_are_for_visitors_and_sending_is_for_managers(callers, path, document, send):
    token = send()["token"]

    assert callers("admin").post("/signing/open", {"token": token}).status_code == 403
    for role in ("technician", "billing", "anonymous"):
        assert callers(role).post(f"{path}/signatures", {"document_id": document["id"], **SIGNER}).status_code == 403


def test_a_closed_request_is_not_closed_again(in_work, send, visitor):
    token = send()["token"]
    sign(visitor, token)

    with in_work("anonymous") as work, pytest.raises(Conflict):
        signing.decline(work, signing.Refusal(token=token, reason="Too late"))
