"""The emails about signatures: the link to the signer, the result to the signer and to staff."""

import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest

from common import signed_links
from common.blobs.stores import store_at
from common.ids import new_id
from notifications.notice.signature import PURPOSE

SIGNED_PDF = b"%PDF-1.7\nsigned\n%%EOF\n"


@pytest.fixture
def asker(world) -> UUID:
    world.client()
    world.user("manager", "other@msp.example")
    identifier: UUID = world.user("manager", "max@msp.example")["id"]
    return identifier


def state(world, asker, **values: Any) -> dict[str, Any]:
    data = {
        "agreement_id": new_id(),
        "number": "AGR-0001",
        "agreement_name": "Gold Support",
        "client_id": world.client_id,
        "signature_id": new_id(),
        "document_name": "AGR-0001.pdf",
        "document_sha256": "0" * 64,
        "signer_name": "Carla Client",
        "signer_email": "carla@acme.example",
        "message": "See <b>you</b>",
        "expires_at": datetime.now(UTC).replace(microsecond=0) + timedelta(days=3),
        "requested_by_id": str(asker),
        "requested_by_name": "Max Manager",
        "signature_status": "sent",
        "signed_name": None,
        "reason": None,
        "signed_document": None,
        "activation_problem": None,
    }
    return data | values


def by_recipient(mailbox) -> dict[str, Any]:
    return {mail.recipients[0]: mail for mail in mailbox.mails}


def test_the_signer_gets_a_link_that_opens_their_request(world, asker, send, mailbox, app):
    data = state(world, asker)
    world.deliver("agreements.agreement.signature_requested.v1", data)
    send()

    (mail,) = mailbox.mails
    assert mail.recipients == ["carla@acme.example"]
    assert "Max Manager of" in mail.text
    assert "See &lt;b&gt;you&lt;/b&gt;" in mail.html
    (token,) = re.findall(r"/portal/sign#([\w-]+)", mail.text)
    assert signed_links.opened(app.settings, PURPOSE, token, datetime.now(UTC)) == data["signature_id"]


def test_staff_do_not_see_the_link_in_the_mail_log(world, asker, send, callers):
    world.deliver("agreements.agreement.signature_requested.v1", state(world, asker))
    send()

    (row,) = callers("admin").get("/notifications").json["items"]
    content = callers("admin").get(f"/notifications/{row['id']}").json["content"]
    assert "/portal/sign#…" in content["text"]
    assert re.search(r"/portal/sign#[\w-]", content["text"] + content["html"]) is None


def test_the_signed_document_goes_to_the_signer_and_to_who_asked(world, asker, send, mailbox, app):
    digest = sha256(SIGNED_PDF).hexdigest()
    claim = {"file_id": new_id(), "name": "AGR-0001 signed.pdf", "media_type": "application/pdf"}
    claim |= {"size": len(SIGNED_PDF), "sha256": digest}
    store_at(app.settings.blob_store).put(f"agreements/{digest[:2]}/{digest}", BytesIO(SIGNED_PDF))
    values = {"signature_status": "signed", "signed_name": "Carla C.", "signed_document": claim}
    world.deliver(
        "agreements.agreement.signed.v1", state(world, asker, **values, activation_problem="It covers no service.")
    )
    send()

    mails = by_recipient(mailbox)
    assert sorted(mails) == ["carla@acme.example", "max@msp.example"]
    for mail in mails.values():
        (attached,) = mail.message.iter_attachments()
        assert attached.get_content() == SIGNED_PDF
    assert "You signed AGR-0001.pdf." in mails["carla@acme.example"].text
    assert "could not be activated" not in mails["carla@acme.example"].text
    assert "Carla C. signed AGR-0001.pdf." in mails["max@msp.example"].text
    assert "could not be activated: It covers no service." in mails["max@msp.example"].text


def test_who_asked_is_told_why_the_signer_declined(world, asker, send, mailbox):
    values = {"signature_status": "declined", "reason": "Wrong hours"}
    world.deliver("agreements.agreement.signature_declined.v1", state(world, asker, **values))
    send()

    assert list(by_recipient(mailbox)) == ["max@msp.example"]
    assert "Wrong hours" in mailbox.mails[0].text


def test_managers_are_told_if_who_asked_is_no_user(world, asker, send, mailbox):
    values = {"signature_status": "declined", "reason": "No", "requested_by_id": "system"}
    world.deliver("agreements.agreement.signature_declined.v1", state(world, asker, **values))
    send()

    assert sorted(by_recipient(mailbox)) == ["max@msp.example", "other@msp.example"]


def test_the_signer_is_told_that_the_link_was_revoked(world, asker, send, mailbox):
    values = {"signature_status": "revoked", "reason": "An internal reason"}
    world.deliver("agreements.agreement.signature_revoked.v1", state(world, asker, **values))
    send()

    assert list(by_recipient(mailbox)) == ["carla@acme.example"]
    assert "has revoked that link" in mailbox.mails[0].text
    assert "internal" not in mailbox.mails[0].text
