"""HTTP routes of timers."""

from typing import Any
from uuid import UUID

from agreements.time import queries, timing
from agreements.time.schemas import TIMER, TIMER_RESUME, TIMER_START, TIMERS
from agreements.time.timing import NewTimer, Resume
from agreements.work.logging_time import NewTime
from agreements.work.schemas import LOGGED_TIME, TIME_ENTRY
from agreements.work.time_routes import shown as shown_entry
from common.http.routes import Routes
from common.roles import WORKERS
from common.uow import UnitOfWork

routes = Routes("timers", "Timers of the signed-in user on work orders")

ONE = "/timers/<uuid:timer_id>"


@routes.get("/timers", "listTimers", returns=TIMERS, roles=WORKERS)
def list_timers(work: UnitOfWork) -> dict[str, Any]:
    """Returns your timers, running ones first."""
    return {"items": queries.mine(work)}


@routes.post("/timers", "startTimer", body=TIMER_START, returns=TIMER, roles=WORKERS)
def start_timer(work: UnitOfWork, body: NewTimer) -> dict[str, Any]:
    return queries.shown(work, timing.start(work, body))


@routes.post(f"{ONE}/pause", "pauseTimer", returns=TIMER, roles=WORKERS, status=200)
def pause_timer(work: UnitOfWork, timer_id: UUID) -> dict[str, Any]:
    return queries.shown(work, timing.pause(work, timer_id))


@routes.post(f"{ONE}/resume", "resumeTimer", body=TIMER_RESUME, returns=TIMER, roles=WORKERS, status=200)
def resume_timer(work: UnitOfWork, body: Resume, timer_id: UUID) -> dict[str, Any]:
    return queries.shown(work, timing.resume(work, timer_id, pause_others=body.pause_others))


@routes.post(f"{ONE}/stop", "stopTimer", body=TIME_ENTRY, returns=LOGGED_TIME, roles=WORKERS)
def stop_timer(work: UnitOfWork, body: NewTime, timer_id: UUID) -> dict[str, Any]:
    """Logs the time and ends the timer, by the rules of `logTime`. Without hours, those of the timer are logged."""
    return shown_entry(timing.stop(work, timer_id, body))


@routes.delete(ONE, "discardTimer", roles=WORKERS)
def discard_timer(work: UnitOfWork, timer_id: UUID) -> None:
    """Deletes the timer without logging its time."""
    timing.discard(work, queries.get(work, timer_id, lock=True))
