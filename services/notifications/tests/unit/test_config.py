"""The mail server's setting."""

import pytest

from common.config import ConfigError
from notifications.config import Settings, SmtpServer, web_address


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", SmtpServer("mail.example", 25)),
        ("smtp://127.0.0.1:2525", SmtpServer("127.0.0.1", 2525)),
        ("smtp://mail.straße.example", SmtpServer("mail.xn--strae-oqa.example", 25)),
        ("smtps://mail.example", SmtpServer("mail.example", 465, tls=True)),
        (
            "smtp://ann%40x.example:p%2Fw@mail.example:587?starttls=true",
            SmtpServer("mail.example", 587, starttls=True, user="ann@x.example", password="p/w"),
        ),
    ],
)
def test_an_address_of_a_mail_server(url, expected):
    assert SmtpServer.parse(url) == expected


@pytest.mark.parametrize(
    "url", ["mail.example:25", "http://mail.example", "smtp://", "smtp://h:port", "smtp://h?tls=1"]
)
def test_an_invalid_mail_server_is_refused(url):
    with pytest.raises(ValueError, match=r"."):
        SmtpServer.parse(url)


def test_all_invalid_settings_are_listed_without_passwords(monkeypatch):
    monkeypatch.setenv("SMTP_URL", "ftp://ann:secret@mail.example")
    monkeypatch.setenv("SMTP_TIMEOUT_SECONDS", "never")
    monkeypatch.delenv("AMQP_URL", raising=False)

    with pytest.raises(ConfigError) as caught:
        Settings.load("notifications")

    assert all(name in str(caught.value) for name in ("SMTP_URL", "SMTP_TIMEOUT_SECONDS", "AMQP_URL"))
    assert "secret" not in str(caught.value)


def test_a_password_does_not_show():
    assert "secret" not in repr(SmtpServer.parse("smtp://ann:secret@mail.example"))


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://büro.straße.example:8443/app", "https://xn--bro-hoa.xn--strae-oqa.example:8443/app"),
        ("https://evergreen.example", "https://evergreen.example"),
    ],
)
def test_links_name_the_host_as_every_mail_program_knows_it(url, linked):
    assert web_address(url) == linked
