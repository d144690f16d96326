"""Starts and stops the whole system: infrastructure, schemas, services, mailbox and web client, in parallel."""

import shutil
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from local import envfile, infra, launcher, organisation, ports, postgres, processes, services, users, web
from local import names as known
from local.infra import Infra
from local.processes import Spec
from local.run_dir import RunDir

Say = Callable[[str], None]


def _quiet(_: str) -> None:
    pass


class UnknownProcess(ValueError):
    pass


@dataclass(frozen=True)
class System:
    """A running Evergreen in tests: `start_system(tmp, …)` … `system.stop()`."""

    run: RunDir
    env: dict[str, str]

    @property
    def url(self) -> str:
        return self.env["EVERGREEN_URL"]

    def pid(self, name: str) -> int | None:
        return processes.pid_of(self.run, name)

    def kill(self, name: str) -> None:
        """Sends SIGKILL like a crash, for an API also to its gunicorn workers. Restarts nothing."""
        processes.kill(self.run, name, group=name.endswith("-api"))

    def stop_one(self, name: str) -> None:
        stop_one(self.run, name)

    def start_one(self, name: str) -> None:
        start_one(self.run, name)

    def log(self, name: str, lines: int = 200) -> list[str]:
        return processes.tail(processes.log_of(self.run, name), lines)

    def stop(self) -> None:
        down(self.run)


def start_system(
    run_dir: str | Path,
    *,
    demo: bool = False,
    services: Iterable[str] = known.SERVICES,
    ephemeral: bool = True,
    build_web: bool = True,
    say: Say = _quiet,
) -> System:
    """Starts a new system under `run_dir`. Returns when every process is ready."""
    run, chosen = RunDir.of(run_dir), tuple(services)
    try:
        up(run, chosen=chosen, ephemeral=ephemeral, build_web=build_web, say=say)
    except web.WebBuildFailed as failure:
        # All other parts run; only tests of the web client fail.
        say(str(failure))
    except BaseException:
        down(run)
        raise
    if "gateway" in chosen:
        users.ensure_staff(run)
        organisation.ensure(run)
    if demo:
        users.seed_demo(run)
        users.ensure_clients(run)
    return System(run, envfile.read(run.env))


def up(
    run: RunDir,
    *,
    chosen: tuple[str, ...] = known.SERVICES,
    ephemeral: bool = False,
    build_web: bool = True,
    say: Say = _quiet,
) -> Infra:
    """Starts stopped processes, restarts those with other code or settings, and waits until all are ready.

    If the web client does not build, it raises WebBuildFailed after everything else is up.
    """
    prepared = infra.prepare(run, ephemeral=ephemeral)
    chosen = tuple(service for service in chosen if service in services.installed())
    with ThreadPoolExecutor(16) as pool:
        launching = pool.submit(_start_launcher, run)
        build = pool.submit(web.build, run.logs / "web-build.log", say) if build_web else None
        broker = pool.submit(infra.start_rabbitmq, run, prepared)
        database = pool.submit(infra.start_postgres, run, prepared)
        launching.result()
        box = pool.submit(_start, run, lambda: services.mailbox(run, prepared))
        starting = [pool.submit(_start_service, run, prepared, name, database, broker, build) for name in chosen]
        for future in (database, broker, *starting, box):
            future.result()
    expected = list(services.specs(run, prepared, chosen).values())
    processes.wait_ready(run, expected)
    if build:
        build.result()
    return prepared


def _start_launcher(run: RunDir) -> None:
    _start(run, lambda: services.launcher_spec(run))
    processes.wait_ready(run, [services.launcher_spec(run)])


def _start_service(
    run: RunDir, infra: Infra, service: str, database: Future[None], broker: Future[None], build: Future[None] | None
) -> None:
    database.result()
    services.migrate(run, infra, service)
    if build is not None and service == "gateway":
        wait([build])
    _start(run, lambda: services.specs(run, infra, (service,))[known.api(service)])
    broker.result()
    _start(run, lambda: services.specs(run, infra, (service,))[known.worker(service)])


def _start(run: RunDir, make: Callable[[], Spec]) -> None:
    spec = make()
    if processes.record_of(run, spec.name).get("fingerprint") != spec.fingerprint:
        processes.stop(run, spec.name)
    processes.start(run, spec)


def down(run: RunDir) -> None:
    """Stops the services, then the infrastructure they use."""
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda name: processes.stop(run, name), known.processes()[len(known.INFRASTRUCTURE) :]))
    processes.stop(run, known.LAUNCHER)
    launcher.socket_of(run.path).unlink(missing_ok=True)
    infra.down(run)


def reset(run: RunDir) -> None:
    """Stops everything and deletes data, emails, keys, passwords and logs."""
    down(run)
    postgres.remove(run)
    ports.release(run)
    shutil.rmtree(run.path, ignore_errors=True)


def stop_one(run: RunDir, name: str) -> None:
    processes.stop(run, _checked(name))


def start_one(run: RunDir, name: str) -> None:
    """Starts one process with its settings from RUN/env, and waits until it is ready."""
    prepared = infra.prepare(run)
    match _checked(name):
        case "postgres":
            infra.start_postgres(run, prepared)
        case "rabbitmq":
            infra.start_rabbitmq(run, prepared)
        case _:
            spec = services.specs(run, prepared, services.installed())[name]
            processes.start(run, spec)
            processes.wait_ready(run, [spec])


def _checked(name: str) -> str:
    if name not in known.processes():
        raise UnknownProcess(f"there is no process {name!r}; choose one of {', '.join(known.processes())}")
    return name


def uptime(run: RunDir, name: str) -> float | None:
    """Returns seconds since the process was started, or None."""
    pid_file = run.pids / f"{name}.pid"
    return time.time() - pid_file.stat().st_mtime if pid_file.exists() else None
