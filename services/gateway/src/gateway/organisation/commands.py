"""`gateway organisation …`: shows and changes the settings where no super administrator can sign in yet."""

from collections.abc import Callable, Sequence
from typing import Any

import click
import orjson
from marshmallow import ValidationError, fields

from common.app import App
from common.context import Context
from common.errors import DomainError, Invalid
from common.http.errors import flat
from common.logging import configure
from common.organisation import stored
from common.organisation.settings import to_json
from gateway.organisation import editing
from gateway.organisation.schemas import SETTINGS_PATCH

Factory = Callable[[], App]


@click.group()
def organisation() -> None:
    """Show and change the organisation's settings."""


@organisation.command()
@click.pass_obj
def show(factory: Factory) -> None:
    """Print the settings as JSON."""
    with factory().work(Context()) as work:
        click.echo(orjson.dumps(to_json(work.organisation), option=orjson.OPT_INDENT_2).decode())


@organisation.command("set")
@click.argument("settings", nargs=-1, metavar="NAME=VALUE…")
@click.option("--if-new", is_flag=True, help="Do nothing if settings have been saved before.")
@click.pass_obj
def set_(factory: Factory, settings: Sequence[str], if_new: bool) -> None:
    """Change settings. Lists, numbers, true, false and null are written as JSON; \\n in a text starts a new line."""
    app = factory()
    configure(app.settings)
    try:
        changes = SETTINGS_PATCH.load(dict(map(_parsed, settings)))
        with app.work(Context()) as work:
            if if_new and stored.read(work.session).version:
                click.echo("Settings have been saved before, so nothing was changed.")
                return
            version = editing.change(work, changes).version
    except ValidationError as error:
        raise click.ClickException(_lines(flat(error.messages))) from error
    except Invalid as error:
        raise click.ClickException(_lines(error.errors)) from error
    except DomainError as error:
        raise click.ClickException(error.detail) from error
    click.echo(f"The settings have version {version}.")


def _parsed(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals:
        raise click.ClickException(f'"{text}" is not NAME=VALUE.')
    if isinstance(SETTINGS_PATCH.fields.get(name), fields.String) and value != "null":
        return name, value.replace("\\n", "\n")
    try:
        return name, orjson.loads(value)
    except orjson.JSONDecodeError as error:
        raise click.ClickException(f'{name}: "{value}" is not JSON.') from error


def _lines(errors: dict[str, list[str]]) -> str:
    return "\n".join(["Some values are not valid.", *(f"  {key}: {' '.join(each)}" for key, each in errors.items())])
