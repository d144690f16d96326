"""Settings of gunicorn for all APIs; `<service> api` adds the address and starts it."""

import gc
import os
import shutil
from pathlib import Path
from typing import Any

worker_class = "common.gunicorn_worker.Worker"
workers = int(os.environ.get("API_WORKERS") or min(4, os.cpu_count() or 1))
"""One for each core, because Python code of one process runs on one. Beside the first, each takes about 30 MB."""
preload_app = workers > 1
"""Several workers share an application that is made once; its connections are made in each of them, at first use. One
worker makes it itself, because reference counts would soon copy every page that it shares with the master."""
threads = int(os.environ.get("API_THREADS", "8"))
timeout = 60
graceful_timeout = 25
keepalive = 75
"""Seconds. Longer than the gateway keeps idle connections, so that the gateway closes them first."""
backlog = 1024
max_requests = 0
limit_request_field_size = 64 * 1024
"""Bytes of a header: an identity token may name many clients as closed (`common.http.assignments`)."""
forwarded_allow_ips = "127.0.0.1"
control_socket_disable = True
"""The socket would be written below $HOME, which may be read-only."""
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - heartbeats must not touch a disk
accesslog = None
"""The application logs each request with its ids."""
errorlog = "-"
loglevel = "warning"


def on_starting(_server: Any) -> None:
    """Deletes metrics of earlier processes, which would be added to the new ones."""
    directory = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if directory:
        shutil.rmtree(directory, ignore_errors=True)
        Path(directory).mkdir(parents=True)


def when_ready(_server: Any) -> None:
    """Freezes objects before workers are forked, so that garbage collection does not write to shared pages."""
    _freeze()


def post_worker_init(_worker: Any) -> None:
    """Freezes the application of a single worker, so that garbage collection does not go through it."""
    if not preload_app:
        _freeze()


def _freeze() -> None:
    gc.collect()
    gc.freeze()


def child_exit(_server: Any, worker: Any) -> None:
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        # Not at the top, because the master deletes the directory before a file in it may be opened.
        from prometheus_client import multiprocess  # noqa: PLC0415

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
