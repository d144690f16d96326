"""Commands: what a request asks for, as a frozen dataclass whose fields mypy and a reader see.

@dataclass(frozen=True, kw_only=True, slots=True)
class OrderChanges:
    subject: str | Unset = UNSET

class WorkOrderPatch(CommandSchema):
    command = OrderChanges
    subject = own.text(300)
"""

from dataclasses import fields
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Final

from marshmallow import Schema, post_load

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class Unset(Enum):
    UNSET = "unset"


UNSET: Final = Unset.UNSET
"""The value of a PATCH field that the request left out; None is a value that was sent."""


class CommandSchema(Schema):
    """A schema of request bodies that loads into `command`."""

    command: ClassVar[type[Any] | None] = None
    """None: loads into a dict. Only for rows that `common.planning` reads one by one."""

    @post_load
    def _to_command(self, data: dict[str, Any], **_: Any) -> Any:
        return data if self.command is None else self.command(**data)


def sent(command: "DataclassInstance", *without: str) -> dict[str, Any]:
    """Returns the fields that the request sent, or that have a default, except those in `without`."""
    values = {field.name: getattr(command, field.name) for field in fields(command) if field.name not in without}
    return {name: value for name, value in values.items() if value is not UNSET}
