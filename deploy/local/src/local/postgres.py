"""A private PostgreSQL with its own data directory and port. Under root it runs as `postgres`."""

import hashlib
import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg import sql

from local import processes
from local.names import SERVICES
from local.processes import Spec
from local.run_dir import RunDir

_OS_USER = "postgres"
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "300",
    "shared_buffers": "48MB",
    "max_wal_size": "1GB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "log_min_messages": "warning",
    "log_error_verbosity": "terse",  # DETAIL would quote the row
    "log_line_prefix": "%m %a@%d ",
}
# Test data must survive kill -9 but not a power failure, so commits stay synchronous.
_THROWAWAY = {"fsync": "off", "full_page_writes": "off"}


class PostgresMissing(RuntimeError):
    pass


def program(name: str) -> str:
    """Returns a server program, which Debian keeps out of PATH; the newest version wins."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    path = str(found[-1]) if found else shutil.which(name)
    if path is None:
        raise PostgresMissing(f"PostgreSQL's {name} is not installed; `make setup` installs it")
    return path


def os_user() -> str | None:
    return _OS_USER if os.getuid() == 0 else None


def spec(run: RunDir, env: Mapping[str, str], port: int, *, ephemeral: bool) -> Spec:
    settings = _SETTINGS | (_THROWAWAY if ephemeral else {})
    options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    data = str(run.postgres.resolve() / "data")
    return Spec(
        name="postgres",
        command=[program("postgres"), "-D", data, "-p", str(port), *options],
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"},
        ready=lambda: _answers(env["POSTGRES_URL"]),
        cwd=Path("/"),
        user=os_user(),
        stop_signal=signal.SIGINT,
    )


def start(run: RunDir, env: Mapping[str, str], port: int, *, ephemeral: bool) -> None:
    """Creates the cluster if missing, starts it and creates every service's database."""
    if not (run.postgres / "data" / "PG_VERSION").exists():
        _make_cluster(run, env["POSTGRES_PASSWORD"])
    _forget_dead_postmaster(run)
    _start(run, spec(run, env, port, ephemeral=ephemeral))
    ensure_databases(env)


def _start(run: RunDir, server: Spec, tries: int = 20) -> None:
    """Starts the server. Retries, because after a kill -9 old backends need a moment to end."""
    for attempt in range(1, tries + 1):
        processes.start(run, server)
        try:
            processes.wait_ready(run, [server])
        except processes.ProcessDied as death:
            if "pre-existing shared memory block" not in str(death) or attempt == tries:
                raise
            processes.wait_until(lambda: False, 0.5)
        else:
            return


def _make_cluster(run: RunDir, password: str) -> None:
    home = _home(run)
    shutil.rmtree(home / "data.new", ignore_errors=True)
    password_file = home / "password"
    password_file.touch(mode=0o600)
    password_file.write_text(password)
    if os_user():
        shutil.chown(password_file, _OS_USER, _OS_USER)
    command = [
        program("initdb"), "--pgdata", str(home / "data.new"), "--username", "evergreen",
        "--pwfile", str(password_file), "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8",
        "--locale-provider", "icu", "--icu-locale", "en-US", "--no-sync",
    ]  # fmt: skip
    with processes.log_of(run, "postgres").open("ab") as log:
        subprocess.run(
            command, check=True, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
            user=os_user(), group=os_user(), extra_groups=() if os_user() else None,
        )  # fmt: skip
    password_file.unlink()
    # Renamed only when complete, so that an interrupted initdb is repeated.
    (home / "data.new").rename(home / "data")


def _home(run: RunDir) -> Path:
    """Returns RUN/postgres, or its target in /var/tmp if the database user cannot reach RUN."""
    if run.postgres.exists():
        return run.postgres.resolve()
    target = run.postgres
    if os_user() and not all(_passable(parent) for parent in run.postgres.parents):
        digest = hashlib.sha256(str(run.path).encode()).hexdigest()[:12]
        target = Path("/var/tmp") / f"evergreen-postgres-{digest}"  # noqa: S108 - 0700 and owned by the database's user
        run.postgres.unlink(missing_ok=True)
        run.postgres.symlink_to(target)
        shutil.rmtree(target, ignore_errors=True)
    target.mkdir(mode=0o700)
    if os_user():
        shutil.chown(target, _OS_USER, _OS_USER)
    return target


def _passable(folder: Path) -> bool:
    status = folder.stat()
    return bool(status.st_mode & 0o001) or (status.st_uid == pwd.getpwnam(_OS_USER).pw_uid)


def remove(run: RunDir) -> None:
    """Deletes the data at its real location."""
    if run.postgres.is_symlink():
        shutil.rmtree(run.postgres.resolve(), ignore_errors=True)
        run.postgres.unlink()
    shutil.rmtree(run.postgres, ignore_errors=True)


def _forget_dead_postmaster(run: RunDir) -> None:
    """Removes a lock file of a dead server, whose pid may be a zombie's or another process's.

    Backends that briefly outlive a killed server are still found by their shared memory.
    """
    lock = run.postgres / "data" / "postmaster.pid"
    if processes.pid_of(run, "postgres") is not None or not lock.exists():
        return
    try:
        pid = int(lock.read_text().split()[0])
    except (ValueError, IndexError):
        return
    if not processes.is_alive(pid, "postgres"):
        lock.unlink()


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def ensure_databases(env: Mapping[str, str]) -> None:
    """Creates one role and one database per service; no other role may connect."""
    with psycopg.connect(env["POSTGRES_URL"], autocommit=True) as connection:
        roles = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        databases = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
        for service in SERVICES:
            name = sql.Identifier(service)
            if service not in roles:
                password = sql.Literal(env[f"{service.upper()}_DATABASE_PASSWORD"])
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(name, password))
            if service not in databases:
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, name))
                connection.execute(sql.SQL("REVOKE CONNECT ON DATABASE {} FROM PUBLIC").format(name))
