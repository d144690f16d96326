"""The PostgreSQL and RabbitMQ of tests, from the environment."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
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
    """The superuser's URL of the `postgres` database."""
    amqp_url: str
    private_key: Path
    public_key: Path

    def create_database(self, name: str, template: str = "template1") -> str:
        """Creates the database, replacing one left behind, and returns its URL; it starts as a copy of `template`."""
        with psycopg.connect(self._url("postgres", "postgresql"), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            connection.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
        return self._url(name)

    @contextmanager
    def template(self, name: str) -> Iterator[str | None]:
        """Yields the URL of a new database to fill, or None where another test process has made that template.

        It gets its name when the block ends, so a template is always whole; a second process waits until then.
        """
        unfinished = f"{name}_unfinished"
        with psycopg.connect(self._url("postgres", "postgresql"), autocommit=True) as connection:
            connection.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", (name,))
            made = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
            yield None if made else self.create_database(unfinished)
            if not made:
                rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
                connection.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(name)))

    def _url(self, database: str, driver: str = "postgresql+psycopg") -> str:
        url = make_url(self.postgres_url).set(drivername=driver, database=database)
        return url.render_as_string(hide_password=False)


def from_environment() -> Infra:
    """Returns the infrastructure named in the environment; raises KeyError for a missing variable.

    `make test` and `python -m local infra-up --ephemeral` set the variables.
    """
    folder = Path(tempfile.mkdtemp(prefix="evergreen-keys-"))
    private, public = folder / "private.pem", folder / "public.pem"
    key = Ed25519PrivateKey.generate()
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return Infra(os.environ["TEST_POSTGRES_URL"], os.environ["TEST_AMQP_URL"], private, public)


def environment(infra: Infra, service: str, database_url: str) -> dict[str, str]:
    """Returns the environment that `Settings.load` needs for a service under test."""
    return {
        "EVERGREEN_ENV": "test",
        f"{service.upper()}_DATABASE_URL": database_url,
        "AMQP_URL": infra.amqp_url,
        "IDENTITY_PRIVATE_KEY_FILE": str(infra.private_key),
        "IDENTITY_PUBLIC_KEY_FILE": str(infra.public_key),
        "BLOB_STORE_URL": f"file://{infra.private_key.parent}/files",
        "LINK_KEY": "a key of tests that is long enough",
        "LOG_LEVEL": "WARNING",
    }
