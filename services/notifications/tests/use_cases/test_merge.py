"""A merge moves deliveries, and late events go to the surviving client."""

import pytest
from sqlalchemy import select

from common.ids import new_id
from notifications.delivery.models import Delivery


@pytest.fixture
def survivor(world):
    return world.client(id=new_id(), name="Acme Group", invoice_email="ap@group.example", billing_cc_emails=[])


def test_deliveries_follow_and_late_invoices_go_to_the_survivor(world, survivor, deliver, in_work, send, mailbox):
    world.client()
    world.invoice()
    send()

    deliver("clients.client.merged.v1", {"id": survivor["id"], "merged_client_id": world.client_id, "version": 2})
    world.invoice(number="INV-2025-002")
    send()

    with in_work() as work:
        found = work.session.scalars(select(Delivery).order_by(Delivery.created_at)).all()
        assert [(one.client_id, one.recipient) for one in found] == [
            (survivor["id"], "billing@acme.example"),
            (survivor["id"], "ap@group.example"),
        ]
        assert {one.client_name for one in found} == {"Acme Corporation"}, "the name on the invoice"
    assert mailbox.mails[-1].recipients == ["ap@group.example"]
