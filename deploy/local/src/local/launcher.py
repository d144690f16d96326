"""Forks this system's Python processes from one that has imported what they share, so that they share its memory.

    python -P -m local.launcher SOCKET

Each request is a line of JSON with the command, environment, folder and log of a process; the answer is its pid. The
process is what starting the command anew would make: a session of its own, its own environment and log, and
the services' code as it is on disk, because only libraries and `common` are imported here, and a change of them
starts another launcher.
"""

import gc
import hashlib
import importlib
import json
import os
import runpy
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

# Without prometheus_client, which decides at its import where a process keeps its figures.
LIBRARIES = (
    "aio_pika", "alembic.command", "argon2", "asyncio", "babel.dates", "babel.numbers", "click", "concurrent.futures",
    "cryptography.hazmat.primitives.serialization", "dateutil.relativedelta", "email_validator", "environs", "flask",
    "flask_limiter", "flask_smorest", "gunicorn.app.wsgiapp", "gunicorn.workers.gthread", "idna", "jinja2", "jwt",
    "marshmallow", "orjson", "procrastinate", "psycopg", "sqlalchemy.dialects.postgresql.psycopg", "sqlalchemy.orm",
    "structlog", "urllib3", "uuid_utils", "werkzeug.serving", "yarl", "zoneinfo",
)  # fmt: skip
COMMON = (
    "common.asyncapi", "common.bulk", "common.csvfiles", "common.http.files", "common.http.routes", "common.jobs",
    "common.merges", "common.messaging.cli", "common.migrations", "common.organisation.replica", "common.planning",
    "common.pricing", "common.replicas", "common.republishing", "common.streaming", "common.successors",
)  # fmt: skip
"""Of Evergreen's own library what does not import prometheus_client, with all that these import."""
_LONGEST_REQUEST = 1024 * 1024
_READ_AT_START = ("LD_PRELOAD", "PYTHON", "COVERAGE_", "FAKETIME", "MALLOC_")
"""Variables that count only when a program starts, so a process with other values than ours is not forked here."""
_SET_LATER = frozenset({"PYTHONUNBUFFERED"})


def socket_of(run: Path) -> Path:
    """Returns the socket's place. Not below RUN, whose path may be too long for a socket."""
    digest = hashlib.sha256(str(run).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"evergreen-launcher-{os.getuid()}-{digest}.sock"


def answers(path: Path) -> bool:
    try:
        _connect(path).close()
    except OSError:
        return False
    return True


def fork(path: Path, command: Sequence[str], env: Mapping[str, str], cwd: Path, log: Path) -> int | None:
    """Returns the pid of the new process; None if no launcher runs, or it runs with other variables of that kind."""
    request = {"command": list(command), "env": dict(env), "cwd": str(cwd), "log": str(log)}
    try:
        with _connect(path) as connection:
            connection.sendall(json.dumps(request).encode() + b"\n")
            return int(connection.makefile("rb").readline()) or None
    except (OSError, ValueError):
        return None


def _connect(path: Path) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(30)
    try:
        connection.connect(str(path))
    except OSError:
        connection.close()
        raise
    return connection


def _serve(path: Path) -> dict[str, Any]:
    """Forks a process for each request. Returns the request, in the new process only."""
    signal.signal(signal.SIGCHLD, _reap)
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as listener:
        before = os.umask(0o177)
        listener.bind(str(path))
        os.umask(before)
        listener.listen(32)
        while True:
            connection, _ = listener.accept()
            with connection, suppress(OSError, ValueError):
                line = connection.makefile("rb").readline(_LONGEST_REQUEST)
                if not line:
                    continue
                request: dict[str, Any] = json.loads(line)
                pid = os.fork() if _read_at_start(request["env"]) == _read_at_start(os.environ) else -1
                if pid == 0:
                    return request
                connection.sendall(b"%d\n" % max(pid, 0))


def _read_at_start(env: Mapping[str, str]) -> dict[str, str]:
    return {key: env[key] for key in env if key.startswith(_READ_AT_START) and key not in _SET_LATER}


def _reap(*_: object) -> None:
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _become(request: dict[str, Any]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    time.tzset()
    log = os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(source, target)
        os.set_inheritable(target, True)
    os.close(log)
    os.close(nothing)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(write_through=True)  # type: ignore[union-attr]


def _run(command: list[str]) -> None:
    """Runs a console script, or `python -m MODULE`."""
    if command[1] == "-m":
        sys.argv = command[2:]
        _name(command[2])
        runpy.run_module(command[2], run_name="__main__", alter_sys=True)
    else:
        sys.argv = command
        _name("-".join([Path(command[0]).name, *command[1:2]]))
        runpy.run_path(command[0], run_name="__main__")


def _name(name: str) -> None:
    """Sets the name that `ps` and `top` show."""
    with suppress(OSError):
        Path("/proc/self/comm").write_text(name[:15])


def main() -> None:
    for library in (*LIBRARIES, *COMMON):
        importlib.import_module(library)
    gc.collect()
    gc.freeze()  # so that collections in the processes do not write to shared pages
    request = _serve(Path(sys.argv[1]))
    _become(request)
    _run(request["command"])


if __name__ == "__main__":
    main()
