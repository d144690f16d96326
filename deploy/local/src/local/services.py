"""Commands and readiness checks of each service's processes and the mailbox."""

import hashlib
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from local import fingerprint, launcher, processes, web
from local.infra import Infra
from local.names import LAUNCHER, MAILBOX, SERVICES, api, worker
from local.processes import ProcessDied, Spec
from local.run_dir import REPOSITORY, RunDir

API_MARK = "EVERGREEN_PROCESS"
"""Tells `<service> api` that its metrics folder is set, so that it need not start itself anew."""
BIN = Path(sys.executable).parent
# The only variables of the caller's shell that processes get.
_PASSED = (
    "HOME", "LANG", "LC_", "TZ", "TMPDIR", "LD_PRELOAD", "FAKETIME", "PYTHON", "COVERAGE_", "OTEL_",
    "API_", "AMQP_", "DATABASE_", "LOG_LEVEL", "EVERGREEN_FAULT",
)  # fmt: skip
_THRIFTY = {"MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "131072"}
"""Of glibc: few threads allocate at once here, and memory that is free again goes back."""
_SECRETS_OF_OTHERS = ("POSTGRES_", "RABBITMQ", "SERVICE_DESK_")
_RESTARTS_WHEN_CHANGED = (
    "API_", "AMQP_", "DATABASE_", "EVERGREEN_", "SMTP_", "LOG_LEVEL", "FAKETIME", *(name.upper() for name in SERVICES),
)  # fmt: skip


def installed() -> tuple[str, ...]:
    """Returns the services with a command line."""
    return tuple(name for name in SERVICES if (source_of(name) / "cli.py").exists())


def source_of(service: str) -> Path:
    return REPOSITORY / "services" / service / "src" / service


def specs(run: RunDir, infra: Infra, services: tuple[str, ...]) -> dict[str, Spec]:
    """Returns the processes by name, the mailbox included."""
    found = {MAILBOX: mailbox(run, infra)}
    for service in services:
        for kind, make in ((api(service), _api), (worker(service), _worker)):
            found[kind] = make(run, infra, service)
    return found


def code_of(service: str) -> str:
    home = REPOSITORY / "services" / service
    return fingerprint.of_files(
        (REPOSITORY / "libs/common/src", REPOSITORY / "requirements/run.txt", home / "src", home / "migrations")
    )


def environment(run: RunDir, infra: Infra, service: str | None = None) -> dict[str, str]:
    """Returns RUN/env without other services' settings, such as their database passwords."""
    others = [name.upper() for name in SERVICES if name != service]
    foreign = tuple(f"{name}_{kind}" for name in others for kind in ("DATABASE_", "IMAP_"))
    values = {
        key: value
        for key, value in infra.env.items()
        if not key.startswith((*_SECRETS_OF_OTHERS, *foreign))
        and not re.fullmatch("EVERGREEN_.*_(EMAIL|PASSWORD)", key)
    }
    passed = {key: value for key, value in os.environ.items() if key.startswith(_PASSED) and key not in values}
    tuned = {key: os.environ[key] for key in ("LOG_LEVEL", "API_THREADS", "API_WORKERS") if key in os.environ}
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"
    return (
        passed | values | tuned | _THRIFTY | {"PATH": path, "PYTHONUNBUFFERED": "1", "EVERGREEN_RUN_DIR": str(run.path)}
    )


def _api(run: RunDir, infra: Infra, service: str) -> Spec:
    name = api(service)
    metrics = run.path / "metrics" / name
    metrics.mkdir(parents=True, exist_ok=True)
    env = {"API_WORKERS": "2" if service == "gateway" else "1", "PROMETHEUS_MULTIPROC_DIR": str(metrics)}
    env[API_MARK] = "api"
    env |= environment(run, infra, service)
    extra = web.built() if service == "gateway" else ""
    return _spec(name, [str(BIN / service), "api"], env, infra.ports[name], code_of(service) + extra, stop_within=35)


def _worker(run: RunDir, infra: Infra, service: str) -> Spec:
    name = worker(service)
    env = environment(run, infra, service)
    return _spec(name, [str(BIN / service), "worker"], env, infra.ports[name], code_of(service))


def mailbox(run: RunDir, infra: Infra) -> Spec:
    folder = Path(__file__).parent / "mailbox"
    command = [sys.executable, "-m", "local.mailbox", "--folder", str(run.mailbox)]
    command += ["--smtp-port", str(infra.ports["smtp"]), "--http-port", str(infra.ports["mailbox"])]
    env = environment(run, infra) | {"SERVICE_DESK_IMAP_URL": infra.env["SERVICE_DESK_IMAP_URL"]}
    return _spec(MAILBOX, command, env, infra.ports["mailbox"], fingerprint.of_files([folder]))


def launcher_spec(run: RunDir) -> Spec:
    """Returns the process that the others are forked from; new libraries or a new `common` need a new one."""
    path = launcher.socket_of(run.path)
    sources = (REPOSITORY / "libs/common/src", REPOSITORY / "requirements/run.txt", Path(launcher.__file__))
    code = fingerprint.of_files(sources)
    passed = {key: value for key, value in os.environ.items() if key.startswith(_PASSED)}
    return Spec(
        name=LAUNCHER,
        command=[sys.executable, "-P", "-m", "local.launcher", str(path)],
        env=passed | {"PATH": os.environ.get("PATH", ""), **_THRIFTY},
        ready=lambda: launcher.answers(path),
        cwd=REPOSITORY,
        fingerprint=hashlib.sha256(f"{path} {code}".encode()).hexdigest(),
    )


def _spec(
    name: str, command: list[str], env: Mapping[str, str], port: int, code: str, *, stop_within: float = 30
) -> Spec:
    settings = sorted((key, value) for key, value in env.items() if key.startswith(_RESTARTS_WHEN_CHANGED))
    return Spec(
        name=name,
        command=command,
        env=env,
        ready=lambda: answers(f"http://127.0.0.1:{port}/readyz"),
        cwd=REPOSITORY,
        stop_within=stop_within,
        ready_within=180,
        python=True,
        fingerprint=hashlib.sha256(f"{code} {settings} {command}".encode()).hexdigest(),
    )


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=3) as response:  # noqa: S310 - always http on the loopback
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def migrate(run: RunDir, infra: Infra, service: str) -> None:
    """Migrates the service's database, unless the same code did so last."""
    stamp, code = run.state / f"{service}.migrated", code_of(service)
    if stamp.exists() and stamp.read_text() == code:
        return
    with processes.log_of(run, f"{service}-migrate").open("ab") as log:
        command = [str(BIN / service), "migrate"]
        env = environment(run, infra, service)
        finished = subprocess.run(
            command, check=False, env=env, cwd=REPOSITORY, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
    if finished.returncode != 0:
        end = "\n".join(f"    {line}" for line in processes.tail(processes.log_of(run, f"{service}-migrate"), 25))
        raise ProcessDied(f"`{service} migrate` failed:\n{end}")
    stamp.write_text(code)
