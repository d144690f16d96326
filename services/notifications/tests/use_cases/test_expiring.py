"""The coming end of an agreement is reported to managers, with what happens if nobody acts."""

import pytest

from common.ids import new_id


@pytest.fixture
def manager(world):
    world.client()
    world.user("manager", "max@msp.example")
    world.user("technician", "tina@msp.example")


@pytest.mark.parametrize(
    ("days", "changes", "subject", "sentence"),
    [
        (60, {}, "Gold Support (Acme Corporation) ends in 60 days", "It doesn't renew automatically."),
        (1, {"auto_renew": True}, "Gold Support (Acme Corporation) ends tomorrow", "It renews automatically."),
        (0, {"auto_renew": True}, "Gold Support (Acme Corporation) ends today", "It renews automatically."),
    ],
)
def test_managers_are_told_when_and_what_follows(world, manager, send, mailbox, days, changes, subject, sentence):
    world.expiring(days, **changes)
    send()

    (mail,) = mailbox.mails
    assert mail.recipients == ["max@msp.example"]
    assert mail.message["Subject"] == subject
    assert sentence in mail.text
    assert "December 31, 2026" in mail.text


def test_a_drafted_next_term_is_named_and_linked(world, manager, send, mailbox):
    renewal = new_id()
    world.expiring(7, renewal_id=renewal, renewal_number="AGR-0008")
    send()

    (mail,) = mailbox.mails
    assert "The next term is drafted as AGR-0008. Check it and activate it, or the agreement expires." in mail.text
    assert f"/agreements/{renewal}" in mail.text
