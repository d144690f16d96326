"""A block of ports per system: 8400… or the next free block, stored in RUN/ports.json."""

import fcntl
import json
import os
import random
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from local.names import SERVICES
from local.run_dir import RunDir

FIRST_BLOCK = 8400
BLOCK_SIZE = 50
LAST_BLOCK = 13_400
_EPHEMERAL_BLOCKS = range(20_000, 30_000, BLOCK_SIZE)
_API, _WORKER, _INFRASTRUCTURE = 0, 20, 40
_ORDER = ("gateway", *(service for service in SERVICES if service != "gateway"))

OFFSETS = {
    **{f"{service}-api": _API + index for index, service in enumerate(_ORDER)},
    **{f"{service}-worker": _WORKER + index for index, service in enumerate(_ORDER)},
    **{
        name: _INFRASTRUCTURE + index
        for index, name in enumerate(("postgres", "rabbitmq", "rabbitmq-dist", "epmd", "smtp", "mailbox", "imap"))
    },
}


class NoFreePorts(RuntimeError):
    pass


def choose(run: RunDir, *, ephemeral: bool, running: bool) -> dict[str, int]:
    """Returns the system's ports by process name. The block stays while any process runs."""
    remembered = _remembered(run)
    if remembered is not None and (running or _is_free(remembered)):
        return _ports(remembered)
    with _claims() as claims:
        base = next((base for base in _candidates(ephemeral) if _claimable(claims, base, run) and _is_free(base)), None)
        if base is None:
            raise NoFreePorts("all blocks of ports are in use")
        (claims / str(base)).write_text(str(run.path))
        run.ports.write_text(json.dumps({"base": base, "ports": _ports(base)}, indent=1) + "\n")
    return _ports(base)


def release(run: RunDir) -> None:
    """Frees the block of a deleted system."""
    base = _remembered(run)
    if base is None:
        return
    with _claims() as claims:
        claim = claims / str(base)
        if claim.exists() and claim.read_text() == str(run.path):
            claim.unlink()
    run.ports.unlink()


def _remembered(run: RunDir) -> int | None:
    try:
        return int(json.loads(run.ports.read_text())["base"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _ports(base: int) -> dict[str, int]:
    return {name: base + offset for name, offset in OFFSETS.items()}


def _candidates(ephemeral: bool) -> Iterable[int]:
    if ephemeral:
        return random.sample(_EPHEMERAL_BLOCKS, len(_EPHEMERAL_BLOCKS))
    return range(FIRST_BLOCK, LAST_BLOCK, BLOCK_SIZE)


def _is_free(base: int) -> bool:
    return all(port_is_free(port) for port in _ports(base).values())


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))  # noqa: S104 - closed again at once
        except OSError:
            return False
    return True


@contextmanager
def _claims() -> Iterator[Path]:
    """Locks the blocks' owners, so that systems that start together or are stopped keep their own ports."""
    folder = Path(f"/tmp/evergreen-ports-{os.getuid()}")  # noqa: S108 - must be the same whatever TMPDIR says
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def _claimable(claims: Path, base: int, run: RunDir) -> bool:
    try:
        holder = RunDir(Path((claims / str(base)).read_text()))
    except OSError:
        return True
    return holder == run or _remembered(holder) != base
