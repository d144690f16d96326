"""Messages whose consumer was lost again and again: which of them ended it, and which only happened to be there.

A broker counts every lost connection against all messages under way, so its count says nothing about one of them.
From SUSPICIOUS on, a message is handled alone, and before that a row says so: a message that ends its process each
time is found by its rows. Those with the fewest come first, so that good ones are through before a bad one's turn.
"""

from collections.abc import Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from common.db import Database
from common.messaging.deliveries import Delivery
from common.tables import handling_attempt

SUSPICIOUS = 3
"""Times returned by the broker without an answer."""
MOST_ATTEMPTS = 10
"""Times that a process may end while it handles this message alone."""


class EndsItsProcess(RuntimeError):
    """Raised for a message during whose handling the process ended MOST_ATTEMPTS times."""


class Suspects:
    def __init__(self, database: Database, consumer: str) -> None:
        self._database, self._consumer = database, consumer
        self._begun: set[str] = set()

    def fewest_first(self, deliveries: Sequence[Delivery]) -> list[Delivery]:
        """Returns the deliveries by their attempts so far."""
        table = handling_attempt.c
        statement = select(table.message_id, table.attempts).where(
            table.consumer == self._consumer, table.message_id.in_({one.message_id for one in deliveries})
        )
        with self._database.engine.connect() as connection:
            attempts = {row.message_id: row.attempts for row in connection.execute(statement)}
        return sorted(deliveries, key=lambda one: attempts.get(one.message_id, 0))

    def begin(self, delivery: Delivery) -> None:
        """Records an attempt, once for each process. Raises EndsItsProcess when there were too many before."""
        if delivery.message_id in self._begun:
            return  # tried again because the database was away
        first = insert(handling_attempt).values(consumer=self._consumer, message_id=delivery.message_id, attempts=1)
        counted = first.on_conflict_do_update(
            index_elements=["consumer", "message_id"],
            set_={"attempts": handling_attempt.c.attempts + 1, "started_at": func.clock_timestamp()},
        )
        with self._database.engine.begin() as connection:
            attempts = connection.scalar(counted.returning(handling_attempt.c.attempts)) or 0
        self._begun.add(delivery.message_id)
        if attempts > MOST_ATTEMPTS:
            raise EndsItsProcess(delivery.message_id)

    def end(self, delivery: Delivery) -> None:
        """Deletes the attempt: the process survived this message, whatever its outcome."""
        table = handling_attempt.c
        mine = (table.consumer == self._consumer, table.message_id == delivery.message_id)
        with self._database.engine.begin() as connection:
            connection.execute(delete(handling_attempt).where(*mine))
        self._begun.discard(delivery.message_id)
