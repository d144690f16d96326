"""Deliveries over HTTP: the list, one delivery, resending."""

import pytest

from common.ids import new_id
from common.testing.database import statements


@pytest.fixture
def sent(world, send, callers):
    world.client()
    world.invoice()
    send()
    return callers("billing").get("/notifications").json["items"][0]


def test_the_list_shows_what_became_of_each(world, callers, send):
    world.client()
    world.invoice()
    world.invoice(number="INV-2025-002")
    items = callers("manager").get("/notifications").json["items"]

    assert [item["subject"] for item in items] == [
        "Invoice INV-2025-002 from Evergreen MSP",
        "Invoice INV-2025-001 from Evergreen MSP",
    ]
    assert items[0]["status"] == "queued"
    assert items[0]["cc"] == ["accounting@acme.example", "cfo@acme.example"]
    assert items[0]["client_name"] == "Acme Corporation"
    assert "content" not in items[0]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=sent", 1),
        ("status=failed", 0),
        ("channel=email", 1),
        ("recipient=billing@ACME.example", 1),
        ("recipient=cfo@acme.example", 0),
        ("event_type=billing.invoice.document_ready.v1", 1),
        ("event_type=agreements.hours.low.v1", 0),
        ("q=inv-2025", 1),
        ("q=acme.ex", 1),
        ("q=100%", 0),
        ("client_id=00000000-0000-7000-8000-000000000000", 0),
    ],
)
def test_filters(callers, sent, query, found):
    assert callers("admin").get(f"/notifications?{query}").json["total"] == found


def test_the_client_filter(callers, sent, world):
    assert callers("admin").get(f"/notifications?client_id={world.client_id}").json["total"] == 1


@pytest.mark.parametrize(
    "query", ["status=lost", "channel=pigeon", "recipient=nobody", "sort=message_id", "colour=red"]
)
def test_what_the_list_does_not_know_is_refused(callers, sent, query):
    assert callers("admin").get(f"/notifications?{query}").status_code == 422


def test_one_of_them_with_what_was_said(callers, sent):
    seen = callers("billing").get(f"/notifications/{sent['id']}").json

    assert "$3,739.50" in seen["content"]["html"]
    assert "$3,739.50" in seen["content"]["text"]
    assert seen["attachments"] == [{"filename": "INV-2025-001.pdf", "media_type": "application/pdf", "size": 10256}]
    assert seen["attempts"] == 1
    assert seen["sent_at"]


def test_roles(callers, sent):
    for role in ("technician", "client_admin", "client_user"):
        assert callers(role).get("/notifications").status_code == 403
        assert callers(role).get(f"/notifications/{sent['id']}").status_code == 403
        assert callers(role).post(f"/notifications/{sent['id']}/resend").status_code == 403
    assert callers("admin").get(f"/notifications/{new_id()}").status_code == 404


def test_sending_once_more_is_a_new_mail(callers, sent, send, mailbox):
    answer = callers("billing").post(f"/notifications/{sent['id']}/resend")
    send()
    after = callers("billing").get(f"/notifications/{sent['id']}").json

    assert answer.status_code == 200
    assert (answer.json["status"], answer.json["resends"]) == ("queued", 1)
    assert (after["status"], after["attempts"]) == ("sent", 2)
    first, second = (mail.message["Message-ID"] for mail in mailbox.mails)
    assert (first, second) == (sent["message_id"], after["message_id"])
    assert first != second


def test_a_queued_delivery_cannot_be_resent(callers, sent):
    billing = callers("billing")
    billing.post(f"/notifications/{sent['id']}/resend")

    assert billing.post(f"/notifications/{sent['id']}/resend").status_code == 409


def test_one_key_sends_once_more_once(callers, sent, send, mailbox):
    billing = callers("billing")
    for _ in range(2):
        assert billing.post(f"/notifications/{sent['id']}/resend", headers={"Idempotency-Key": "k"}).status_code == 200
        send()

    assert len(mailbox.mails) == 2


def test_an_edit_of_an_older_version_is_refused(callers, sent):
    stale = callers("billing").post(f"/notifications/{sent['id']}/resend", headers={"If-Match": '"1"'})

    assert stale.status_code == 412


def test_a_failed_one_goes_to_the_address_that_was_added_since(world, callers, send, mailbox):
    world.client(invoice_email=None)
    world.invoice()
    billing = callers("billing")
    (failed,) = billing.get("/notifications?status=failed").json["items"]
    refused = billing.post(f"/notifications/{failed['id']}/resend")
    world.client(invoice_email="new@acme.example")
    accepted = billing.post(f"/notifications/{failed['id']}/resend")
    send()

    assert refused.status_code == 409
    assert "no billing email" in refused.json["detail"]
    assert accepted.json["recipient"] == "new@acme.example"
    assert mailbox.mails[0].recipients[0] == "new@acme.example"


def test_the_dashboard_counts(world, callers, sent, send):
    world.invoice(number="INV-2025-002")
    world.client(invoice_email=None)
    world.invoice(number="INV-2025-003")

    seen = callers("billing").get("/notifications/dashboard").json
    assert seen["counts"] == {"deliveries_failed": 1, "deliveries_queued": 1}
    assert [alert["title"] for alert in seen["alerts"]] == ["1 email could not be delivered"]
    for role in ("technician", "client_user"):
        assert callers(role).get("/notifications/dashboard").status_code == 403


def test_a_page_takes_the_same_number_of_queries_however_long(world, callers, app):
    world.client()
    for number in range(8):
        world.invoice(number=f"INV-2025-{number:03}")
    counts = []
    for size in (1, 7):
        with statements(app.database.engine) as queries:
            callers("admin").get(f"/notifications?page_size={size}")
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 2


def test_pages_follow_each_other(world, callers):
    world.client()
    for number in range(7):
        world.invoice(number=f"INV-2025-{number:03}")
    for sort in ("created_at", "-created_at", "recipient", "-subject"):
        seen, cursor = [], ""
        while cursor is not None:
            page = callers("admin").get(f"/notifications?page_size=3&sort={sort}&cursor={cursor}").json
            seen += [item["id"] for item in page["items"]]
            cursor = page["next_cursor"]
        assert len(seen) == len(set(seen)) == 7
