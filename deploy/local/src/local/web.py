"""Builds the web client if its sources changed, with the node from a Python package in .venv."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from local import fingerprint
from local.processes import tail
from local.run_dir import REPOSITORY

SOURCE = REPOSITORY / "services/gateway/web"
_DIST_STAMP = SOURCE / "dist/.stamp"
_LOCKED = (SOURCE / "package.json", SOURCE / "package-lock.json")
_INSTALLED = SOURCE / "node_modules/.package-lock.json"
"""npm writes this file last."""
_LOCK = REPOSITORY / ".venv/.stamps/web.lock"


class WebBuildFailed(RuntimeError):
    pass


def exists() -> bool:
    return (SOURCE / "package-lock.json").exists()


def built() -> str:
    """Returns the id of the existing build; empty without one."""
    return _DIST_STAMP.read_text() if _DIST_STAMP.exists() else ""


def build(log: Path, say: Callable[[str], None] = lambda _: None) -> None:
    """Builds if needed. Of two systems that start at once, only one builds."""
    if not exists():
        return
    with _only_one():
        sources = fingerprint.of_contents([SOURCE])
        if built() == sources:
            return
        _install(log, say)
        say("building the web client")
        npm(log, "run", "build")
        _DIST_STAMP.write_text(fingerprint.of_contents([SOURCE]))


def install(log: Path, say: Callable[[str], None] = lambda _: None) -> None:
    """Installs the libraries if needed. Waits for a build that runs, which installs them too."""
    with _only_one():
        _install(log, say)


@contextmanager
def _only_one() -> Iterator[None]:
    _LOCK.parent.mkdir(parents=True, exist_ok=True)
    with _LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _install(log: Path, say: Callable[[str], None]) -> None:
    if _INSTALLED.exists() and all(_INSTALLED.stat().st_mtime >= path.stat().st_mtime for path in _LOCKED):
        return
    say("installing the web client's libraries")
    try:
        npm(log, "ci")
    except WebBuildFailed:
        # `ci` fails if a registry lacks an optional package for another platform; the lock is still followed.
        npm(log, "install", "--no-save")


def npm(log: Path, *arguments: str) -> None:
    binaries = Path(sys.executable).parent
    env = os.environ | {"PATH": f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}", "CI": "true"}
    env.pop("NODE_OPTIONS", None)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        command = [str(binaries / "npm"), *arguments]
        finished = subprocess.run(
            command, check=False, cwd=SOURCE, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    if finished.returncode != 0:
        end = "\n".join(f"    {line}" for line in tail(log, 25))
        raise WebBuildFailed(f"`npm {' '.join(arguments)}` failed in {SOURCE}:\n{end}")
