"""Settings report every mistake at once and never show a secret."""

import pytest

from common.config import ConfigError, Settings

GOOD = {
    "CATALOG_DATABASE_URL": "postgresql+psycopg://catalog:secret@localhost/catalog",
    "AMQP_URL": "amqp://evergreen:secret@localhost/",
    "IDENTITY_PUBLIC_KEY_FILE": "/keys/public.pem",
    "EVERGREEN_ENV": "test",
}


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch):
    for name in (*GOOD, "CATALOG_PORT", "DATABASE_POOL_SIZE", "AMQP_RETRY_DELAYS"):
        monkeypatch.delenv(name, raising=False)


def test_good_settings_load_frozen_and_keep_secrets_out_of_sight(monkeypatch):
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)

    settings = Settings.load("catalog")

    assert settings.api_port == 8000
    assert "secret" not in repr(settings)


def test_all_mistakes_are_named_in_one_go(monkeypatch):
    monkeypatch.setenv("CATALOG_PORT", "eighty")
    monkeypatch.setenv("EVERGREEN_ENV", "somewhere")
    monkeypatch.setenv("AMQP_RETRY_DELAYS", "soon")

    with pytest.raises(ConfigError) as error:
        Settings.load("catalog")

    for name in ("CATALOG_PORT", "EVERGREEN_ENV", "AMQP_RETRY_DELAYS", *list(GOOD)[:3]):
        assert name in str(error.value)
