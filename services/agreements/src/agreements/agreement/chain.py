"""A running hash over the rows of an hour statement, and the command that checks it without Evergreen's database."""

import json
import sys
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

import click

from common import csvfiles
from common.errors import Invalid

CHAINED = ("entry_id", "recorded_at", "period_start", "kind", "hours", "balance")
"""What the hash covers: the ledger's own values, which never change. Names of services can change later."""
HASH = "hash"
DESCRIBED = ("service", "work_order", "worked_on", "block")
COLUMNS = (*CHAINED, HASH, *DESCRIBED)
START = ""
"""The hash before the first row."""


class Broken(Exception):
    """A row does not follow from the rows above it; the message names its line and what is wrong."""


def link(previous: str, row: Mapping[str, str]) -> str:
    """Returns the SHA-256 of the previous row's hash and the row's `CHAINED` texts, in hexadecimal.

    They are one JSON list without spaces, in UTF-8.
    """
    texts = [previous, *(row[name] for name in CHAINED)]
    return sha256(json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def check(rows: Iterable[tuple[int, Mapping[str, str]]]) -> tuple[int, str, Decimal]:
    """Returns the number of rows, the last hash and the balance. Raises Broken for the first wrong `(line, row)`."""
    count, previous, balance = 0, START, Decimal(0)
    for line, row in rows:
        try:
            balance += Decimal(row["hours"])
            stated = Decimal(row["balance"])
        except InvalidOperation as error:
            raise Broken(f"Line {line}: hours and balance must be numbers.") from error
        if stated != balance:
            raise Broken(f"Line {line}: the balance is {row['balance']}, but the hours add up to {balance}.")
        previous = link(previous, row)
        if row[HASH] != previous:
            raise Broken(f"Line {line}: the hash does not match. This row, or a row above it, was changed or removed.")
        count += 1
    return count, previous, balance


@click.command()
@click.argument("statement", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--knows", metavar="HASH", help="A hash of an older statement, which this one must still contain.")
def verify(statement: Path, knows: str | None) -> None:
    """Check that no row of an hour statement (CSV) was changed, removed or added in between."""
    try:
        rows = csvfiles.read(statement.read_bytes(), COLUMNS, required=(*CHAINED, HASH))
        count, last, balance = check((row.number, row.values) for row in rows)
    except Broken as error:
        _refuse(statement, str(error))
    except Invalid as error:
        _refuse(statement, " ".join(text for texts in error.errors.values() for text in texts))
    if knows and knows not in {row.values[HASH] for row in rows}:
        _refuse(statement, f"No row has the hash {knows}. The older rows were changed.")
    click.echo(f"{statement}: {count} rows are in order. Balance {balance}. Last hash {last}")


def _refuse(statement: Path, why: str) -> NoReturn:
    click.secho(f"{statement}: {why}", fg="red", err=True)
    sys.exit(1)
