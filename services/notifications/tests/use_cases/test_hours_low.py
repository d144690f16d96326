"""Low hours are reported to the right recipients only."""

import pytest


def recipients(mailbox):
    return sorted(address for mail in mailbox.mails for address in mail.recipients)


@pytest.fixture
def people(world):
    contact = world.contact()
    world.client(primary_support_contact_id=contact["id"])
    world.user("admin", "ada@msp.example")
    world.user("manager", "max@msp.example")
    world.user("manager", "gone@msp.example", status="disabled")
    world.user("billing", "bill@msp.example")
    world.user("technician", "stranger@msp.example")
    technician = world.user("technician", "tina@msp.example")
    return contact, technician


@pytest.fixture
def assign(world, deliver):
    def change(technician, version, *, active):
        kind = "assigned" if active else "unassigned"
        data = {"id": technician["id"], "client_id": world.client_id, "user_id": technician["id"], "active": active}
        deliver(f"clients.technician.{kind}.v1", {**data, "version": version})

    return change


def test_low_hours_go_to_the_support_contact_never_to_billing(world, people, send, mailbox):
    world.hours_low("client")
    send()

    assert recipients(mailbox) == ["sam@acme.example"]
    assert mailbox.mails[0].message["Subject"] == "4.5 hours left on Prepaid 40 hours"
    assert "4.5 of 40 (11.25%)" in mailbox.mails[0].text


def test_managers_get_a_link(world, people, send, mailbox):
    world.hours_low("manager")
    send()

    assert recipients(mailbox) == ["max@msp.example"]
    assert "/agreements/" in mailbox.mails[0].text
    assert mailbox.mails[0].message["Subject"].endswith("(Acme Corporation)")


def test_staff_are_the_technicians_assigned_to_the_client(world, people, send, mailbox, assign):
    assign(people[1], 1, active=True)
    world.hours_low("staff")
    send()
    assert recipients(mailbox) == ["tina@msp.example"]

    mailbox.mails.clear()
    assign(people[1], 2, active=False)
    world.hours_low("staff")
    send()
    assert recipients(mailbox) == ["ada@msp.example"]


def test_an_archived_contact_is_not_written_to(world, people, send, mailbox, deliver, emitted):
    contact, _ = people
    deliver("clients.contact.archived.v1", {**contact, "version": 2})
    deliver("clients.contact.changed.v1", {**contact, "version": 1})  # an older event arrives late
    world.hours_low("client")
    send()

    assert mailbox.mails == []
    (event,) = emitted("notifications.delivery.failed.v1")
    assert "no primary support contact" in event.data["error"]


def test_without_recipients_a_failed_delivery_is_visible(world, send, mailbox, emitted):
    world.client()
    world.hours_low("manager")
    send()

    assert mailbox.mails == []
    assert len(emitted("notifications.delivery.failed.v1")) == 1
