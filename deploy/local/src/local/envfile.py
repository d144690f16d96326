"""RUN/env: KEY=VALUE lines for every process and tool. Values contain no spaces and need no quotes."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from local.names import SERVICE_DESK, SERVICES
from local.run_dir import RunDir


def read(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text().splitlines()
    except FileNotFoundError:
        return {}
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def write(path: Path, values: Mapping[str, str]) -> None:
    """Replaces the file atomically, readable by its owner only."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(f"{key}={value}\n" for key, value in values.items())
    fresh.replace(path)


def refresh(run: RunDir, ports: Mapping[str, int], *, ephemeral: bool) -> dict[str, str]:
    """Updates RUN/env: addresses follow the ports; existing secrets and keys added by hand stay."""
    known = read(run.env)
    values = (
        known
        | _addresses(run, ports, known)
        | {key: known.get(key, value) for key, value in _defaults(ephemeral).items()}
    )
    if values != known:
        write(run.env, values)
    return values


def _defaults(ephemeral: bool) -> dict[str, str]:
    return {
        "EVERGREEN_ENV": "test" if ephemeral else "development",
        "LOG_LEVEL": "INFO",
        "BIND_HOST": "127.0.0.1",
        "API_THREADS": "8",
        "API_RATE_LIMIT": "60000/minute",
    }


def _addresses(run: RunDir, ports: Mapping[str, int], known: Mapping[str, str]) -> dict[str, str]:
    def secret(key: str) -> str:
        return known.get(key) or secrets.token_hex(16)

    mail = secret("SERVICE_DESK_PASSWORD")
    desk = f"imap://{quote(SERVICE_DESK)}:{mail}@127.0.0.1:{ports['imap']}/INBOX"
    own = known.get("AGREEMENTS_IMAP_URL", desk)
    admin, broker = secret("POSTGRES_PASSWORD"), secret("RABBITMQ_PASSWORD")
    postgres = f"127.0.0.1:{ports['postgres']}"
    values = {
        "EVERGREEN_URL": f"http://127.0.0.1:{ports['gateway-api']}",
        "AMQP_URL": f"amqp://evergreen:{broker}@127.0.0.1:{ports['rabbitmq']}/",
        "SMTP_URL": f"smtp://127.0.0.1:{ports['smtp']}",
        "SERVICE_DESK_IMAP_URL": desk,
        "AGREEMENTS_IMAP_URL": desk if "@127.0.0.1:" in own else own,
        "MAILBOX_URL": f"http://127.0.0.1:{ports['mailbox']}",
        "IDENTITY_PRIVATE_KEY_FILE": str(run.identity / "private.pem"),
        "IDENTITY_PUBLIC_KEY_FILE": str(run.identity / "public.pem"),
        "LINK_KEY": secret("LINK_KEY"),
        "BLOB_STORE_URL": known.get("BLOB_STORE_URL") or run.files.as_uri(),
        "POSTGRES_URL": f"postgresql://evergreen:{admin}@{postgres}/postgres",
        "POSTGRES_PASSWORD": admin,
        "SERVICE_DESK_PASSWORD": mail,
        "RABBITMQ_PASSWORD": broker,
        "RABBITMQCTL_ENV_FILE": str(run.rabbitmq / "ctl.env"),
    }
    for service in SERVICES:
        prefix = service.upper()
        password = secret(f"{prefix}_DATABASE_PASSWORD")
        values |= {
            f"{prefix}_DATABASE_URL": f"postgresql+psycopg://{service}:{password}@{postgres}/{service}",
            f"{prefix}_DATABASE_PASSWORD": password,
            f"{prefix}_PORT": str(ports[f"{service}-api"]),
            f"{prefix}_WORKER_PORT": str(ports[f"{service}-worker"]),
            f"{prefix}_URL": f"http://127.0.0.1:{ports[f'{service}-api']}",
        }
    return values
