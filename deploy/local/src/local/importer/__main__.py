"""`make import FROM=folder`: imports a folder of CSV files and reports each row."""

import os
import sys
from collections import Counter
from pathlib import Path

import click

from local.api import Api, Problem
from local.importer import contracts, people
from local.importer.session import Session
from local.importer.sheets import Row, SheetError, read
from local.importer.work import load_time, wait_for_billing


def run(session: Session, folder: Path) -> None:
    """Imports all files in order of their references. Raises SheetError before changing anything."""
    sheets = read(folder)
    session.each("services", sheets["services.csv"], people.load_service)
    session.each("clients", sheets["clients.csv"], people.load_client)
    session.each("negotiated rates", sheets["client_rates.csv"], people.load_rate)
    session.each("custom services", sheets["custom_services.csv"], people.load_custom_service)
    _load_agreements(session, sheets["agreements.csv"], sheets["agreement_services.csv"])
    load_time(session, sheets["time_entries.csv"])


def _load_agreements(session: Session, agreements: list[Row], services: list[Row]) -> None:
    """Imports each agreement with its services; a service's row has its agreement's result."""
    covered: dict[str, list[Row]] = {}
    for row in services:
        covered.setdefault(row["agreement"].lower(), []).append(row)
    outcomes: dict[str, str] = {}

    def load(session: Session, row: Row) -> str:
        name = row["name"].lower()
        outcomes[name] = "errors"
        for part in covered.get(name, []):
            part.check()
        outcomes[name] = contracts.load_agreement(session, row, covered.get(name, []))
        return outcomes[name]

    session.each("agreements", agreements, load)
    for name in covered.keys() - outcomes.keys():
        session.errors += [
            f'{part.file}:{part.line}: agreement: "{part["agreement"]}" is not in agreements.csv'
            for part in covered[name]
        ]
    counted = session.counts.setdefault("covered services", Counter())
    for name, rows in covered.items():
        counted[outcomes.get(name, "errors")] += len(rows)


def summary(session: Session) -> str:
    names = ("created", "updated", "unchanged", "errors")
    lines = [f"{'':<18}" + "".join(f"{name:>11}" for name in names)]
    lines += [f"{label:<18}" + "".join(f"{c[name]:>11}" for name in names) for label, c in session.counts.items()]
    lines += [f"warning: {text}" for text in session.warnings] + [f"error: {text}" for text in session.errors]
    return "\n".join(lines)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--quiet", is_flag=True, help="Show no progress bar.")
@click.option("--confirm", is_flag=True, help="Accept unlikely days and more than 24 hours a day after checking them.")
def main(folder: Path, quiet: bool, confirm: bool) -> None:
    """Imports FOLDER into the Evergreen at EVERGREEN_URL as its administrator."""
    try:
        api = Api(os.environ["EVERGREEN_URL"])
        api = api.login(os.environ["EVERGREEN_ADMIN_EMAIL"], os.environ["EVERGREEN_ADMIN_PASSWORD"])
        session = Session(api, quiet=quiet, confirm=confirm)
        run(session, folder)
    except KeyError as error:
        sys.exit(f"{error.args[0]} is not set; run `make up` first, it writes .run/env")
    except (SheetError, Problem) as error:
        sys.exit(f"error: {error}")
    settled = wait_for_billing(session)
    click.echo(summary(session))
    if not settled:
        click.echo(
            "warning: billing has not received every time entry yet. Wait before you start an invoice run.", err=True
        )
    sys.exit(1 if session.errors else 0)


if __name__ == "__main__":
    main()
