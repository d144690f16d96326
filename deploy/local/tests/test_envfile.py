"""RUN/env is readable by its owner only, keeps its secrets and follows the ports."""

import pytest

from local import envfile, ports, services
from local.infra import Infra
from local.names import SERVICES


@pytest.fixture
def addresses():
    return {name: 9000 + offset for name, offset in ports.OFFSETS.items()}


def test_it_contains_the_keys_tools_need(run, addresses):
    values = envfile.refresh(run, addresses, ephemeral=False)
    assert values == envfile.read(run.env)
    for key in ("EVERGREEN_URL", "AMQP_URL", "SMTP_URL", "MAILBOX_URL", "IDENTITY_PUBLIC_KEY_FILE", "EVERGREEN_ENV"):
        assert values[key]
    for service in SERVICES:
        assert values[f"{service.upper()}_DATABASE_URL"].startswith(f"postgresql+psycopg://{service}:")
        assert values[f"{service.upper()}_URL"] == f"http://127.0.0.1:{values[f'{service.upper()}_PORT']}"


def test_only_its_owner_may_read_it(run, addresses):
    envfile.refresh(run, addresses, ephemeral=False)
    assert run.env.stat().st_mode & 0o777 == 0o600


def test_secrets_and_what_people_added_outlive_a_refresh_and_new_ports(run, addresses):
    before = envfile.refresh(run, addresses, ephemeral=False)
    envfile.write(run.env, before | {"LOG_LEVEL": "DEBUG", "MY_OWN": "1"})
    after = envfile.refresh(run, {name: port + 100 for name, port in addresses.items()}, ephemeral=False)
    assert after["POSTGRES_PASSWORD"] == before["POSTGRES_PASSWORD"]
    assert (after["LOG_LEVEL"], after["MY_OWN"]) == ("DEBUG", "1")
    assert after["AGREEMENTS_IMAP_URL"] == before["AGREEMENTS_IMAP_URL"].replace(":9046", ":9146")
    assert after["EVERGREEN_URL"] == "http://127.0.0.1:9100"


def test_a_mailbox_of_a_real_server_stays(run, addresses):
    before = envfile.refresh(run, addresses, ephemeral=False)
    real = "imaps://support:secret@imap.msp.example:993/INBOX"
    envfile.write(run.env, before | {"AGREEMENTS_IMAP_URL": real})

    assert envfile.refresh(run, addresses, ephemeral=False)["AGREEMENTS_IMAP_URL"] == real


def test_lines_that_are_no_settings_are_skipped(run):
    run.env.write_text("# a remark\n\nKEY=a=b\n")
    assert envfile.read(run.env) == {"KEY": "a=b"}


def test_a_service_sees_its_own_database_and_no_passwords_of_people(run, addresses, monkeypatch):
    monkeypatch.setenv("CATALOG_DATABASE_URL", "leaked from the shell")
    known = envfile.refresh(run, addresses, ephemeral=False)
    envfile.write(run.env, known | {"EVERGREEN_ADMIN_EMAIL": "a@example.com", "EVERGREEN_ADMIN_PASSWORD": "secret"})
    env = services.environment(run, Infra(envfile.read(run.env), addresses), "billing")
    assert env["BILLING_DATABASE_URL"] == known["BILLING_DATABASE_URL"]
    assert not [key for key in env if "DATABASE_" in key and not key.startswith("BILLING_")]
    assert not [key for key in env if "IMAP" in key]
    assert not {"POSTGRES_URL", "RABBITMQ_PASSWORD", "EVERGREEN_ADMIN_PASSWORD", "EVERGREEN_ADMIN_EMAIL"} & set(env)


def test_the_caller_may_tune_a_start(run, addresses, monkeypatch):
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    env = services.environment(run, Infra(envfile.refresh(run, addresses, ephemeral=False), addresses), "billing")
    assert env["LOG_LEVEL"] == "DEBUG"
