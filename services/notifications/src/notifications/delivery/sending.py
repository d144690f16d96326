"""Sends due deliveries: claims in one short transaction, sends outside of any, records in another."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from typing import Any

import structlog
from sqlalchemy import select, text
from sqlalchemy.orm import selectinload

from common import clock
from common.app import App, Loop
from common.backoff import Backoff
from common.blobs.files import read
from common.claims import Claim, Queue
from common.clock import Clock
from common.context import Context
from common.organisation.settings import Organisation
from common.uow import UnitOfWork
from notifications.channel.contract import Channel, Permanent, Provider, Receipt, Unreachable
from notifications.config import Settings
from notifications.delivery import events
from notifications.delivery.models import PENDING, SENDING, Delivery

log = structlog.get_logger(__name__)

WAKE = "deliveries"
LEASE = timedelta(minutes=10)
"""Longer than one message takes if every answer of the provider just meets its time limit. Messages are claimed one at
a time, because a lease for a batch would be hours."""
MAX_TRIES = 13
DELIVERIES = Queue(
    of=Delivery,
    due="next_attempt_at",
    lease=LEASE,
    attempts="attempts",
    correlation_id="correlation_id",
    causation_id="event_id",
    backoff=Backoff(timedelta(minutes=1), timedelta(minutes=30), MAX_TRIES),  # a little over four hours
)
PORTION = 50
PORTION_SECONDS = 10.0
"""Ends a portion, so that a worker can stop between two messages."""


def loop(channel: Channel) -> Loop:
    """Returns a loop for each channel, so that a slow provider does not delay other channels."""
    return Loop(f"send-{channel.name}", partial(portion, channel=channel), channel=WAKE)


def portion(app: App, channel: Channel, now: Clock = clock.now) -> bool:
    """Sends some due deliveries. Returns True if there may be more."""
    over = monotonic() + PORTION_SECONDS
    with channel.open(Settings.of(app)) as provider:
        for _ in range(PORTION):
            claimed = claim(app, channel.name, now())
            if claimed is None:
                return False
            if not _attempt(app, provider, *claimed, now):
                return False
            if monotonic() > over:
                break
    return True


def claim(app: App, channel: str, at: datetime) -> tuple[Claim, Delivery, Organisation] | None:
    """Claims the delivery that is due longest. Returns it with its content, and its sender."""
    changes: dict[str, Any] = {
        "status": SENDING,
        "tries": Delivery.tries + 1,
        "version": Delivery.version + 1,
        "updated_at": at,
    }
    with app.work(Context(now=at)) as work:
        claimed = DELIVERIES.claim(work, Delivery.channel == channel, text(PENDING), **changes)
        if not claimed:
            return None
        content = (selectinload(Delivery.content), selectinload(Delivery.attachments))
        delivery = work.session.get_one(Delivery, claimed[0].key, options=content)
        return claimed[0], delivery, work.organisation


def _attempt(app: App, provider: Provider, claim: Claim, delivery: Delivery, sender: Organisation, now: Clock) -> bool:
    """Sends one delivery and records the outcome. Returns False if the provider is down."""
    if delivery.tries > MAX_TRIES:  # workers died repeatedly while sending it
        error = delivery.last_error or "Sending was interrupted too often."
        _record(app, claim, now(), partial(_failed, error=error))
        return True
    try:
        attached = [b"".join(read(app.settings, attachment.file)) for attachment in delivery.attachments]
        receipt = provider.send(delivery, attached, sender)
    except Permanent as error:
        _record(app, claim, now(), partial(_failed, error=str(error)))
    except Unreachable as error:
        _record(app, claim, now(), partial(_put_off, error=str(error)))
        return False
    except Exception as error:  # a temporary failure or a bug, which must not stop the others
        log.warning("delivery_attempt_failed", delivery_id=str(delivery.id), exc_info=True)
        _record(app, claim, now(), partial(_put_off, error=str(error) or type(error).__name__))
    else:
        _record(app, claim, now(), partial(_sent, receipt=receipt))
    return True


def _record(app: App, claim: Claim, at: datetime, outcome: Callable[..., None]) -> None:
    """Records the outcome, unless the lease ended and another sender took the delivery."""
    with app.work(claim.context.at(at)) as work:
        ours = select(Delivery).where(*DELIVERIES.held(claim)).with_for_update()
        delivery = work.session.scalars(ours).one_or_none()
        if delivery is None:
            log.warning("delivery_lease_lost", delivery_id=str(claim.key))
            return
        outcome(work, delivery)
        log.info("delivery_attempted", delivery_id=str(delivery.id), status=delivery.status, attempts=delivery.attempts)


def _sent(work: UnitOfWork, delivery: Delivery, *, receipt: Receipt) -> None:
    delivery.succeed(work.now, receipt.provider_message_id, receipt.remark)
    work.emit(events.SENT, delivery)


def _put_off(work: UnitOfWork, delivery: Delivery, *, error: str) -> None:
    pause = DELIVERIES.backoff.pause_after(delivery.tries)
    if pause is None:
        _failed(work, delivery, error=error)
    else:
        delivery.retry(work.now + pause, error)


def _failed(work: UnitOfWork, delivery: Delivery, *, error: str) -> None:
    delivery.fail(error)
    work.emit(events.FAILED, delivery)
