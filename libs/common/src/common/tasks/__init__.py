"""Durable tasks: enqueued in the caller's transaction, run by any worker, taken up again when a worker dies."""
