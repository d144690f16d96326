"""What the tables have in common."""

from collections.abc import Mapping

from agreements.agreement.schemas import AgreementCreate
from agreements.work.schemas import WorkOrder
from common.planning import Line


class AgreementRow(AgreementCreate):
    """What POST takes, loaded into a dict."""

    command = None


class OrderRow(WorkOrder):
    command = None


AGREEMENT, ORDER = AgreementRow(), OrderRow()


def rename(line: Line, columns: Mapping[str, str]) -> None:
    """Gives the messages of a row by the columns of its table instead of the fields of the API."""
    for messages in (line.errors, line.warnings):
        for name in [name for name in messages if name in columns]:
            messages.setdefault(columns[name], []).extend(messages.pop(name))
