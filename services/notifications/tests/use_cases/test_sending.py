"""Sending with failing mail servers: no email is lost or sent twice, and every outcome is recorded."""

import threading
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from notifications.channel.email import Email
from notifications.delivery import sending
from notifications.delivery.models import Delivery

NOW = datetime.now(UTC) + timedelta(hours=1)  # later than all data of a test run
HOURS = timedelta(hours=1)


@pytest.fixture
def one(app):
    """Returns the only delivery."""

    def read():
        with app.database.sessions() as session:
            return session.scalars(select(Delivery)).one()

    return read


@pytest.fixture
def invoice(world):
    world.client()
    world.invoice()


def refused_port():
    return "smtp://127.0.0.1:9"


def test_put_off_then_taken(invoice, send, mailbox, one):
    mailbox.data_replies = ["451 4.3.0 Try again later"]
    send(at=NOW)
    waiting = one()
    send(at=NOW)  # not due yet
    assert mailbox.mails == []
    send(at=waiting.next_attempt_at)

    assert (waiting.status, waiting.attempts) == ("queued", 1)
    assert "451 4.3.0 Try again later" in waiting.last_error
    assert waiting.next_attempt_at == NOW + timedelta(minutes=1)
    assert (one().status, one().attempts, one().last_error) == ("sent", 2, None)
    assert len(mailbox.mails) == 1


def test_refused_for_good_is_failed_at_once(invoice, send, mailbox, one, emitted):
    mailbox.data_replies = ["554 5.7.1 Looks like spam"]
    send(at=NOW)

    assert (one().status, one().attempts, one().next_attempt_at) == ("failed", 1, None)
    (event,) = emitted("notifications.delivery.failed.v1")
    assert event.data["error"] == "The mail server refused it: 554 5.7.1 Looks like spam"
    send(at=NOW + 24 * HOURS)
    assert mailbox.mails == []


def test_an_unknown_recipient_fails_without_sending_to_cc(invoice, send, mailbox, one):
    mailbox.rcpt_replies["billing@acme.example"] = ["550 5.1.1 No such user"]
    send(at=NOW)

    assert one().status == "failed"
    assert "550 5.1.1 No such user" in one().last_error
    assert mailbox.mails == []


def test_a_refused_copy_does_not_keep_the_mail_from_its_recipient(invoice, send, mailbox, one):
    mailbox.rcpt_replies["cfo@acme.example"] = ["550 5.1.1 No such user"]
    send(at=NOW)

    assert mailbox.mails[0].recipients == ["billing@acme.example", "accounting@acme.example"]
    assert one().status == "sent"
    assert "cfo@acme.example was refused: 550" in one().last_error


def test_a_copy_put_off_again_and_again_holds_the_mail_up_only_for_a_while(invoice, send, mailbox, one):
    mailbox.rcpt_replies["cfo@acme.example"] = ["450 4.2.0 Greylisted"] * 20
    at = NOW
    while one().status == "queued":
        send(at=at)
        at += HOURS

    assert one().attempts == 4
    assert mailbox.mails[0].recipients == ["billing@acme.example", "accounting@acme.example"]


def test_a_server_that_is_away_is_tried_for_hours_then_given_up(invoice, send, one, emitted):
    at, tries = NOW, []
    while one().status == "queued":
        at = max(at, one().next_attempt_at)
        tries.append(at)
        send(at=at, url=refused_port())

    assert len(tries) == sending.MAX_TRIES
    assert tries[-1] - tries[0] >= 4 * HOURS
    assert one().status == "failed"
    assert "is not available" in one().last_error
    assert len(emitted("notifications.delivery.failed.v1")) == 1


def test_a_server_that_is_away_is_asked_once_a_portion(world, send, app):
    world.client()
    for number in range(5):
        world.invoice(number=f"INV-2025-00{number}")
    more = send(at=NOW, url=refused_port())

    assert more is False
    with app.database.sessions() as session:
        assert sorted(session.scalars(select(Delivery.attempts))) == [0, 0, 0, 0, 1]


def test_back_again_it_gets_everything(world, send, mailbox):
    world.client()
    for number in range(5):
        world.invoice(number=f"INV-2025-00{number}")
    send(at=NOW, url=refused_port())
    send(at=NOW + HOURS)

    assert sorted(mail.message["Subject"].split()[1] for mail in mailbox.mails) == [f"INV-2025-00{n}" for n in range(5)]
    assert mailbox.connections == 1


def test_a_crash_between_claim_and_record_is_made_good_after_the_lease(invoice, send, mailbox, app, one):
    _, crashed, _ = sending.claim(app, "email", NOW)  # then the process dies
    send(at=NOW + timedelta(minutes=1))
    assert mailbox.mails == []
    send(at=NOW + sending.LEASE)

    assert one().status == "sent"
    assert one().attempts == 2
    assert mailbox.mails[0].message["Message-ID"] == crashed.message_id


def test_a_repeat_after_a_lost_answer_carries_the_same_message_id(invoice, send, mailbox, one):
    """The server accepted the email but the record was lost; the repeat has the same ID."""
    mailbox.gate.clear()
    send(at=NOW, smtp_timeout=0.3)
    assert one().status == "queued"
    mailbox.gate.set()
    send(at=NOW + HOURS)

    assert {mail.message["Message-ID"] for mail in mailbox.mails} == {one().message_id}
    assert one().status == "sent"


def test_a_sender_that_kills_its_process_every_time_ends_too(invoice, send, app, one):
    at = NOW
    for _ in range(sending.MAX_TRIES):
        sending.claim(app, "email", at)
        at += sending.LEASE
    send(at=at)

    assert one().status == "failed"


def test_a_sender_that_lost_its_lease_changes_nothing(invoice, send, mailbox, app, one):
    mailbox.gate.clear()
    slow = threading.Thread(target=lambda: send(at=NOW))
    slow.start()
    assert mailbox.arrived.wait(5)
    _, other, _ = sending.claim(app, "email", NOW + sending.LEASE)
    mailbox.gate.set()
    slow.join()

    assert (one().status, one().attempts) == ("sending", other.attempts) == ("sending", 2)


def test_a_slow_server_holds_up_neither_events_nor_locks(invoice, send, mailbox, world, app):
    mailbox.gate.clear()
    slow = threading.Thread(target=send)
    slow.start()
    assert mailbox.arrived.wait(5)
    try:
        world.invoice(number="INV-2025-002")
        with app.database.engine.connect() as connection:
            open_transactions = connection.scalar(
                text(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                    "AND xact_start IS NOT NULL AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
                )
            )
    finally:
        mailbox.gate.set()
        slow.join()

    assert open_transactions == 0
    assert len(mailbox.mails) == 2


def test_two_senders_never_take_the_same(world, send, mailbox):
    world.client()
    for number in range(12):
        world.invoice(number=f"INV-2025-{number:03}")
    senders = [threading.Thread(target=send) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert sorted(mail.message["Subject"] for mail in mailbox.mails) == [
        f"Invoice INV-2025-{number:03} from Evergreen MSP" for number in range(12)
    ]


def test_a_connection_lost_between_two_mails_is_opened_again(world, send, mailbox):
    world.client()
    world.invoice()
    world.invoice(number="INV-2025-002")
    mailbox.data_replies = ["421 4.3.2 Closing"]
    send(at=NOW)
    send(at=NOW + HOURS)

    assert len(mailbox.mails) == 2
    assert mailbox.connections == 2


def test_a_connection_that_went_away_unnoticed_counts_against_no_mail(world, app, mailbox, using):
    world.client()
    world.invoice()
    world.invoice(number="INV-2025-002")
    with Email().open(using(mailbox.url).settings) as provider:
        for _ in range(2):
            _, delivery, sender = sending.claim(app, "email", NOW)
            provider.send(delivery, [world.pdf], sender)
            mailbox.hang_up()

    assert (len(mailbox.mails), mailbox.connections) == (2, 2)


def test_a_locked_delivery_does_not_hold_up_the_next(world, app):
    world.client()
    world.invoice()
    world.invoice(number="INV-2025-002")
    with app.database.sessions() as session:
        oldest = select(Delivery.id).order_by(Delivery.next_attempt_at).limit(1).with_for_update()
        locked = session.scalars(oldest).one()
        with ThreadPoolExecutor(1) as aside:
            claiming = aside.submit(sending.claim, app, "email", NOW)
            finished = wait([claiming], timeout=5).done
            session.rollback()  # ends the transaction in any case
        taken = claiming.result()

    assert finished
    assert taken is not None
    assert taken[0].key != locked


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_password_is_used_and_a_wrong_one_counts_against_no_mail(invoice, send, start_smtp, one):
    guarded = start_smtp(password="right")
    host = guarded.url.removeprefix("smtp://")
    send(at=NOW, url=f"smtp://evergreen:wrong@{host}")
    assert one().status == "queued"
    assert "535" in one().last_error
    send(at=NOW + HOURS, url=f"smtp://evergreen:right@{host}")

    assert one().status == "sent"
    assert len(guarded.mails) == 1
