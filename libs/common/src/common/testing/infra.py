"""The PostgreSQL and RabbitMQ that tests use: those named in the environment, else private ones started on the spot."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from psycopg import sql
from sqlalchemy.engine import make_url


@dataclass(frozen=True)
class Infra:
    postgres_url: str
    """Superuser URL to the `postgres` database."""
    amqp_url: str
    private_key: Path
    public_key: Path

    def create_database(self, name: str) -> str:
        """An empty database of that name, replacing one left behind; gives its URL."""
        url = make_url(self.postgres_url)
        plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return url.set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)


def from_environment() -> Infra:
    """Raises KeyError naming what is missing; `make test` and `python -m local infra-up --ephemeral` set it all."""
    folder = Path(tempfile.mkdtemp(prefix="evergreen-keys-"))
    private, public = folder / "private.pem", folder / "public.pem"
    key = Ed25519PrivateKey.generate()
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return Infra(os.environ["TEST_POSTGRES_URL"], os.environ["TEST_AMQP_URL"], private, public)


def environment(infra: Infra, service: str, database_url: str) -> dict[str, str]:
    """What `Settings.load` needs for one service under test."""
    return {
        "EVERGREEN_ENV": "test",
        f"{service.upper()}_DATABASE_URL": database_url,
        "AMQP_URL": infra.amqp_url,
        "IDENTITY_PRIVATE_KEY_FILE": str(infra.private_key),
        "IDENTITY_PUBLIC_KEY_FILE": str(infra.public_key),
        "EVERGREEN_TIME_ZONE": "America/New_York",
        "EVERGREEN_CURRENCY": "USD",
        "LOG_LEVEL": "WARNING",
    }
