"""`make demo`: fills an empty Evergreen with a demo MSP."""

import os
import sys
from datetime import date, datetime
from time import perf_counter
from zoneinfo import ZoneInfo

import click

from local.api import Api, Problem
from local.demo import conversing, costing, deciding, desk, dispatching, emailing, spending, underway, users
from local.demo.build import Demo
from local.demo.cast import CLIENTS, TECHNICIANS


@click.command()
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), default=None, help="The date the demo's year ends on.")
def main(today: datetime | None) -> None:
    """Builds the demo in the Evergreen at EVERGREEN_URL. Does nothing if it exists."""
    started = perf_counter()
    try:
        api = Api(os.environ["EVERGREEN_URL"])
        api = api.login(os.environ["EVERGREEN_ADMIN_EMAIL"], os.environ["EVERGREEN_ADMIN_PASSWORD"])
        if api.get("/invoices", page_size=1)["total"]:
            click.echo("Invoices already exist. The demo needs an empty system.")
            return
        demo = Demo(api, today.date() if today else _today(api))
        demo.build()
        desk.build(demo)
        assigned = [demo.clients[client.name]["id"] for client in CLIENTS[:8]]
        technician = users.assign_technician(api, assigned)
        dispatching.dispatch(api, demo.today, technician, assigned)
        conversing.converse(api, users.sign_in("CLIENT_USER"))
        deciding.decide(api, demo.today)
        spending.spend(api, demo.today)
        emailing.send(api, os.environ["SMTP_URL"])
        costing.set_labor_rates(api, demo.today)
        underway.start_timer(users.sign_in("TECHNICIAN"))
        underway.submit_time(api, users.sign_in("SUPER_ADMIN"), demo.technicians[TECHNICIANS[0]], demo.today)
    except KeyError as error:
        sys.exit(f"{error.args[0]} is not set; run `make up` first, it writes .run/env")
    except Problem as error:
        sys.exit(f"The demo stopped: {error}")
    click.echo(f"Demo: {len(CLIENTS)} clients, a year of work and its invoices, in {perf_counter() - started:.0f} s.")


def _today(api: Api) -> date:
    """Returns the date in the MSP's time zone, which decides what is due."""
    return datetime.now(ZoneInfo(api.get("/settings")["time_zone"])).date()


if __name__ == "__main__":
    main()
