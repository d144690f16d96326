"""A private RabbitMQ node with its own name, ports, cookie, data and epmd, also under root."""

import os
import shutil
import socket
from collections.abc import Mapping
from pathlib import Path

from local import envfile, processes
from local.processes import Spec
from local.run_dir import RunDir

NODE = "evergreen@localhost"
_SCRIPTS = Path("/usr/lib/rabbitmq/bin")
# Idle schedulers spin by default, which is expensive on a small machine.
_QUIET = "+sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}"


class RabbitMissing(RuntimeError):
    pass


def program(name: str) -> str:
    """Returns a program; Debian's wrapper in PATH requires the user `rabbitmq`, the real script does not."""
    path = _SCRIPTS / name
    found = str(path) if path.exists() else shutil.which(name)
    if found is None:
        raise RabbitMissing(f"RabbitMQ's {name} is not installed; `make setup` installs it")
    return found


def start(run: RunDir, env: Mapping[str, str], ports: Mapping[str, int]) -> None:
    _write_files(run, env, ports)
    name_server = epmd_spec(run, ports)
    node = spec(run, ports)
    processes.start(run, name_server)
    processes.wait_ready(run, [name_server])
    processes.start(run, node)
    processes.wait_ready(run, [node])


def epmd_spec(run: RunDir, ports: Mapping[str, int]) -> Spec:
    """Returns Erlang's name server, because the node would start one that never stops."""
    epmd = shutil.which("epmd")
    if epmd is None:
        raise RabbitMissing("Erlang's epmd is not installed; `make setup` installs it")
    port = ports["epmd"]
    return Spec(
        name="epmd",
        command=[epmd, "-port", str(port), "-address", "127.0.0.1"],
        env=_environment(run, ports),
        ready=lambda: listens(port),
        cwd=run.path,
        stop_within=2,
    )


def spec(run: RunDir, ports: Mapping[str, int]) -> Spec:
    return Spec(
        name="rabbitmq",
        command=[program("rabbitmq-server")],
        env=_environment(run, ports)
        | {
            # The script execs the server, so that the pid file has the broker's pid instead of a shell's.
            "RUNNING_UNDER_SYSTEMD": "true",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": _QUIET,
        },
        ready=lambda: _speaks_amqp(ports["rabbitmq"]),
        cwd=run.path,
        stop_within=30,
    )


def _environment(run: RunDir, ports: Mapping[str, int]) -> dict[str, str]:
    home = run.rabbitmq
    return {
        "PATH": os.environ.get("PATH", ""),
        "LC_ALL": "C.UTF-8",
        "HOME": str(home / "home"),
        "RABBITMQ_NODENAME": NODE,
        "RABBITMQ_NODE_PORT": str(ports["rabbitmq"]),
        "RABBITMQ_DIST_PORT": str(ports["rabbitmq-dist"]),
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "ERL_EPMD_PORT": str(ports["epmd"]),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "RABBITMQ_MNESIA_BASE": str(home / "data"),
        "RABBITMQ_LOG_BASE": str(run.logs),
        "RABBITMQ_LOGS": "-",
        "RABBITMQ_CONFIG_FILE": str(home / "rabbitmq.conf"),
        "RABBITMQ_ADVANCED_CONFIG_FILE": str(home / "advanced.config"),
        "RABBITMQ_GENERATED_CONFIG_DIR": str(home / "generated"),
        "RABBITMQ_CONF_ENV_FILE": str(home / "env.conf"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(home / "enabled_plugins"),
    }


def _write_files(run: RunDir, env: Mapping[str, str], ports: Mapping[str, int]) -> None:
    home = run.rabbitmq
    for folder in (home, home / "home", home / "data", home / "generated"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (home / "enabled_plugins").write_text("[].\n")
    (home / "env.conf").touch()
    # HOME differs from the caller's, so that rabbitmqctl finds the cookie: `env $(cat ctl.env) rabbitmqctl …`
    envfile.write(home / "ctl.env", _environment(run, ports))
    config = {
        "listeners.tcp.1": f"127.0.0.1:{ports['rabbitmq']}",
        "default_user": "evergreen",
        "default_pass": env["RABBITMQ_PASSWORD"],
        "disk_free_limit.absolute": "200MB",
        "vm_memory_high_watermark.relative": "0.4",
        "log.console.level": "warning",
    }
    (home / "rabbitmq.conf").touch(mode=0o600)
    (home / "rabbitmq.conf").write_text("".join(f"{key} = {value}\n" for key, value in config.items()))


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _speaks_amqp(port: int) -> bool:
    """Returns True once connection.start arrives; the port opens a moment before the broker works."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(b"AMQP\x00\x00\x09\x01")
            return connection.recv(1) == b"\x01"
    except OSError:
        return False
