"""PostgreSQL, RabbitMQ, ports, keys and RUN/env, which the services need to start."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from local import envfile, keys, ports, postgres, processes, rabbitmq
from local.names import processes as all_processes
from local.run_dir import RunDir


@dataclass(frozen=True)
class Infra:
    env: dict[str, str]
    ports: dict[str, int]

    @property
    def ephemeral(self) -> bool:
        return self.env["EVERGREEN_ENV"] == "test"


def prepare(run: RunDir, *, ephemeral: bool = False) -> Infra:
    """Creates directories, ports, keys and RUN/env. Starts nothing. A system keeps its kind."""
    run.create()
    ephemeral = ephemeral or envfile.read(run.env).get("EVERGREEN_ENV") == "test"
    running = any(processes.pid_of(run, name) for name in (*all_processes(), "epmd"))
    chosen = ports.choose(run, ephemeral=ephemeral, running=running)
    keys.ensure(run.identity)
    return Infra(envfile.refresh(run, chosen, ephemeral=ephemeral), chosen)


def up(run: RunDir, *, ephemeral: bool = False) -> Infra:
    """Starts PostgreSQL and RabbitMQ. Returns when they answer."""
    infra = prepare(run, ephemeral=ephemeral)
    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(start_postgres, run, infra), pool.submit(start_rabbitmq, run, infra)]:
            future.result()
    return infra


def start_postgres(run: RunDir, infra: Infra) -> None:
    postgres.start(run, infra.env, infra.ports["postgres"], ephemeral=infra.ephemeral)


def start_rabbitmq(run: RunDir, infra: Infra) -> None:
    rabbitmq.start(run, infra.env, infra.ports)


def down(run: RunDir) -> None:
    def stop(names: tuple[str, ...]) -> None:
        for name in names:
            processes.stop(run, name)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(stop, (("rabbitmq", "epmd"), ("postgres",))))


def exports(env: Mapping[str, str]) -> dict[str, str]:
    """Returns the environment that tells tests where the infrastructure is."""
    return {
        "TEST_POSTGRES_URL": env["POSTGRES_URL"],
        "TEST_AMQP_URL": env["AMQP_URL"],
        "TEST_RABBITMQCTL_ENV": env["RABBITMQCTL_ENV_FILE"],
    }
