"""Where a message goes that could not be handled: a later try, or the dead letters."""

from common.clock import now
from common.error_texts import describe
from common.messaging.deliveries import (
    ATTEMPTS,
    EXCEPTION,
    FIRST_FAILURE,
    LAST_FAILURE,
    REASON,
    Delivery,
    Outcome,
    Result,
    instant,
)
from common.messaging.publisher import Outgoing
from common.messaging.topology import Names

LONGEST_REASON = 1000


class Ladder:
    def __init__(self, names: Names) -> None:
        self._names = names

    def next(self, outcome: Outcome) -> Outgoing:
        """Returns the message to publish before acknowledging the delivery. Its headers contain its history."""
        delivery, attempts = outcome.delivery, outcome.delivery.attempts + 1
        moment = instant(now())
        headers = {
            ATTEMPTS: attempts,
            FIRST_FAILURE: delivery.headers.get(FIRST_FAILURE, moment),
            LAST_FAILURE: moment,
            REASON: reason_of(outcome),
            EXCEPTION: type(outcome.error).__name__,
        }
        return copy(delivery, self.queue_for(outcome), headers)

    def queue_for(self, outcome: Outcome) -> str:
        retries = self._names.retries
        if outcome.result is Result.FAILED and outcome.delivery.attempts < len(retries):
            return retries[outcome.delivery.attempts][0]
        return self._names.dead


def reason_of(outcome: Outcome) -> str:
    """Returns why a message was not handled, without its data."""
    return (describe(outcome.error) if outcome.error else "")[:LONGEST_REASON]


def copy(delivery: Delivery, queue: str, headers: dict[str, object]) -> Outgoing:
    """Returns the message for `queue` without the broker's headers, which would count its attempts twice."""
    return Outgoing(
        body=delivery.body,
        routing_key=queue,
        message_id=delivery.message_id,
        type=delivery.type,
        correlation_id=delivery.correlation_id,
        content_type=delivery.content_type,
        headers=headers,
    )
