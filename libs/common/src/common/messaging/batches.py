"""Settles a batch of deliveries in the calling thread: together if possible, else one by one."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import structlog
from sqlalchemy.exc import DBAPIError

from common.app import App
from common.error_texts import describe
from common.events import Envelope, Unreadable
from common.failures import DatabaseAway, Kind, classify, retried
from common.messaging.deliveries import Delivery, Outcome, Result
from common.messaging.handling import Prepared, handle_all, prepare
from common.messaging.routing import Routing
from common.messaging.suspects import EndsItsProcess, Suspects

log = structlog.get_logger(__name__)

T = TypeVar("T")

Ready = tuple[Delivery, Prepared]


class Batches:
    def __init__(self, app: App) -> None:
        self._app = app
        self._limit = app.settings.max_message_bytes
        self._routing = Routing(app.handlers)
        self._suspects = Suspects(app.database, app.name)

    def settle(self, deliveries: Sequence[Delivery]) -> list[Outcome]:
        """Handles the deliveries and returns one outcome for each. Raises DatabaseAway when the outcomes are unknown.

        Committed events stay committed: a redelivery finds their inbox rows.
        """
        outcomes: list[Outcome] = []
        ready: list[Ready] = []
        for delivery in deliveries:
            try:
                ready.append((delivery, self._prepare(delivery)))
            except Unreadable as error:
                outcomes.append(Outcome(delivery, Result.HOPELESS, error=error))
            except Exception as error:  # a reader with a mistake of its own must not stop the queue
                outcomes.append(Outcome(delivery, Result.FAILED, error=error))
        return outcomes + (self._settle(ready) if ready else [])

    def fewest_attempts_first(self, deliveries: Sequence[Delivery]) -> list[Delivery]:
        """Returns the deliveries with the fewest earlier attempts first. Raises DatabaseAway."""
        return _unless_away(lambda: self._suspects.fewest_first(deliveries))

    def settle_alone(self, deliveries: Sequence[Delivery]) -> list[Outcome]:
        """Settles the only delivery given, one that may end this process. Raises DatabaseAway."""
        [delivery] = deliveries
        try:
            _unless_away(lambda: self._suspects.begin(delivery))
            outcomes = self.settle(deliveries)
        except EndsItsProcess as error:
            outcomes = [Outcome(delivery, Result.HOPELESS, error=error)]
        _unless_away(lambda: self._suspects.end(delivery))
        return outcomes

    def _prepare(self, delivery: Delivery) -> Prepared:
        if len(delivery.body) > self._limit:
            raise Unreadable(f"{len(delivery.body)} bytes are more than the {self._limit} allowed")
        return prepare(self._routing, Envelope.decode(delivery.body))

    def _settle(self, ready: Sequence[Ready]) -> list[Outcome]:
        """Handles all events together, and one by one if that fails, so that a bad message fails alone."""
        try:
            handled = self._try([event for _, event in ready])
        except Exception as error:
            if classify(error) is Kind.AWAY:
                raise DatabaseAway(describe(error)) from error
            if len(ready) == 1:
                return [_failed(*ready[0], error)]
            log.warning("batch_split", size=len(ready), error=describe(error))
            return [outcome for one in ready for outcome in self._settle([one])]
        results = (Result.HANDLED if done else Result.DUPLICATE for done in handled)
        return [
            Outcome(delivery, result, event.envelope) for (delivery, event), result in zip(ready, results, strict=True)
        ]

    def _try(self, events: Sequence[Prepared]) -> list[bool]:
        return retried(lambda: handle_all(self._app, events))


def _unless_away(ask: Callable[[], T]) -> T:
    try:
        return ask()
    except DBAPIError as error:
        if classify(error) is Kind.AWAY:
            raise DatabaseAway(describe(error)) from error
        raise


def _failed(delivery: Delivery, event: Prepared, error: Exception) -> Outcome:
    result = Result.HOPELESS if isinstance(error, Unreadable) else Result.FAILED
    return Outcome(delivery, result, event.envelope, error)
