"""The commands behind the Makefile's targets."""

import shlex
import shutil
import sys
from typing import Any

import click

from local import envfile, infra, ports, postgres, processes
from local.run_dir import RunDir

_run = click.option("--run", "run", default=".run", show_default=True, help="where the system keeps its state", callback=lambda _c, _p, value: RunDir.of(value))
_ephemeral = click.option("--ephemeral", is_flag=True, help="for tests: free ports at random, no fsync")


@click.group()
def main() -> None:
    """Runs Evergreen on this machine."""


@main.command("infra-up")
@_run
@_ephemeral
def infra_up(run: RunDir, ephemeral: bool) -> None:
    """Start PostgreSQL and RabbitMQ only, and write RUN/env."""
    with run.locked():
        infra.up(run, ephemeral=ephemeral)
    click.echo(f"PostgreSQL and RabbitMQ are up; addresses are in {run.env}")


@main.command("infra-down")
@_run
def infra_down(run: RunDir) -> None:
    """Stop PostgreSQL and RabbitMQ."""
    with run.locked():
        infra.down(run)


@main.command()
@_run
def env(run: RunDir) -> None:
    """Print export lines that let pytest use this instance: eval "$(python -m local env --run DIR)"."""
    for key, value in infra.exports(envfile.read(run.env)).items():
        click.echo(f"export {key}={shlex.quote(value)}")
