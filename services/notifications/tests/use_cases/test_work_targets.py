"""Staff are warned of targets that are due soon, and managers too of those that have passed."""

from uuid import UUID

import pytest

from common.ids import new_id


@pytest.fixture
def warned(world, send, mailbox):
    """Publishes a target and returns the emails about it by recipient."""

    def run(kind, **values):
        sent = len(mailbox.mails)
        data = {"id": new_id(), "work_order_id": new_id(), "number": "WO-000042", "subject": "Server down"}
        data |= {"client_id": world.client_id, "priority": "critical", "technician_id": None, "target": "response"}
        data |= {"due_at": "2026-06-01T15:00:00Z", "version": 1} | values
        world.deliver(f"agreements.work_order.target_{kind}.v1", data)
        send()
        return {mail.recipients[0]: mail for mail in mailbox.mails[sent:]}

    return run


@pytest.fixture
def technician(world) -> UUID:
    world.client()
    world.user("manager", "mona@msp.example")
    identifier: UUID = world.user("technician", "tina@msp.example")["id"]
    return identifier


def test_the_orders_technician_is_warned(technician, warned):
    mails = warned("due_soon", technician_id=technician)

    assert list(mails) == ["tina@msp.example"]
    mail = mails["tina@msp.example"]
    assert mail.message["Subject"] == "[WO-000042] Due soon: response to Acme Corporation"
    assert "75% of the time for the response of work order WO-000042 is used." in mail.text
    assert "2026-06-01 11:00 (America/New_York)" in mail.text


def test_a_breach_is_told_to_managers_too(technician, warned):
    mails = warned("breached", technician_id=technician)

    assert set(mails) == {"tina@msp.example", "mona@msp.example"}
    assert "The response target of work order WO-000042 has passed." in mails["mona@msp.example"].text


def test_without_a_technician_those_of_the_client_are_warned(world, technician, warned):
    data = {"id": new_id(), "client_id": world.client_id, "user_id": technician, "active": True, "version": 1}
    world.deliver("clients.technician.assigned.v1", data)

    assert set(warned("due_soon")) == {"tina@msp.example"}
