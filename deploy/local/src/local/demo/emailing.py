"""Emails to the demo's service desk: a request of a contact, an answer to an order, and one of a stranger."""

import smtplib
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import urlsplit

from local.api import Api
from local.names import SERVICE_DESK


def send(api: Api, smtp_url: str) -> None:
    """Sends them to the mailbox, from which the service makes work orders within a minute."""
    waiting = next(iter(api.items("/work-orders", status="waiting_client", sort="-number")), None)
    contact = _contact(api, waiting["client_id"] if waiting else None)
    parts = urlsplit(smtp_url)
    with smtplib.SMTP(parts.hostname or "", parts.port or 25) as smtp:
        smtp.send_message(_email(contact, "Scanner prints blank pages", "Since this morning. Ann at the front desk."))
        if waiting:
            subject = f"Re: [{waiting['number']}] {waiting['subject']}"
            smtp.send_message(_email(contact, subject, "Please do it on Friday after 5 pm."))
        smtp.send_message(_email("jo@newcomer.example", "Do you take new clients?", "We are 12 and need your help."))


def _contact(api: Api, client_id: str | None) -> str:
    """Returns the address of a contact of the client, or of any."""
    filters = {"client_id": client_id} if client_id else {}
    return next(str(contact["email"]) for contact in api.items("/contacts", **filters) if contact["email"])


def _email(sender: str, subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, SERVICE_DESK, subject
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="demo.example")
    message.set_content(text)
    return message
