"""An invoice's PDF becomes one email to the billing contact, with CC and attachment."""

from pathlib import Path

import pytest
from sqlalchemy import select

from common.ids import new_id
from common.testing.database import statements
from notifications.delivery.models import Delivery
from notifications.notice.known import NotYetKnown


@pytest.fixture
def deliveries(app):
    def read():
        with app.database.sessions() as session:
            return list(session.scalars(select(Delivery).order_by(Delivery.id)))

    return read


def test_the_billing_contact_gets_it_with_copies_and_the_pdf(world, send, mailbox, deliveries, emitted):
    world.client()
    world.invoice()
    send()

    (mail,) = mailbox.mails
    message = mail.message
    assert mail.sender == "billing@evergreen.example"
    assert mail.recipients == ["billing@acme.example", "accounting@acme.example", "cfo@acme.example"]
    assert message["To"].addresses[0].addr_spec == "billing@acme.example"
    assert message["To"].addresses[0].display_name == "Jane Doe"
    assert [address.addr_spec for address in message["Cc"].addresses] == mail.recipients[1:]
    assert message["Subject"] == "Invoice INV-2025-001 from Evergreen MSP"
    assert "$3,739.50" in mail.text
    assert "$3,739.50" in mail.html
    (pdf,) = message.iter_attachments()
    assert (pdf.get_filename(), pdf.get_content_type()) == ("INV-2025-001.pdf", "application/pdf")
    assert pdf.get_content() == world.pdf

    (delivery,) = deliveries()
    assert (delivery.status, delivery.attempts, delivery.reference) == ("sent", 1, "INV-2025-001")
    assert delivery.provider_message_id == "2.0.0 Ok: queued as M1"
    assert message["Message-ID"] == delivery.message_id
    (event,) = emitted("notifications.delivery.sent.v1")
    assert event.data["recipient"] == "billing@acme.example"
    assert event.data["status"] == "sent"
    assert event.sequence == delivery.version


def test_a_pdf_of_5_mb_is_mailed_and_travels_as_a_claim(world, send, mailbox, app):
    world.pdf = b"%PDF-1.7\n" + bytes(range(256)) * 20_480
    world.client()
    event = world.invoice()
    send()

    assert len(event.encode()) < 2_000
    (mail,) = mailbox.mails
    (pdf,) = mail.message.iter_attachments()
    assert len(pdf.get_content()) > 5_000_000
    assert pdf.get_content() == world.pdf


def test_a_mail_waits_for_a_file_store_that_is_away_and_is_never_sent_without_its_pdf(
    world, send, mailbox, app, deliveries
):
    world.client()
    event = world.invoice()
    path = Path(app.settings.blob_store.removeprefix("file://")) / "billing"
    claim = event.data["document"]["sha256"]
    stored = path / claim[:2] / claim
    stored.unlink()
    send()

    (waiting,) = deliveries()
    assert (waiting.status, mailbox.mails) == ("queued", [])
    assert "missing from the file store" in waiting.last_error

    stored.write_bytes(world.pdf)
    send(at=waiting.next_attempt_at)
    assert [mail.recipients[0] for mail in mailbox.mails] == ["billing@acme.example"]


def test_the_same_event_twice_makes_one_mail(world, send, mailbox, app):
    world.client()
    event_id, document = new_id(), world.document()
    world.deliver("billing.invoice.document_ready.v1", document, event_id=event_id)
    world.deliver("billing.invoice.document_ready.v1", document, event_id=event_id)
    with app.database.engine.begin() as connection:  # as if the inbox had been pruned
        connection.exec_driver_sql("DELETE FROM inbox")
    world.deliver("billing.invoice.document_ready.v1", document, event_id=event_id)
    send()
    send()

    assert len(mailbox.mails) == 1


def test_support_never_sees_billing_mail(world, send, mailbox):
    contact = world.contact()
    world.client(primary_support_contact_id=contact["id"])
    world.invoice()
    send()

    assert "sam@acme.example" not in mailbox.mails[0].recipients


def test_the_newest_contact_counts(world, send, mailbox, deliver):
    old = world.client()
    world.client(invoice_email="new@acme.example", billing_cc_emails=[])
    deliver("clients.client.changed.v1", old)  # an older event arrives late
    world.invoice()
    send()

    assert mailbox.mails[0].recipients == ["new@acme.example"]


def test_no_recipient_is_a_visible_failure_with_its_reason(world, send, mailbox, deliveries, emitted):
    world.client(invoice_email=None)
    world.invoice()
    send()

    (delivery,) = deliveries()
    assert (delivery.status, delivery.recipient, delivery.attempts) == ("failed", "", 0)
    assert "no billing email" in delivery.last_error
    assert mailbox.mails == []
    (event,) = emitted("notifications.delivery.failed.v1")
    assert event.data["error"] == delivery.last_error


def test_a_document_ahead_of_its_client_comes_again(world, send, mailbox):
    event_id, document = new_id(), world.document()
    with pytest.raises(NotYetKnown):
        world.deliver("billing.invoice.document_ready.v1", document, event_id=event_id)
    world.client()
    world.deliver("billing.invoice.document_ready.v1", document, event_id=event_id)
    send()

    assert len(mailbox.mails) == 1


def test_only_recipients_who_can_sign_in_get_a_link(world, send, mailbox):
    world.client()
    world.invoice()
    world.user("client_admin", "Billing@acme.example", client_id=world.client_id)
    world.invoice(number="INV-2025-002", invoice_id="0198c0de-0000-7000-8000-000000000002")
    send()

    without, with_link = mailbox.mails
    assert "View invoice online" not in without.text
    assert "/invoices/0198c0de-0000-7000-8000-000000000002" in with_link.text


def test_names_that_try_to_add_headers_fail_to(world, send, mailbox):
    evil = "Acme\r\nBcc: victim@other.example\r\n\r\nhello"
    world.client(name=evil, billing_contact_name=evil)
    world.invoice(
        client_name=evil, number="INV-2025-001\r\nBcc: victim@other.example", document=world.stored("a\r\nX: y.pdf")
    )
    send()

    (mail,) = mailbox.mails
    assert "victim@other.example" not in mail.recipients
    assert mail.message["Bcc"] is None
    assert b"\r\nBcc:" not in mail.raw.split(b"\r\n\r\n", 1)[0]


def test_an_address_beyond_ascii_is_sent_where_the_server_can(world, send, mailbox, start_smtp, deliveries):
    world.client(invoice_email="zoë@bücher.example", billing_cc_emails=[])
    world.invoice()
    plain = start_smtp(enable_SMTPUTF8=False)
    send(url=plain.url)
    (refused,) = deliveries()
    assert refused.status == "failed"
    assert refused.last_error.startswith("zoë@bücher.example has letters beyond ASCII")

    world.invoice(number="INV-2025-002")
    send()
    assert mailbox.mails[0].recipients == ["zoë@xn--bcher-kva.example"]
    assert "SMTPUTF8" in mailbox.mails[0].options


def test_a_copy_beyond_ascii_is_left_out_where_the_server_cannot(world, send, start_smtp, deliveries):
    world.client(billing_cc_emails=["zoë@bücher.example", "cfo@straße.example"])
    world.invoice()
    plain = start_smtp(enable_SMTPUTF8=False)
    send(url=plain.url)

    (mail,) = plain.mails
    assert mail.recipients == ["billing@acme.example", "cfo@xn--strae-oqa.example"]
    assert [address.addr_spec for address in mail.message["Cc"].addresses] == ["cfo@xn--strae-oqa.example"]
    (delivery,) = deliveries()
    assert delivery.status == "sent"
    assert "Cc zoë@bücher.example was left out" in delivery.last_error


def test_the_recipient_in_another_spelling_is_not_copied(world, send, mailbox, deliveries):
    world.client(
        invoice_email="rechnung@straße.example",
        billing_cc_emails=["Rechnung@xn--strae-oqa.example", "rechnung@strasse.example"],
    )
    world.invoice()
    send()

    assert deliveries()[0].recipient == "rechnung@straße.example"
    assert mailbox.mails[0].recipients == ["rechnung@xn--strae-oqa.example", "rechnung@strasse.example"]


def test_handling_an_invoice_takes_a_handful_of_statements(world, app):
    world.client()
    with statements(app.database.engine) as sent:
        world.invoice()

    assert len(sent) <= 9
