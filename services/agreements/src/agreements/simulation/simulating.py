"""What a client's time would cost under an agreement that is not saved, beside today's agreement. Writes nothing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from agreements import known_clients
from agreements.agreement import drafting
from agreements.agreement import hour_math as hm
from agreements.agreement.commands import NewAgreement
from agreements.agreement.models import IN_FORCE, Agreement
from agreements.agreement.queries import get, visible
from agreements.inbound.replicas import Client, ClientService
from agreements.simulation.replay import SUMMED, Month, Replay, Time
from agreements.simulation.window import PROJECT, REPLAY, Window, coming, past
from agreements.work.models import TimeEntry
from common.errors import Invalid
from common.ids import new_id
from common.uow import UnitOfWork

Months = list[Month]


@dataclass(frozen=True, kw_only=True, slots=True)
class Simulation:
    """With `agreement_id`, only that agreement's time counts, and it is today's agreement."""

    agreement: NewAgreement
    mode: str = REPLAY
    months: int = 12
    agreement_id: UUID | None = None


@dataclass(frozen=True)
class Scene:
    """A client's time in a window, and what it costs today."""

    replay: Replay
    times: list[Time]
    agreements: list[Agreement]
    today: Months

    def under(self, agreement: Agreement | None) -> Months:
        return self.replay.run(agreement, self.times)


def simulate(work: UnitOfWork, wanted: Simulation) -> dict[str, Any]:
    """Returns cost and hours by month. Raises Invalid for terms that could not be saved."""
    agreement = _composed(work, wanted.agreement)
    scene = read(work, agreement.client_id, wanted.agreement_id, mode=wanted.mode, months=wanted.months)
    months = scene.under(agreement)
    return {
        **about(scene, wanted.mode),
        "hours_without_rate": total(months).hours_without_rate,
        "periods": [
            {**_shown(month), "today": today.total, "difference": month.total - today.total}
            for month, today in zip(months, scene.today, strict=True)
        ],
        "totals": _shown(total(months)),
        "today": _shown(total(scene.today)),
        "difference": total(months).total - total(scene.today).total,
    }


def _composed(work: UnitOfWork, new: NewAgreement) -> Agreement:
    try:
        return drafting.compose(work, replace(new, confirm=True))
    except Invalid as refused:
        raise Invalid({f"agreement.{name}": texts for name, texts in refused.errors.items()}) from refused


def read(work: UnitOfWork, client_id: UUID, agreement_id: UUID | None, *, mode: str, months: int) -> Scene:
    """Returns the scene. Raises Invalid for a client that cannot be used, and for another client's agreement."""
    client = known_clients.read(work, [client_id]).usable(client_id)
    history = past(work.today, months, _first_day(work, client_id, agreement_id))
    window = history if mode == REPLAY else coming(work.today, months)
    agreements = _todays(work, client, agreement_id)
    times = _times(work, client_id, history, agreement_id)
    if mode == PROJECT:
        times = projected(times, history, window)
    cards = work.session.scalars(select(ClientService).where(ClientService.client_id == client_id))
    replay = Replay(work, client, {card.id: card for card in cards}, window)
    return Scene(replay, times, agreements, _today(replay, agreements, times))


def about(scene: Scene, mode: str) -> dict[str, Any]:
    window = scene.replay.window
    return {
        "mode": mode,
        "first_day": window.first,
        "last_day": window.last,
        "currency": scene.replay.client.currency,
        "entries": len(scene.times),
        "agreements": scene.agreements,
    }


def total(months: Sequence[Month]) -> Month:
    """Returns the sum of the months, with the hours left at the end of the last one."""
    summed = Month(months[0].first, months[-1].last)
    for month in months:
        for name in SUMMED:
            setattr(summed, name, getattr(summed, name) + getattr(month, name))
    summed.hours_left = months[-1].hours_left
    return summed


def _shown(month: Month) -> dict[str, Any]:
    return {**vars(month), "total": month.total}


def _todays(work: UnitOfWork, client: Client, agreement_id: UUID | None) -> list[Agreement]:
    """Returns the agreements in force, the one that is suggested first for new work at the top."""
    if agreement_id is not None:
        agreement = get(work, agreement_id)
        if agreement.client_id != client.id:
            raise Invalid({"agreement_id": [f"Agreement not found for {client.name}."]})
        return [agreement]
    statement = visible(work).where(Agreement.client_id == client.id, Agreement.status.in_(IN_FORCE))
    statement = statement.order_by(Agreement.is_default.desc(), Agreement.start_date.desc(), Agreement.id.desc())
    return list(work.session.scalars(statement))


def _today(replay: Replay, agreements: Sequence[Agreement], times: Sequence[Time]) -> Months:
    """Returns today's cost: time of an agreement in force stays with it, and other time counts for the first one."""
    if not agreements:
        return replay.run(None, times)
    ids = {one.id for one in agreements}
    shares: Mapping[UUID, list[Time]] = defaultdict(list)
    for time in times:
        own = time.agreement_id if time.agreement_id in ids else None
        shares[own or agreements[0].id].append(time)
    months, *others = (replay.run(one, shares[one.id]) for one in agreements)
    for other in others:
        for month, further in zip(months, other, strict=True):
            month.add(further)
    return months


def _first_day(work: UnitOfWork, client_id: UUID, agreement_id: UUID | None) -> date | None:
    first: date | None = work.session.scalar(_counted(select(func.min(TimeEntry.worked_on)), client_id, agreement_id))
    return first


def _times(work: UnitOfWork, client_id: UUID, window: Window, agreement_id: UUID | None) -> list[Time]:
    columns = (TimeEntry.id, TimeEntry.agreement_id, TimeEntry.client_service_id, TimeEntry.worked_on)
    statement = _counted(select(*columns, TimeEntry.created_at, TimeEntry.billed_hours), client_id, agreement_id)
    within = TimeEntry.worked_on.between(window.first, window.last)
    return [Time(*row) for row in work.session.execute(statement.where(within))]


def _counted(statement: Any, client_id: UUID, agreement_id: UUID | None) -> Any:
    """Returns the statement for the time that counts: billable, and with hours after rounding."""
    counted = (TimeEntry.deleted_at.is_(None), TimeEntry.billable, TimeEntry.billed_hours > 0)
    statement = statement.where(TimeEntry.client_id == client_id, *counted)
    return statement if agreement_id is None else statement.where(TimeEntry.agreement_id == agreement_id)


def projected(times: Sequence[Time], history: Window, window: Window) -> list[Time]:
    """Returns the average hours of a month by agreement and service, for each month of the window."""
    if not times:
        return []
    sums: dict[tuple[UUID | None, UUID | None], Decimal] = defaultdict(Decimal)
    for time in times:
        sums[time.agreement_id, time.client_service_id] += time.hours
    logged_at = max(time.logged_at for time in times)
    averages = {key: (hours / history.months).quantize(hm.STEP, ROUND_HALF_UP) for key, hours in sums.items()}
    return [
        Time(new_id(), *key, day, logged_at, hours) for day in window.starts for key, hours in averages.items() if hours
    ]
