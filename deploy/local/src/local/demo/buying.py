"""Blocks of hours that the demo's clients bought beside the included ones."""

from datetime import timedelta
from typing import NamedTuple

from local.demo.making import Making, Record


class Bought(NamedTuple):
    hours: str
    price: str
    days_ago: int
    days_left: int | None
    note: str | None


BLOCKS = (Bought("10", "1250.00", 60, 45, "For the office move"), Bought("20", "2400.00", 20, None, None))


def buy(demo: Making, agreement: Record) -> None:
    """Adds the blocks to an agreement without any."""
    path = f"/agreements/{agreement['id']}/hour-blocks"
    if demo.api.get(path)["items"]:
        return
    for block in BLOCKS:
        body: Record = {"hours": block.hours, "price": block.price, "note": block.note}
        body["bought_on"] = (demo.today - timedelta(days=block.days_ago)).isoformat()
        if block.days_left is not None:
            body["expires_on"] = (demo.today + timedelta(days=block.days_left)).isoformat()
        demo.once(path, body, f"block {block.hours} of {agreement['id']}")
