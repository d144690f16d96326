"""A delivery as an Internet message. Whatever a name or a subject contains, it stays one header line."""

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime

from notifications.config import Settings
from notifications.delivery.models import Delivery

_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+")
_UNSAFE_IN_FILENAME = re.compile(r'[\x00-\x1f\x7f"\\/:*?<>|]+')
LONGEST_LINE = 250


def one_line(text: str) -> str:
    """Text without line breaks and control characters: nothing in it can begin a header of its own."""
    return _BREAKS.sub(" ", text).strip()[:LONGEST_LINE]


def safe_filename(name: str) -> str:
    return _UNSAFE_IN_FILENAME.sub("_", one_line(name)).strip("._ ") or "attachment"


def message_id(delivery_id: object, resends: int, sender: str) -> str:
    """The same for every retry, so that a mailbox can tell a repeat from a second mail; a new one for each resend."""
    suffix = f".{resends}" if resends else ""
    return f"<{delivery_id}{suffix}@{sender.rpartition('@')[2]}>"


def needs_utf8(*addresses: str) -> bool:
    """Addresses with a local part beyond ASCII travel only between servers that speak SMTPUTF8."""
    return not all(ascii_domain(address).isascii() for address in addresses)


def ascii_domain(address: str) -> str:
    """`jo@bücher.example` as every server takes it: `jo@xn--bcher-kva.example`."""
    local, _, domain = address.rpartition("@")
    if domain.isascii():
        return address
    return f"{local}@{domain.encode('idna').decode()}"


def build(delivery: Delivery, settings: Settings, at: datetime) -> EmailMessage:
    recipients = (delivery.recipient, *delivery.cc)
    message = EmailMessage(policy=SMTPUTF8 if needs_utf8(*recipients) else SMTP)
    message["From"] = _address(settings.company_name, settings.mail_from)
    message["To"] = _address(delivery.recipient_name, delivery.recipient)
    if delivery.cc:
        message["Cc"] = [_address("", address) for address in delivery.cc]
    if settings.mail_reply_to:
        message["Reply-To"] = _address(settings.company_name, settings.mail_reply_to)
    message["Subject"] = one_line(delivery.subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = delivery.message_id
    message["Auto-Submitted"] = "auto-generated"  # keeps out-of-office answers away
    message.set_content(delivery.content.text)
    message.add_alternative(delivery.content.html, subtype="html")
    for attachment in delivery.attachments:
        maintype, _, subtype = attachment.media_type.partition("/")
        message.add_attachment(
            attachment.content, maintype=maintype, subtype=subtype, filename=safe_filename(attachment.filename)
        )
    return message


def _address(name: str, address: str) -> Address:
    local, _, domain = ascii_domain(address).rpartition("@")
    return Address(display_name=one_line(name), username=local, domain=domain)
