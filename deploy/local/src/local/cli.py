"""The commands behind the Makefile's targets."""

import shlex
import subprocess
import sys
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from local import envfile, infra, names, organisation, processes, report, system, users, web
from local.postgres import PostgresMissing
from local.processes import ProcessDied
from local.rabbitmq import RabbitMissing
from local.run_dir import RunDir

_EXPECTED = (
    ProcessDied, PostgresMissing, RabbitMissing, web.WebBuildFailed, users.UserNotMade,
    organisation.SettingsRefused, system.UnknownProcess,
)  # fmt: skip


@click.group()
def main() -> None:
    """Runs Evergreen on this machine."""


def _command(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Creates a command on one system: takes --run, holds its lock, and reports expected errors in one line."""

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        @main.command(name)
        @click.option("--run", "folder", default=".run", show_default=True, help="where the system keeps its state")
        @wraps(function)
        def command(folder: str, **options: Any) -> None:
            run = RunDir.of(folder)
            try:
                function(run, **options)
            except _EXPECTED as trouble:
                sys.exit(f"\n{trouble}")

        return command

    return decorate


_ephemeral = click.option("--ephemeral", is_flag=True, help="for tests: free ports at random, no fsync")


@_command("up")
@_ephemeral
@click.option("--no-demo", is_flag=True, help="do not load the demo data into a new system")
@click.option("--only", default=",".join(names.SERVICES), help="these services, separated by commas")
def up(run: RunDir, ephemeral: bool, no_demo: bool, only: str) -> None:
    """Start everything and wait until it answers."""
    began, failed = time.monotonic(), None
    with run.locked():
        try:
            system.up(run, chosen=tuple(only.split(",")), ephemeral=ephemeral, say=report.step)
        except web.WebBuildFailed as failure:
            failed = failure
        if "gateway" in only:
            users.ensure_staff(run)
            organisation.ensure(run)
    ready = time.monotonic() - began
    if not no_demo and "gateway" in only:
        _demo(run)
    report.started(run, ready)
    if failed:
        raise failed


def _demo(run: RunDir) -> None:
    """Builds the demo. A failure leaves the system running."""
    try:
        if users.is_empty(run):
            report.step("loading the demo data, once (`make up DEMO=no` skips it)")
        users.seed_demo(run)
        users.ensure_clients(run)
    except subprocess.CalledProcessError as failure:
        report.step(f"the demo data could not be loaded (exit {failure.returncode}); `make demo` tries again")


@_command("demo")
def demo(run: RunDir) -> None:
    """Fill the running system with the demo MSP."""
    users.seed_demo(run, again=True)
    users.ensure_clients(run)


@_command("import")
@click.argument("source", type=click.Path(path_type=Path))
def import_(run: RunDir, source: Path) -> None:
    """Load a folder of CSV files through the public API."""
    try:
        users.run_tool(run, "local.importer", str(source))
    except subprocess.CalledProcessError as failure:
        sys.exit(failure.returncode)


@_command("down")
def down(run: RunDir) -> None:
    """Stop everything; the data stays."""
    if not run.path.exists():
        return
    with run.locked():
        system.down(run)


@_command("reset")
def reset(run: RunDir) -> None:
    """Stop everything and delete its data, mails, keys and logs."""
    if not run.path.exists():
        return
    with run.locked():
        system.reset(run)


@_command("ps")
def ps(run: RunDir) -> None:
    """List the processes."""
    report.processes_of(run)


@_command("logs")
@click.argument("names_", metavar="[PROCESS]…", nargs=-1)
def logs(run: RunDir, names_: tuple[str, ...]) -> None:
    """Follow the logs, of all processes or of those named."""
    files = [processes.log_of(run, name) for name in names_ or names.processes()]
    subprocess.run(["tail", "-n", "20", "-F", *map(str, files)], check=False)


@_command("stop-one")
@click.argument("process")
def stop_one(run: RunDir, process: str) -> None:
    """Stop one process, such as billing-worker."""
    with run.locked():
        system.stop_one(run, process)


@_command("start-one")
@click.argument("process")
def start_one(run: RunDir, process: str) -> None:
    """Start one process and wait until it is ready."""
    with run.locked():
        system.start_one(run, process)


@_command("infra-up")
@_ephemeral
def infra_up(run: RunDir, ephemeral: bool) -> None:
    """Start PostgreSQL and RabbitMQ only, and write RUN/env."""
    with run.locked():
        infra.up(run, ephemeral=ephemeral)
    click.echo(f"PostgreSQL and RabbitMQ are up; addresses are in {run.env}")


@_command("infra-down")
def infra_down(run: RunDir) -> None:
    """Stop PostgreSQL and RabbitMQ."""
    with run.locked():
        infra.down(run)


@_command("env")
def env(run: RunDir) -> None:
    """Print export lines that let pytest use this instance: eval "$(python -m local env --run DIR)"."""
    for key, value in infra.exports(envfile.read(run.env)).items():
        click.echo(f"export {key}={shlex.quote(value)}")


@main.command("web")
def build_web() -> None:
    """Build the web client if its sources changed."""
    try:
        web.build(RunDir.of(".run").logs / "web-build.log", report.step)
    except web.WebBuildFailed as trouble:
        sys.exit(str(trouble))


@main.command("web-lint")
def lint_web() -> None:
    """Check the web client's sources."""
    if not web.exists():
        return
    log = RunDir.of(".run").logs / "web-lint.log"
    try:
        web.install(log, report.step)
        web.npm(log, "run", "lint")
    except web.WebBuildFailed as trouble:
        sys.exit(str(trouble))
