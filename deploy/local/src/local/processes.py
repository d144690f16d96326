"""Starts and stops processes by pid file; signals only processes that this system started."""

import json
import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local import launcher
from local.run_dir import RunDir

_LOG_LIMIT = 32 * 1024 * 1024
_POLL = 0.05


class ProcessDied(RuntimeError):
    """Raised if a process ended or was not ready in time; the message has the end of its log."""


@dataclass(frozen=True)
class Spec:
    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    ready: Callable[[], bool]
    cwd: Path
    user: str | None = None
    stop_signal: int = signal.SIGTERM
    stop_within: float = 20
    ready_within: float = 120
    python: bool = False
    """Whether the launcher may fork it: a console script, or `python -m`."""
    fingerprint: str = ""
    """Changes with the code the process was started from."""


def start(run: RunDir, spec: Spec) -> int:
    """Starts the process in its own session, unless it runs already. Returns its pid."""
    running = pid_of(run, spec.name)
    if running is not None:
        return running
    _clear_orphans(run, spec.name)
    log_path = log_of(run, spec.name)
    if log_path.exists() and log_path.stat().st_size > _LOG_LIMIT:
        log_path.replace(log_path.with_suffix(".log.1"))
    pid = (
        launcher.fork(launcher.socket_of(run.path), spec.command, spec.env, spec.cwd, log_path) if spec.python else None
    )
    if pid is None:
        pid = _spawn(spec, log_path)
    _remember(run, spec, pid)
    return pid


def _spawn(spec: Spec, log_path: Path) -> int:
    with log_path.open("ab") as log:
        process = subprocess.Popen(
            spec.command,
            env=dict(spec.env),
            cwd=spec.cwd,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            user=spec.user,
            group=spec.user,
            extra_groups=() if spec.user else None,
        )
    # The process outlives this command, and `pid_of` reaps it meanwhile, so Popen must not warn.
    process.returncode = 0
    return process.pid


def _remember(run: RunDir, spec: Spec, pid: int) -> None:
    record = {
        "pid": pid,
        "started": _start_ticks(pid),
        "fingerprint": spec.fingerprint,
        "stop_signal": spec.stop_signal,
        "stop_within": spec.stop_within,
    }
    (run.state / f"{spec.name}.json").write_text(json.dumps(record))
    (run.pids / f"{spec.name}.pid").write_text(f"{pid}\n")


def record_of(run: RunDir, name: str) -> dict[str, Any]:
    try:
        record = json.loads((run.state / f"{name}.json").read_text())
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def pid_of(run: RunDir, name: str) -> int | None:
    """Returns the pid if the process is alive and has the recorded start time, which a reused pid has not."""
    record = record_of(run, name)
    pid, started = record.get("pid"), record.get("started")
    if not isinstance(pid, int):
        return None
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    return pid if started is not None and _start_ticks(pid) == started else None


def _start_ticks(pid: int) -> int | None:
    """Returns the start time in ticks since boot, or None if the process is gone or a zombie."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else int(fields[19])


def is_alive(pid: int, program: str) -> bool:
    """Returns whether a process with that pid runs that program and is not a zombie."""
    try:
        return _start_ticks(pid) is not None and Path(f"/proc/{pid}/comm").read_text().strip() == program
    except OSError:
        return False


def stop(run: RunDir, name: str) -> bool:
    """Asks the process to end, waits, then kills its group. Returns whether it was running."""
    pid, record = pid_of(run, name), record_of(run, name)
    if pid is not None:
        with suppress(ProcessLookupError):
            os.kill(pid, record.get("stop_signal", signal.SIGTERM))
        if not wait_until(lambda: pid_of(run, name) is None, record.get("stop_within", 20)):
            _kill_group(pid)
            wait_until(lambda: pid_of(run, name) is None, 5)
        elif _group_is_alive(pid):
            _kill_group(pid)
    for leftover in (run.pids / f"{name}.pid", run.state / f"{name}.json"):
        leftover.unlink(missing_ok=True)
    return pid is not None


def kill(run: RunDir, name: str, *, group: bool = False) -> None:
    """Sends SIGKILL to the process, or also to its children, like a crash; the pid file stays."""
    pid = pid_of(run, name)
    if pid is not None:
        _kill_group(pid) if group else os.kill(pid, signal.SIGKILL)
        wait_until(lambda: pid_of(run, name) is None, 10)


def _clear_orphans(run: RunDir, name: str) -> None:
    """Ends children of a killed process, because gunicorn's workers keep its port for a while."""
    pid = record_of(run, name).get("pid")
    if name.endswith("-api") and isinstance(pid, int) and _group_is_alive(pid):
        _kill_group(pid)
        wait_until(lambda: not _group_is_alive(pid), 5)


def _kill_group(pid: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _group_is_alive(group: int) -> bool:
    """Returns whether the session has a member left; until then the kernel does not reuse its id."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError, IndexError):
            fields = stat.read_text().rpartition(")")[2].split()
            if fields[0] not in "ZX" and int(fields[2]) == group and int(fields[3]) == group:
                return True
    return False


def wait_until(condition: Callable[[], bool], within: float) -> bool:
    deadline = time.monotonic() + within
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL)
    return True


def wait_ready(run: RunDir, specs: Sequence[Spec], on_ready: Callable[[Spec], None] = lambda _: None) -> None:
    """Returns when all processes are ready. Raises ProcessDied if one ends or is late."""
    began = time.monotonic()
    waiting = list(specs)
    while waiting:
        for spec in list(waiting):
            if pid_of(run, spec.name) is None:
                raise ProcessDied(_obituary(run, spec.name, "ended while starting"))
            if spec.ready():
                waiting.remove(spec)
                on_ready(spec)
            elif time.monotonic() - began > spec.ready_within:
                raise ProcessDied(_obituary(run, spec.name, f"was not ready after {spec.ready_within:.0f} s"))
        if waiting:
            time.sleep(_POLL)


def _obituary(run: RunDir, name: str, what: str) -> str:
    lines = "\n".join(f"    {line}" for line in tail(log_of(run, name), 25))
    return f"{name} {what}. The end of {log_of(run, name)}:\n{lines}"


def log_of(run: RunDir, name: str) -> Path:
    return run.logs / f"{name}.log"


def tail(path: Path, count: int) -> list[str]:
    try:
        with path.open(errors="replace") as file:
            return [line.rstrip("\n") for line in deque(file, count)]
    except FileNotFoundError:
        return []
