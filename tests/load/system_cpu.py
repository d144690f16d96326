"""The CPU time of a running system, which other work on the machine moves far less than wall time."""

from contextlib import suppress

import psutil

from local import names, processes
from local.run_dir import RunDir


def seconds(run: RunDir) -> float:
    """Returns what all processes of the system have used: services, databases and the broker."""
    used = 0.0
    for name in names.processes():
        pid = processes.pid_of(run, name)
        with suppress(psutil.NoSuchProcess):
            leader = psutil.Process(pid)
            used += sum(_of(process) for process in (leader, *leader.children(recursive=True)))
    return used


def _of(process: psutil.Process) -> float:
    """Returns the seconds of a process and of its children that have ended."""
    try:
        return float(sum(process.cpu_times()[:4]))
    except psutil.NoSuchProcess:
        return 0.0
