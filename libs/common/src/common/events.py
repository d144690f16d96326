"""Event types, their envelope (structured CloudEvents 1.0 JSON) and the readers of consumers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self, TypeVar
from uuid import UUID

import orjson
from marshmallow import EXCLUDE, Schema, ValidationError

T = TypeVar("T")

CONTENT_TYPE = "application/cloudevents+json"


class Unreadable(ValueError):
    """A message that can't be read at any delivery, so it goes to the dead letters at once."""


@dataclass(frozen=True)
class EventType:
    """An event a service publishes: its name (`<service>.<aggregate>.<past_tense>.v1`) and the schema of its data."""

    name: str
    schema: Schema
    summary: str

    @property
    def source(self) -> str:
        return self.name.split(".", 1)[0]


class Reader(Schema):
    """A consumer's view of an event: the fields it uses; other fields are ignored."""

    class Meta:
        unknown = EXCLUDE


@dataclass(frozen=True)
class Envelope:
    id: UUID
    type: str
    source: str
    subject: str
    time: datetime
    sequence: int
    correlation_id: str
    causation_id: str | None
    actor: str
    data: dict[str, Any]

    def encode(self) -> bytes:
        """Returns the envelope as JSON. Instants in `data` end in +00:00: the audit log compares texts."""
        return orjson.dumps(
            {
                "specversion": "1.0",
                "id": str(self.id),
                "type": self.type,
                "source": f"/evergreen/{self.source}",
                "subject": self.subject,
                "time": self.time,
                "datacontenttype": "application/json",
                "sequence": str(self.sequence),
                "correlationid": self.correlation_id,
                **({"causationid": self.causation_id} if self.causation_id else {}),
                "actor": self.actor,
                "data": orjson.Fragment(orjson.dumps(self.data)),
            },
            option=orjson.OPT_UTC_Z,
        )

    @classmethod
    def decode(cls, body: bytes) -> Self:
        """Returns the envelope; raises Unreadable with the reason."""
        try:
            raw = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise Unreadable(f"not JSON: {error}") from error
        if not isinstance(raw, dict):
            raise Unreadable("not a JSON object")
        missing = [name for name in ("id", "type", "source", "time", "data") if name not in raw]
        if missing:
            raise Unreadable(f"envelope lacks {', '.join(missing)}")
        if not isinstance(raw["data"], dict):
            raise Unreadable("data is not an object")
        return cls(
            id=_parsed(raw, "id", UUID),
            type=str(raw["type"]),
            source=str(raw["source"]).rsplit("/", 1)[-1],
            subject=str(raw.get("subject", "")),
            time=_parsed(raw, "time", datetime.fromisoformat),
            sequence=_parsed({"sequence": 0} | raw, "sequence", int),
            correlation_id=str(raw.get("correlationid", raw["id"])),
            causation_id=raw.get("causationid"),
            actor=str(raw.get("actor", "system:unknown")),
            data=raw["data"],
        )


def read(reader: Schema, envelope: Envelope) -> dict[str, Any]:
    """Returns the event's data as the reader loads it; raises Unreadable naming the invalid fields.

    The reason has no values, because it appears in logs and in headers of dead letters.
    """
    try:
        data: dict[str, Any] = reader.load(envelope.data)
    except ValidationError as error:
        raise Unreadable(f"data does not fit {type(reader).__name__}: {_misfits(reader, error)}") from error
    return data


def _misfits(reader: Schema, error: ValidationError) -> str:
    """Returns the field names with those messages of marshmallow that contain no values."""
    parts = []
    for name, messages in sorted(error.messages_dict.items()):
        field = reader.fields.get(name)
        known = set(field.error_messages.values()) if field else set()
        fixed = [text for text in messages if text in known] if isinstance(messages, list) else []
        parts.append(f"{name} ({' '.join(fixed)})" if fixed else name)
    return ", ".join(parts)


def _parsed(raw: dict[str, Any], name: str, parse: Callable[[Any], T]) -> T:
    try:
        return parse(raw[name])
    except (ValueError, TypeError, AttributeError) as error:
        raise Unreadable(f"the envelope's {name} is malformed") from error
