"""The command `gateway users …`, which creates the first user and restores access if all users are locked out."""

import sys
from collections.abc import Callable
from typing import Any
from uuid import UUID

import click
from marshmallow import ValidationError
from sqlalchemy import select

from common.app import App
from common.context import Context
from common.errors import DomainError
from common.http.errors import flat
from common.logging import configure
from gateway.user import accounts
from gateway.user.models import User
from gateway.user.passwords import Passwords
from gateway.user.roles import NAMES
from gateway.user.schemas import USER_CREATE

Factory = Callable[[], App]


@click.group()
def users() -> None:
    """Make, list and disable users."""


@users.command()
@click.option("--email", required=True)
@click.option("--role", required=True, type=click.Choice(NAMES))
@click.option("--name", default=None, help="As others see it; the email if left out.")
@click.option("--client-id", type=click.UUID, default=None, help="Which client a client user belongs to.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
@click.option("--if-missing", is_flag=True, help="Leave a user of this email as they are.")
@click.pass_obj
def create(
    factory: Factory,
    email: str,
    role: str,
    name: str | None,
    client_id: UUID | None,
    password_stdin: bool,
    if_missing: bool,
) -> None:
    """Make a user."""
    service = _service(factory)
    password = (
        sys.stdin.readline().rstrip("\r\n")
        if password_stdin
        else click.prompt("Password", hide_input=True, confirmation_prompt=True)
    )
    asked = {"email": email, "role": role, "name": name or email, "password": password}
    if client_id is not None:
        asked["client_id"] = str(client_id)
    try:
        body = USER_CREATE.load(asked)
        accounts.check_password(body["password"], body["email"])
        click.echo(_make(service, body, if_missing=if_missing))
    except ValidationError as error:
        _fail(flat(error.messages), "Some values are not valid.")
    except DomainError as error:
        _fail(getattr(error, "errors", None), error.detail)


@users.command("list")
@click.pass_obj
def list_(factory: Factory) -> None:
    """Show all users."""
    with _service(factory).work(Context()) as work:
        for user in work.session.scalars(select(User).order_by(User.email)):
            click.echo(f"{user.id}  {user.status:8}  {user.role:12}  {user.email}  {user.name}")


@users.command()
@click.option("--email", required=True)
@click.pass_obj
def disable(factory: Factory, email: str) -> None:
    """Sign a user out everywhere and keep them out."""
    try:
        with _service(factory).work(Context()) as work:
            user = accounts.find(work, email)
            if user is None:
                _fail(None, f"No user has the email {email}.")
            else:
                accounts.disable(work, user.id)
    except DomainError as error:
        _fail(None, error.detail)
    click.echo(f"{email} is disabled and can't sign in.")


def _make(app: App, body: dict[str, Any], *, if_missing: bool) -> str:
    with app.work(Context()) as work:
        existing = accounts.find(work, body["email"])
    if existing is not None and if_missing:
        return f"{existing.email} already exists with the role {existing.role}."
    hashed = Passwords(1).hash(body.pop("password"))
    with app.work(Context()) as work:
        user = accounts.create(work, **body, password_hash=hashed)
    return f"Created {user.email} with the role {user.role}."


def _service(factory: Factory) -> App:
    service = factory()
    configure(service.settings)
    return service


def _fail(errors: dict[str, list[str]] | None, detail: str) -> None:
    lines = [f"  {field}: {' '.join(messages)}" for field, messages in (errors or {}).items()]
    raise click.ClickException("\n".join([detail, *lines]))
