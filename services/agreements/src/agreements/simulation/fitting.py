"""The agreement type that would have suited a client best, with terms derived from the client's own time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from statistics import median
from typing import Any
from uuid import UUID

from agreements.agreement import drafting
from agreements.agreement import hour_math as hm
from agreements.agreement.commands import NewAgreement
from agreements.agreement.ledger import text
from agreements.agreement.models import FIXED_PRICE, MONTHLY, PREPAID, TIME_AND_MATERIALS
from agreements.simulation.replay import Month
from agreements.simulation.simulating import Scene, about, read, total
from agreements.simulation.window import REPLAY
from common.fields import written
from common.money import rounded
from common.uow import UnitOfWork

NAMES = {
    FIXED_PRICE: "Fixed price",
    PREPAID: "Block hours, prepaid",
    MONTHLY: "Block hours, monthly",
    TIME_AND_MATERIALS: "Time and materials",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class BestFit:
    """`discount` is the percentage by which committed hours and fixed prices are below the client's rates."""

    client_id: UUID
    mode: str = REPLAY
    months: int = 12
    discount: Decimal = Decimal(10)
    agreement_id: UUID | None = None


@dataclass(frozen=True)
class Proposal:
    terms: NewAgreement
    basis: list[str]
    """How the terms were derived."""


def best_fit(work: UnitOfWork, wanted: BestFit) -> dict[str, Any]:
    """Returns a proposal of each type, the cheapest first; none without time."""
    scene = read(work, wanted.client_id, wanted.agreement_id, mode=wanted.mode, months=wanted.months)
    today = total(scene.today)
    options = [_option(work, scene, proposal, today) for proposal in _proposals(work.today, scene, wanted)]
    options.sort(key=lambda option: option["total"])
    return {**about(scene, wanted.mode), "today": today.total, "discount": wanted.discount, "options": options}


def _option(work: UnitOfWork, scene: Scene, proposal: Proposal, today: Month) -> dict[str, Any]:
    terms = proposal.terms
    found = total(scene.under(drafting.compose(work, replace(terms, confirm=True))))
    shown = ("name", "type", "start_date", "end_date", "frequency", "recurring_amount", "total_hours")
    return {
        **{name: getattr(terms, name) for name in shown},
        "basis": proposal.basis,
        "recurring": found.recurring,
        "further": found.total - found.recurring,
        "hours_left": found.hours_left,
        "total": found.total,
        "difference": found.total - today.total,
    }


def _proposals(today: date, scene: Scene, wanted: BestFit) -> Iterator[Proposal]:
    by_rates = scene.under(None)
    if not scene.times:
        return
    currency = scene.replay.client.currency
    start = hm.anniversary(today.replace(day=1), 1)
    hours = Decimal(median(month.hours for month in by_rates)).to_integral_value(ROUND_CEILING) or Decimal(1)
    worth, worked = total(by_rates).total, total(by_rates).hours
    share = 1 - wanted.discount / 100
    rate = rounded(worth / worked * share, currency)
    span = f"{by_rates[0].first:%B %Y} to {by_rates[-1].last:%B %Y}"
    by_hour = f"{written(rate)} {currency} an hour: the average of the client's rates" + _less(wanted.discount)

    base = NewAgreement(
        client_id=wanted.client_id, name=NAMES[TIME_AND_MATERIALS], type=TIME_AND_MATERIALS, start_date=start
    )
    yield Proposal(base, ["All time at the client's rates."])
    yield Proposal(
        replace(
            _of_type(base, MONTHLY),
            frequency="monthly",
            total_hours=hours,
            recurring_amount=rounded(hours * rate, currency),
        ),
        [f"{text(hours)} hours a month: the median of {span}, rounded up.", f"{by_hour}."],
    )
    length = scene.replay.window.months
    block, last = hours * length, hm.anniversary(start, length) - timedelta(days=1)
    yield Proposal(
        replace(
            _of_type(base, PREPAID), total_hours=block, recurring_amount=rounded(block * rate, currency), end_date=last
        ),
        [
            f"{text(block)} hours for the {length} months: {text(hours)} a month, the median of {span}.",
            f"{by_hour}.",
        ],
    )
    price = rounded(worth / len(by_rates) * share, currency)
    yield Proposal(
        replace(_of_type(base, FIXED_PRICE), frequency="monthly", recurring_amount=price),
        [f"{written(price)} {currency} a month: the average of {span} at the client's rates{_less(wanted.discount)}."],
    )


def _of_type(base: NewAgreement, kind: str) -> NewAgreement:
    return replace(base, type=kind, name=NAMES[kind])


def _less(discount: Decimal) -> str:
    return f", less {text(discount)}%" if discount else ""
