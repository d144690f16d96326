"""Emails show the organisation as its settings say when they are written and sent."""

from datetime import UTC, datetime

from common.organisation.settings import NINE_TO_FIVE

NOW = datetime(2030, 1, 1, tzinfo=UTC)


def test_name_color_hours_sender_and_replies_come_from_the_settings(world, organise, send, mailbox):
    organise(
        name="Harbor IT",
        brand_color="#ffd23f",
        business_hours=NINE_TO_FIVE,
        mail_from_name="Harbor IT Billing",
        mail_from="billing@harbor.example",
        mail_reply_to="accounts@harbor.example",
    )
    world.client()
    world.invoice()
    send(at=NOW)

    message = mailbox.mails[0].message
    assert message["From"] == "Harbor IT Billing <billing@harbor.example>"
    assert message["Reply-To"] == "Harbor IT Billing <accounts@harbor.example>"
    assert message["Subject"].endswith("from Harbor IT")
    html = message.get_body(("html",)).get_content()
    assert "background:#ffd23f;border-radius:9px 9px 0 0;color:#000000" in html
    assert "Monday to Friday" in html
    text = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert "Harbor IT · accounts@harbor.example\nBusiness hours: Monday to Friday" in text


def test_a_mail_that_waits_is_sent_by_the_sender_of_the_day(world, organise, send, mailbox):
    world.client()
    world.invoice()
    organise(mail_from="new@harbor.example", business_hours=())
    send(at=NOW)

    message = mailbox.mails[0].message
    assert message["From"].addresses[0].addr_spec == "new@harbor.example"
