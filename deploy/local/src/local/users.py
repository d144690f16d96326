"""The demo users, one of each role: made once through the gateway's own CLI, their passwords kept in RUN/env."""

import importlib.util
import json
import os
import secrets
import subprocess
import sys
import urllib.request
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
    for role, name in STAFF.items():
        _ensure(run, role, name)


def ensure_clients(run: RunDir) -> None:
    """Users of the first demo client; none as long as there is no client."""
    env = envfile.read(run.env)
    missing = [role for role in CLIENTS if f"EVERGREEN_{role.upper()}_PASSWORD" not in env]
    client_id = _first_client(env) if missing else None
    if client_id:
        for role in missing:
            _ensure(run, role, CLIENTS[role], "--client-id", client_id)


def _ensure(run: RunDir, role: str, name: str, *options: str) -> None:
    prefix = f"EVERGREEN_{role.upper()}"
    env = envfile.read(run.env)
    if f"{prefix}_PASSWORD" in env or "gateway" not in services.installed():
        return
    email, password = f"{role.replace('_', '.')}@{_DOMAIN}", f"{secrets.token_urlsafe(12)}-7aZ"
    command = [str(services.BIN / "gateway"), "users", "create", "--email", email, "--role", role, "--name", name]
    prepared = infra.prepare(run)
    made = subprocess.run(
        [*command, "--password-stdin", *options],
        check=False, input=password + "\n", text=True, capture_output=True, cwd=REPOSITORY,
        env=services.environment(run, prepared, "gateway"),
    )  # fmt: skip
    if made.returncode != 0:
        raise UserNotMade(f"could not make the demo user {email}: {made.stderr.strip() or made.stdout.strip()}")
    envfile.write(run.env, envfile.read(run.env) | {f"{prefix}_EMAIL": email, f"{prefix}_PASSWORD": password})


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


def seed_demo(run: RunDir, *, again: bool = False) -> bool:
    """Fills a new system with a believable MSP, once; whether it did."""
    stamp = run.state / "demo.seeded"
    if (stamp.exists() and not again) or importlib.util.find_spec("local.demo.__main__") is None:
        return False
    run_tool(run, "local.demo")
    stamp.touch()
    return True


def run_tool(run: RunDir, module: str, *arguments: str) -> None:
    """Runs one of our own command-line tools against this system, in the caller's terminal and folder."""
    env = os.environ | envfile.read(run.env)
    subprocess.run([sys.executable, "-m", module, *arguments], env=env, check=True)
