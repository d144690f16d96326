"""Blocks of bought hours: which of them some work can draw, and in which order. Pure: no session, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from agreements.agreement import hour_math as hm


@dataclass(frozen=True)
class Block:
    """A granted block. Without `services` it serves all covered ones.

    `free` is the hours added less the hours drawn; `expired` is the part that its end removed.
    """

    id: UUID
    bought_on: date
    expires_on: date | None
    created_at: datetime
    services: frozenset[UUID]
    closed: bool
    """Whether its end is in the ledger."""
    free: Decimal = hm.ZERO
    expired: Decimal = hm.ZERO

    @property
    def order(self) -> tuple[date, date, datetime, UUID]:
        """Returns the sort key: the soonest expiry first, none last, then the oldest purchase."""
        return self.expires_on or date.max, self.bought_on, self.created_at, self.id

    def is_open(self, day: date) -> bool:
        """Returns whether work of that day may draw from it; the day of expiry still counts."""
        return self.bought_on <= day and (self.expires_on is None or day <= self.expires_on)

    def serves(self, client_service_id: UUID | None, day: date) -> bool:
        return self.is_open(day) and (not self.services or client_service_id in self.services)

    def left(self, today: date) -> Decimal:
        """Returns the hours that are left today: none after its end."""
        return self.free if self.is_open(today) else hm.ZERO


def fill(parts: hm.Split, blocks: Iterable[Block], client_service_id: UUID | None, day: date) -> hm.Split:
    """Returns the split with its overage taken from the blocks as far as they reach.

    Work is often logged late, so work done before a block's end may draw hours that have expired since.
    """
    overage = parts.overage
    taken: list[hm.BlockPart] = []
    for block in sorted(blocks, key=lambda one: one.order):
        hours = min(overage, block.free)
        if hours > 0 and block.serves(client_service_id, day):
            taken.append(hm.BlockPart(block.id, block.bought_on, hours))
            overage -= hours
    return replace(parts, overage=overage, blocks=tuple(taken))


def to_expire(block: Block) -> Decimal:
    """Returns the hours that the end of a closed block still has to remove; negative hours are returned to it."""
    return max(block.free, hm.ZERO) - block.expired


def earliest(blocks: Sequence[Block]) -> date | None:
    """Returns the first day whose work may draw from any of the blocks."""
    return min((block.bought_on for block in blocks), default=None)


def sentence(hours: Decimal, parts: hm.Split) -> str:
    """Returns where the hours come from: "3.00 h: 1.00 included, 1.50 from the block of 2026-11-02, 0.50 overage"."""
    included = [f"{parts.included} included"] if parts.included else []
    bought = [f"{part.hours} from the block of {part.bought_on}" for part in parts.blocks]
    overage = [f"{parts.overage} overage"] if parts.overage else []
    return f"{hours} h: {', '.join([*included, *bought, *overage])}"
