"""Running time through the terms of an agreement, month by month, with the functions that split and price real time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from agreements.agreement import hour_math as hm
from agreements.agreement.ledger import Ledger
from agreements.agreement.models import MONTHLY, Agreement
from agreements.inbound.replicas import Client, ClientService
from agreements.simulation.window import Window, billing_days, terms_within
from agreements.work import placing
from agreements.work.placing import Placement
from agreements.work.pricing import price
from common.money import rounded
from common.rates import NONE, Resolved
from common.uow import UnitOfWork

TIME, OVERAGE, UNCOVERED = "time", "overage", "uncovered"


class Time(NamedTuple):
    """Billable hours of one entry, or the average of a month."""

    id: UUID
    agreement_id: UUID | None
    client_service_id: UUID | None
    worked_on: date
    logged_at: datetime
    hours: Decimal


@dataclass
class Month:
    first: date
    last: date
    recurring: Decimal = hm.ZERO
    time: Decimal = hm.ZERO
    overage: Decimal = hm.ZERO
    uncovered: Decimal = hm.ZERO
    hours: Decimal = hm.ZERO
    hours_covered: Decimal = hm.ZERO
    hours_overage: Decimal = hm.ZERO
    hours_uncovered: Decimal = hm.ZERO
    hours_left: Decimal | None = None
    """Hours that nobody used by the end of the month; None without block hours."""
    hours_without_rate: Decimal = hm.ZERO

    @property
    def total(self) -> Decimal:
        return self.recurring + self.time + self.overage + self.uncovered

    def add(self, other: "Month") -> None:
        for name in SUMMED:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        if other.hours_left is not None:
            self.hours_left = (self.hours_left or hm.ZERO) + other.hours_left


AMOUNTS = ("recurring", *(TIME, OVERAGE, UNCOVERED))
HOURS = ("hours", "hours_covered", "hours_overage", "hours_uncovered", "hours_without_rate")
SUMMED = (*AMOUNTS, *HOURS)


class Line(NamedTuple):
    """What shares a line of an invoice: billable hours of a service at one rate."""

    month: int
    kind: str
    service: UUID | None
    rate: Decimal


@dataclass
class Replay:
    work: UnitOfWork
    client: Client
    cards: Mapping[UUID, ClientService]
    window: Window
    _lines: dict[Line, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    _prices: dict[tuple[UUID | None, UUID | None, bool], Resolved] = field(default_factory=dict)

    def run(self, agreement: Agreement | None, times: Iterable[Time]) -> list[Month]:
        """Returns the months of the window; without an agreement all time is billed at the client's rates."""
        self._lines.clear()
        self._prices.clear()
        starts = self.window.starts
        ends = [*(start - timedelta(days=1) for start in starts[1:]), self.window.last]
        months = [Month(first, last) for first, last in zip(starts, ends, strict=True)]
        terms = terms_within(agreement, self.window) if agreement is not None else []
        by_term: dict[int, list[Time]] = defaultdict(list)
        for time in times:
            by_term[_term_of(terms, time.worked_on)].append(time)
        for number, term in enumerate(terms):
            self._term(months, term, by_term[number])
        if agreement is None:
            for time in by_term[0]:
                self._charge(months, None, None, time)
        for line, hours in self._lines.items():
            amount = rounded(hours * line.rate, self.client.currency)
            setattr(months[line.month], line.kind, getattr(months[line.month], line.kind) + amount)
        return months

    def _term(self, months: list[Month], term: Agreement, times: list[Time]) -> None:
        for day in billing_days(term, self.window):
            months[self.window.month_of(day)].recurring += term.recurring_amount or hm.ZERO
        ledger = Ledger(self.work, term, ()).fork() if term.has_hours else None
        by_work = term.draw_order == hm.BY_WORK
        order = attrgetter("worked_on", "logged_at", "id") if by_work else attrgetter("logged_at", "id")
        due = term.start_date if ledger is not None else None
        for time in sorted(times, key=order):
            if ledger is not None and due is not None and due <= time.worked_on:
                due = _grant(ledger, due, time.worked_on)
            self._charge(months, term, ledger, time)
        if ledger is not None:
            _grant(ledger, due, self.window.last)
            _note_hours_left(months, ledger)

    def _charge(self, months: list[Month], term: Agreement | None, ledger: Ledger | None, time: Time) -> None:
        card = self.cards.get(time.client_service_id) if time.client_service_id else None
        placement = place(term, card, ledger, time)
        number = self.window.month_of(time.worked_on)
        month = months[number]
        month.hours += time.hours
        month.hours_covered += placement.covered
        month.hours_overage += placement.overage
        covered = term is not None and term.covers(time.client_service_id)
        if not covered:
            month.hours_uncovered += placement.billable
        if not placement.billable:
            return
        found = self._price(term, card, overage=placement.overage > 0)
        if found.source == NONE:
            month.hours_without_rate += placement.billable
        kind = OVERAGE if placement.overage else TIME if covered else UNCOVERED
        self._lines[Line(number, kind, time.client_service_id, found.rate)] += placement.billable

    def _price(self, term: Agreement | None, card: ClientService | None, *, overage: bool) -> Resolved:
        """Returns the rate; the same service has it throughout a term."""
        key = (term.id if term else None, card.id if card else None, overage)
        if key not in self._prices:
            self._prices[key] = price(self.client, term, card, overage=overage)
        return self._prices[key]


def place(term: Agreement | None, card: ClientService | None, ledger: Ledger | None, time: Time) -> Placement:
    """Splits the hours of one entry and draws them, as logging it would. The ledger is a plan without rows."""

    def quote(client_service_id: UUID | None, hours: Decimal, day: date) -> hm.Split:
        assert ledger is not None, "only block hours are drawn"
        return ledger.quote(client_service_id, hours, day)

    placement = placing.place(term, card, hours=time.hours, worked_on=time.worked_on, billable=True, quote=quote)
    if ledger is not None and placement.drawn is not None:
        ledger.draw(time.id, ledger.sources(time.client_service_id, placement.drawn, time.worked_on))
    return placement


def _term_of(terms: Sequence[Agreement], day: date) -> int:
    return next((number for number, term in enumerate(terms) if term.spans(day)), 0)


def _grant(ledger: Ledger, due: date | None, until: date) -> date | None:
    """Writes the grants from `due` until a day, as the job does every month. Returns the day of the next one."""
    agreement = ledger.agreement
    while due is not None and due <= until:
        ledger.grant_period(due)
        following = hm.next_period(agreement.start_date, due)
        due = following if agreement.type == MONTHLY and agreement.spans(following) else None
    return due


def _note_hours_left(months: list[Month], ledger: Ledger) -> None:
    term = ledger.agreement
    left = term.total_hours or hm.ZERO
    for month in months:
        if month.last < term.start_date or (term.end_date is not None and month.first > term.end_date):
            continue
        if term.type == MONTHLY:
            left = ledger.unused(ledger.period_of(min(month.last, term.end_date or month.last)))
        else:
            left -= month.hours_covered
        month.hours_left = left
