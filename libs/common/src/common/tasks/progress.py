"""Progress inside one transaction: counts the rows of a long computation for the task that runs it, if one does."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Report = Callable[[int, int], None]
T = TypeVar("T")

_report: ContextVar[Report | None] = ContextVar("report", default=None)


def counted(rows: Sequence[T]) -> Iterator[T]:
    """Yields the rows, and reports before each how many were taken of how many."""
    report = _report.get()
    for done, row in enumerate(rows):
        if report is not None:
            report(done, len(rows))
        yield row
    if report is not None:
        report(len(rows), len(rows))


@contextmanager
def reporting_to(report: Report) -> Iterator[None]:
    token = _report.set(report)
    try:
        yield
    finally:
        _report.reset(token)
