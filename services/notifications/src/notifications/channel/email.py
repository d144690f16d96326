"""Email over SMTP: one connection per portion; every server answer becomes an outcome."""

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.policy import EmailPolicy

from common import emails
from common.clock import now
from common.organisation import logo as logos
from common.organisation.settings import Organisation
from notifications.channel.contract import Permanent, Receipt, Temporary, Unreachable
from notifications.channel.message import build, needs_utf8
from notifications.config import Settings
from notifications.delivery.models import EMAIL, Delivery

CC_PATIENCE = 3
"""Attempts for which a temporarily refused CC delays the email; then it is sent without that CC."""
AUTHENTICATION_CODES = frozenset({530, 534, 535, 538})


class Email:
    name = EMAIL

    @contextmanager
    def open(self, settings: Settings) -> Iterator["Smtp"]:
        provider = Smtp(settings)
        try:
            yield provider
        finally:
            provider.close()


class Smtp:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._server = settings.smtp
        self._connection: smtplib.SMTP | None = None

    def send(self, delivery: Delivery, attached: Sequence[bytes], sender: Organisation) -> Receipt:
        connection = self._connected()
        left_out = self._unsuited(connection, delivery, sender)
        cc = [address for address in delivery.cc if address not in left_out]
        logo = logos.content(self._settings, sender.logo) if sender.logo else None
        message = _message(delivery, attached, cc, sender, logo)
        try:
            return self._transaction(connection, delivery, sender.mail_from, message, cc, left_out)
        except smtplib.SMTPResponseException as error:
            raise self._refusal(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Unreachable(f"The connection to the mail server was lost: {_described(error)}") from error

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(smtplib.SMTPException, OSError):
                connection.quit()
            connection.close()

    def _connected(self) -> smtplib.SMTP:
        """Returns a working connection, new if needed. Raises Unreachable."""
        if self._connection is not None:
            with suppress(smtplib.SMTPException, OSError):
                if self._connection.rset()[0] == 250:
                    return self._connection
            self.close()
        try:
            self._connection = self._connect()
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            # A refused password is not the email's fault, and the settings may be corrected.
            raise Unreachable(f"The mail server is not available: {_described(error)}") from error
        return self._connection

    def _connect(self) -> smtplib.SMTP:
        server, timeout = self._server, self._settings.smtp_timeout
        kind = smtplib.SMTP_SSL if server.tls else smtplib.SMTP
        connection = kind(server.host, server.port, timeout=timeout)
        self._connection = connection
        connection.ehlo_or_helo_if_needed()
        if server.starttls:
            connection.starttls(context=ssl.create_default_context())
            connection.ehlo()
        if server.user:
            connection.login(server.user, server.password or "")
        return connection

    def _unsuited(self, connection: smtplib.SMTP, delivery: Delivery, sender: Organisation) -> list[str]:
        """Returns CC addresses that need SMTPUTF8 if the server lacks it. Raises Permanent for others."""
        if connection.has_extn("smtputf8"):
            return []
        for address in filter(None, (delivery.recipient, sender.mail_from, sender.mail_reply_to)):
            if needs_utf8(address):
                raise Permanent(
                    f"{address} has letters beyond ASCII before the @, and the mail server does not offer SMTPUTF8."
                )
        return [address for address in delivery.cc if needs_utf8(address)]

    def _transaction(
        self,
        connection: smtplib.SMTP,
        delivery: Delivery,
        mail_from: str,
        message: EmailMessage,
        cc: Sequence[str],
        left_out: Sequence[str],
    ) -> Receipt:
        options: tuple[str, ...] = ()
        if isinstance(message.policy, EmailPolicy) and message.policy.utf8:
            options, connection.command_encoding = ("SMTPUTF8", "BODY=8BITMIME"), "utf-8"
        self._check(*connection.mail(emails.to_ascii(mail_from), options))
        self._check(*connection.rcpt(emails.to_ascii(delivery.recipient)))
        refused = [f"Cc {address} was left out: the mail server does not offer SMTPUTF8" for address in left_out]
        refused += self._copy_to(connection, delivery, cc)
        code, reply = connection.data(message.as_bytes())
        self._check(code, reply)
        return Receipt(_text(reply), "; ".join(refused) or None)

    def _copy_to(self, connection: smtplib.SMTP, delivery: Delivery, cc: Sequence[str]) -> list[str]:
        """Adds the CC addresses. Returns the refused ones, which must not stop the email to the recipient."""
        refused = []
        for address in cc:
            code, reply = connection.rcpt(emails.to_ascii(address))
            if code == 421 or (400 <= code < 500 and delivery.tries <= CC_PATIENCE):
                raise self._refusal(code, reply)
            if code >= 400:
                refused.append(f"Cc {address} was refused: {code} {_text(reply)}")
        return refused

    def _check(self, code: int, reply: bytes | str) -> None:
        if code >= 400 or code < 0:
            raise self._refusal(code, reply)

    def _refusal(self, code: int, reply: bytes | str) -> Exception:
        said = f"{code} {_text(reply)}"
        if code == 421 or code in AUTHENTICATION_CODES or code < 0:
            self.close()
            return Unreachable(f"The mail server said: {said}")
        if 500 <= code < 600:
            return Permanent(f"The mail server refused it: {said}")
        return Temporary(f"The mail server deferred it: {said}")


def _message(
    delivery: Delivery, attached: Sequence[bytes], cc: Sequence[str], sender: Organisation, logo: bytes | None
) -> EmailMessage:
    try:
        return build(delivery, attached, cc, sender, now(), logo)
    except (ValueError, UnicodeError, LookupError) as error:
        raise Permanent(f"The email could not be built: {error}") from error


def _described(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return str(error) or type(error).__name__


def _text(reply: bytes | str) -> str:
    return (reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply).replace("\n", " ").strip()[:500]
