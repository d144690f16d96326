"""A delivery as an Internet message. Names and subjects stay within one header."""

import re
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import cast
from uuid import UUID

from common import emails
from common.organisation.settings import Organisation
from notifications.channel.addresses import mailbox, one_line, policy
from notifications.delivery.models import Delivery

_UNSAFE_IN_FILENAME = re.compile(r'[\x00-\x1f\x7f"\\/:*?<>|]+')


LOGO = "logo"
"""The content ID of the logo in the HTML part."""


def safe_filename(name: str) -> str:
    return _UNSAFE_IN_FILENAME.sub("_", one_line(name)).strip("._ ") or "attachment"


def message_id(delivery_id: object, resends: int, sender: str, about: UUID | None = None) -> str:
    """Returns the same ID for every retry, so that mailboxes detect repeats, and a new ID per resend.

    It contains what the email is `about`, so that a reply to it finds its work order.
    """
    suffix = f".{resends}" if resends else ""
    thread = f".{about}" if about else ""
    return f"<{delivery_id}{suffix}{thread}@{emails.to_ascii(sender).rpartition('@')[2]}>"


def needs_utf8(address: str) -> bool:
    """Returns True for a non-ASCII local part, which needs servers with SMTPUTF8."""
    return not address.rpartition("@")[0].isascii()


def build(
    delivery: Delivery,
    attached: Sequence[bytes],
    cc: Sequence[str],
    sender: Organisation,
    at: datetime,
    logo: bytes | None = None,
) -> EmailMessage:
    """Returns the message with the accepted `cc`, the attachments' bytes in their order, and the logo it shows.

    Raises ValueError for text that cannot be in a header.
    """
    senders = [sender.mail_from, *([sender.mail_reply_to] if sender.mail_reply_to else [])]
    utf8 = any(map(needs_utf8, (delivery.recipient, *cc, *senders)))
    message = EmailMessage(policy=policy(utf8=utf8))
    message["From"] = [mailbox(sender.sender_name, sender.mail_from)]
    message["To"] = [mailbox(delivery.recipient_name, delivery.recipient)]
    if cc:
        message["Cc"] = [mailbox("", address) for address in cc]
    if sender.mail_reply_to:
        message["Reply-To"] = [mailbox(sender.sender_name, sender.mail_reply_to)]
    message["Subject"] = one_line(delivery.subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = delivery.message_id
    message["Auto-Submitted"] = "auto-generated"  # prevents out-of-office replies
    message.set_content(delivery.content.text)
    message.add_alternative(delivery.content.html, subtype="html")
    if logo is not None and f"cid:{LOGO}" in delivery.content.html:
        html = cast("EmailMessage", message.get_body(("html",)))
        html.add_related(logo, "image", "png", cid=f"<{LOGO}>", disposition="inline", filename="logo.png")
    for attachment, content in zip(delivery.attachments, attached, strict=True):
        maintype, _, subtype = attachment.media_type.partition("/")
        message.add_attachment(content, maintype=maintype, subtype=subtype, filename=safe_filename(attachment.filename))
    return message
