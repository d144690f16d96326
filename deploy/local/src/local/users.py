"""Creates the demo users, one per role, through the gateway's CLI; RUN/env keeps their passwords."""

import json
import os
import secrets
import subprocess
import sys
import urllib.request
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from local import envfile, infra, services
from local.run_dir import REPOSITORY, RunDir

_DOMAIN = "evergreen.example"
STAFF = {
    "super_admin": "Sam Okafor",
    "admin": "Ada Lindqvist",
    "manager": "Maya Rosen",
    "billing": "Ben Achterberg",
    "technician": "Tomas Rivera",
}
CLIENTS = {"client_admin": "Carla Mendes", "client_user": "Chris Whitaker"}


class UserNotMade(RuntimeError):
    pass


def ensure_staff(run: RunDir) -> None:
    _ensure(run, STAFF)


def ensure_clients(run: RunDir) -> None:
    """Creates users of the first demo client; none if there is no client."""
    env = envfile.read(run.env)
    if _missing(env, CLIENTS) and (client_id := _first_client(env)):
        _ensure(run, CLIENTS, "--client-id", client_id)


def _missing(env: Mapping[str, str], people: Mapping[str, str]) -> list[str]:
    return [role for role in people if f"EVERGREEN_{role.upper()}_PASSWORD" not in env]


def _ensure(run: RunDir, people: Mapping[str, str], *options: str) -> None:
    missing = _missing(envfile.read(run.env), people)
    if not missing or "gateway" not in services.installed():
        return
    env = services.environment(run, infra.prepare(run), "gateway")
    logins = _planned(run, missing)
    with ThreadPoolExecutor(len(missing)) as pool:
        list(pool.map(lambda role: _create(env, role, people[role], logins, options), missing))
    envfile.write(run.env, envfile.read(run.env) | logins)
    _plan(run).unlink()


def _planned(run: RunDir, roles: Iterable[str]) -> dict[str, str]:
    """Returns logins written down before users are created, so that an interrupted start keeps their passwords."""
    logins = envfile.read(_plan(run))
    for role in roles:
        prefix = f"EVERGREEN_{role.upper()}"
        logins.setdefault(f"{prefix}_EMAIL", f"{role.replace('_', '.')}@{_DOMAIN}")
        logins.setdefault(f"{prefix}_PASSWORD", f"{secrets.token_urlsafe(12)}-7aZ")
    envfile.write(_plan(run), logins)
    return logins


def _plan(run: RunDir) -> Path:
    return run.state / "logins.planned"


def _create(env: Mapping[str, str], role: str, name: str, logins: Mapping[str, str], options: tuple[str, ...]) -> None:
    email, password = logins[f"EVERGREEN_{role.upper()}_EMAIL"], logins[f"EVERGREEN_{role.upper()}_PASSWORD"]
    command = [str(services.BIN / "gateway"), "users", "create", "--email", email, "--role", role, "--name", name]
    made = subprocess.run(
        [*command, "--password-stdin", "--if-missing", *options],
        check=False, input=password + "\n", text=True, capture_output=True, cwd=REPOSITORY, env=env,
    )  # fmt: skip
    if made.returncode != 0:
        raise UserNotMade(f"could not create the demo user {email}: {made.stderr.strip() or made.stdout.strip()}")


def _first_client(env: dict[str, str]) -> str | None:
    base = f"{env['EVERGREEN_URL']}/api/v1"
    login = {"email": env["EVERGREEN_ADMIN_EMAIL"], "password": env["EVERGREEN_ADMIN_PASSWORD"]}
    token = _call(f"{base}/auth/login", login)["access_token"]
    items = _call(f"{base}/clients?status=active&sort=name&page_size=1", token=token)["items"]
    return str(items[0]["id"]) if items else None


def _call(url: str, body: dict[str, Any] | None = None, token: str | None = None) -> Any:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(url, data, headers)  # noqa: S310 - the gateway on the loopback
    with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
        return json.load(response)


def seed_demo(run: RunDir, *, again: bool = False) -> None:
    """Fills a new system with the demo, once."""
    if again or is_empty(run):
        run_tool(run, "local.demo")
        _seeded(run).touch()


def is_empty(run: RunDir) -> bool:
    return not _seeded(run).exists()


def _seeded(run: RunDir) -> Path:
    return run.state / "demo.seeded"


def run_tool(run: RunDir, module: str, *arguments: str) -> None:
    """Runs a command-line tool against this system in the caller's terminal and folder."""
    env = os.environ | envfile.read(run.env)
    subprocess.run([sys.executable, "-m", module, *arguments], env=env, check=True)
