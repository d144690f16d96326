"""The command line of all services; a service's `cli.py` is `main = service_cli("catalog", wired("catalog"))`."""

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import click
import orjson

from common import asyncapi, migrations, republishing
from common.app import App
from common.config import Settings
from common.context import Context
from common.logging import configure
from common.messaging.cli import dead_commands, unbind
from common.metrics import API_MARK, IS_API, SHARED_PARENT
from common.tasks import declaring, queries, waiting

Factory = Callable[[], App]

PATIENCE = 5.0
"""Seconds between two lines about the progress of a task."""


def service_cli(name: str, factory: Factory) -> click.Group:
    """Returns the group of all commands. A service adds its own with `@main.command()`; `main.obj` builds the app."""

    @click.group(name=name, context_settings={"obj": factory, "help_option_names": ["-h", "--help"]})
    def main() -> None:
        pass

    main.help = f"Evergreen's {name} service."
    for command in (migrate, check, make_migration, api, worker, republish, openapi, asyncapi_, unbind, dead_commands):
        main.add_command(command)
    return main


def wired(name: str) -> Factory:
    """Returns what makes the app of a service. The service's code is imported then, and not before."""
    return lambda: cast(App, import_module(f"{name}.wiring").app())


@click.command()
@click.pass_obj
def migrate(factory: Factory) -> None:
    """Bring the database to the newest schema."""
    app = factory()
    configure(app.settings)
    migrations.migrate(app)


@click.command("check-migrations", hidden=True)
@click.pass_obj
def check(factory: Factory) -> None:
    """Fail when models and migrations differ."""
    migrations.check(factory())


@click.command("make-migration", hidden=True)
@click.argument("message")
@click.pass_obj
def make_migration(factory: Factory, message: str) -> None:
    """Write a migration from the difference between models and the (migrated) database."""
    migrations.add(factory(), message)


@click.command()
@click.pass_context
def api(context: click.Context) -> None:
    """Serve HTTP (becomes gunicorn)."""
    name = context.find_root().command.name or ""
    settings = _settings_of(name)  # reports errors in the environment before gunicorn starts
    if not IS_API:
        # A directory for each process, even if all share an environment file.
        directory = Path(SHARED_PARENT or tempfile.gettempdir()) / f"evergreen-{name}-api-{settings.api_port}"
        directory.mkdir(parents=True, exist_ok=True)
        environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(directory), API_MARK: "api"}
        os.execve(sys.executable, [sys.executable, *sys.argv], environment)  # noqa: S606 - no shell wanted
    # Not at the top, because only this command serves.
    from gunicorn.app.wsgiapp import WSGIApplication  # noqa: PLC0415

    os.environ["API_THREADS"] = str(settings.threads)
    sys.argv = ["gunicorn", "--config", "python:common.gunicorn_conf", "--name", f"{name}-api"]
    sys.argv += ["--bind", f"{settings.bind_host}:{settings.api_port}", f"{name}.wiring:api()"]
    WSGIApplication("%(prog)s [OPTIONS] [APP_MODULE]", prog="gunicorn").run()


def _settings_of(name: str) -> Settings:
    """Returns the settings without the service's code, which gunicorn's master does not need."""
    has_own = find_spec(f"{name}.config") is not None
    kind: type[Settings] = import_module(f"{name}.config").Settings if has_own else Settings
    return kind.load(name)


@click.command()
@click.pass_obj
def worker(factory: Factory) -> None:
    """Run consumer, outbox relay, ticks and loops."""
    # Not at the top, because `openapi` and `migrate` need no broker client.
    from common.worker import run  # noqa: PLC0415

    sys.exit(run(factory()))


@click.command()
@click.option("--no-wait", is_flag=True, help="Leave the task to a worker and end.")
@click.pass_obj
def republish(factory: Factory, no_wait: bool) -> None:
    """Have a worker publish the current state of all data again."""
    app = factory()
    configure(app.settings)
    task_id = app.transact(Context(), republishing.begin)
    click.echo(f"Task {task_id}")
    if no_wait:
        return
    if not republishing.has_worker(app):
        click.echo(f"No worker is running. The task waits for `{app.name} worker`.")
    while not waiting.wait(app, task_id, PATIENCE):
        click.echo(_progress(_task(app, task_id)))
    ended = _task(app, task_id)
    click.echo(_progress(ended))
    if ended["status"] != declaring.SUCCEEDED:
        raise click.ClickException(ended["error"] or "The task was cancelled.")


def _task(app: App, task_id: UUID) -> dict[str, Any]:
    return app.transact(Context(), lambda work: queries.rows(work.session, [task_id])[0])


def _progress(row: Mapping[str, Any]) -> str:
    total = "" if row["total"] is None else f", {row['done']} of {row['total']} kinds of data"
    return f"{row['status']}{total}"


@click.command()
@click.pass_obj
def openapi(factory: Factory) -> None:
    """Print the HTTP contract."""
    from common.http.openapi import document  # noqa: PLC0415 - nor Flask the worker

    _print(document(_offline(factory)))


@click.command("asyncapi")
@click.pass_obj
def asyncapi_(factory: Factory) -> None:
    """Print the contract of events published and read."""
    _print(asyncapi.document(_offline(factory)))


def _offline(factory: Factory) -> App:
    """Returns the app with placeholder settings, because a contract does not depend on them."""
    name = (click.get_current_context().find_root().command.name or "").upper()
    placeholders = {
        f"{name}_DATABASE_URL": "postgresql+psycopg://localhost/unused",
        "AMQP_URL": "amqp://localhost",
        "IDENTITY_PUBLIC_KEY_FILE": "unused",
    }
    for key, value in placeholders.items():
        os.environ.setdefault(key, value)
    return factory()


def _print(document: object) -> None:
    click.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS).decode())
