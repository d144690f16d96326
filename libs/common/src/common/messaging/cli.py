"""`<service> dead …` and `<service> unbind …`."""

import asyncio
from collections.abc import Callable
from dataclasses import asdict

import click
import orjson

from common.app import App
from common.messaging import topology
from common.messaging.connections import connect_broker
from common.messaging.dead_letters import DeadLetters, everything, named

Factory = Callable[[], App]


@click.group("dead")
def dead_commands() -> None:
    """Messages that could not be handled."""


@dead_commands.command("list")
@click.option("--limit", default=100, show_default=True, help="how many, oldest first")
@click.option("--json", "as_json", is_flag=True, help="one JSON object a line")
@click.pass_obj
def list_(factory: Factory, limit: int, as_json: bool) -> None:
    """Show which there are and why."""
    letters = asyncio.run(DeadLetters(factory().settings).oldest(limit))
    for letter in letters:
        fields = {name: value for name, value in asdict(letter).items() if name != "body"}
        if as_json:
            click.echo(orjson.dumps(fields))
        else:
            click.echo(f"{letter.id}  {letter.last_failure:<29} {letter.type}\n    {letter.reason}")
    if not as_json:
        click.echo(f"{len(letters)} dead letters" + (f" (the first {limit})" if len(letters) == limit else ""))


@dead_commands.command()
@click.argument("identifier", metavar="ID")
@click.pass_obj
def show(factory: Factory, identifier: str) -> None:
    """Print one with its body."""
    letters = asyncio.run(DeadLetters(factory().settings).oldest(1_000_000))
    found = [letter for letter in letters if letter.id == identifier]
    if not found:
        raise click.ClickException(f"no dead letter {identifier}")
    for letter in found:
        body = letter.body[:100_000].decode("utf-8", "replace")
        click.echo(orjson.dumps({**asdict(letter), "body": body}, option=orjson.OPT_INDENT_2))


@dead_commands.command()
@click.argument("identifier", metavar="[ID]", required=False)
@click.option("--all", "all_", is_flag=True, help="replay every one of them")
@click.pass_obj
def replay(factory: Factory, identifier: str | None, all_: bool) -> None:
    """Hand one (or --all) to the service again."""
    if bool(identifier) == all_:
        raise click.UsageError("give an ID or --all")
    wanted = named(identifier) if identifier else everything
    count = asyncio.run(DeadLetters(factory().settings).replay(wanted))
    _tell(count, "replayed", identifier)


@dead_commands.command()
@click.argument("identifier", metavar="ID")
@click.pass_obj
def drop(factory: Factory, identifier: str) -> None:
    """Forget one for good."""
    count = asyncio.run(DeadLetters(factory().settings).drop(named(identifier)))
    _tell(count, "dropped", identifier)


@click.command()
@click.argument("key")
@click.pass_obj
def unbind(factory: Factory, key: str) -> None:
    """Stop receiving events of a type (or pattern) this service no longer handles."""
    settings = factory().settings

    async def work() -> None:
        async with await connect_broker(settings, "unbind") as connection, connection.channel() as channel:
            await topology.unbind(channel, topology.Names.of(settings), key)

    asyncio.run(work())


def _tell(count: int, verb: str, identifier: str | None) -> None:
    if identifier and not count:
        raise click.ClickException(f"no dead letter {identifier}")
    click.echo(f"{count} {verb}")
