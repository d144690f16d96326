"""Compares every replica table with the data it copies, field by field."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from sqlalchemy import select

from common import emails
from common.app import App
from common.context import Context
from common.events import Envelope
from common.uow import UnitOfWork

OWNERS = ("catalog", "clients", "agreements", "billing", "gateway")
MERGED = "clients.client.merged.v1"
"""Has no state of its own; its effects are in the replicas."""


@dataclass(frozen=True)
class Copy:
    """A replica table, the state it copies, and columns with other names or computed values."""

    of: str
    renamed: dict[str, str] = field(default_factory=dict)
    made: dict[str, Callable[[dict[str, Any]], Any]] = field(default_factory=dict)
    where: dict[str, Any] = field(default_factory=dict)
    lags: bool = False
    """True if the owner publishes no event for some changes; then the version may differ."""
    outlives: bool = False
    """True if rows of deleted objects stay in their last state; other replicas mark them."""


def covered(state: dict[str, Any]) -> dict[str, Any]:
    return {row["client_service_id"]: {"custom_rate": row["custom_rate"]} for row in state["services"]}


def earlier_rates(state: dict[str, Any]) -> dict[str, Any]:
    """Returns the rates that were replaced, by service, of every service that was or is covered."""
    past = [
        (one["before"], {row["client_service_id"]: row["custom_rate"] for row in one["services"]})
        for one in state["earlier_rates"]
    ]
    services = {*covered(state), *(service for _, rates in past for service in rates)}
    found = {
        service: [{"before": day, "custom_rate": rates.get(service)} for day, rates in past] for service in services
    }
    return found if past else {}


def earlier_overage_rates(state: dict[str, Any]) -> list[dict[str, Any]]:
    return [{name: one[name] for name in ("before", "overage_rate")} for one in state["earlier_rates"]]


AGREED = {"services": covered, "earlier_rates": earlier_rates, "earlier_overage_rates": earlier_overage_rates}


def prices(state: dict[str, Any]) -> dict[str, Any]:
    return {price["currency"]: price["default_rate"] for price in state["prices"]}


def other_prices(state: dict[str, Any]) -> list[dict[str, Any]]:
    return [{name: price[name] for name in ("currency", "default_rate", "price_model")} for price in state["prices"]]


def in_steps(state: dict[str, Any]) -> bool:
    model = state["price_model"] or {"model": "per_unit"}
    floors = [model.get(name) for name in ("included_units", "minimum_units", "minimum_charge")]
    return bool(model["model"] != "per_unit" or any(Decimal(floor) for floor in floors if floor))


UNIT = {"unit": "default_unit"}
ISSUED = {"issued", "partially_paid", "paid", "void"}
OVER = {"cancelled", "expired", "renewed"}
VOIDED = {"voided": lambda state: state["status"] == "void"}
COPIES: dict[tuple[str, str], Copy] = {
    ("agreements", "catalog_service"): Copy("catalog.service"),
    ("agreements", "client"): Copy("clients.client"),
    ("agreements", "client_service"): Copy("clients.client_service", lags=True),
    ("agreements", "contact"): Copy(
        "clients.contact", made={"email_key": lambda s: emails.key(s["email"]) if s["email"] else None}
    ),
    ("agreements", "tax_code"): Copy("catalog.tax_code"),
    ("agreements", "technician"): Copy("clients.technician"),
    ("agreements", "user"): Copy("gateway.user", outlives=True),
    ("agreements", "invoice"): Copy("billing.invoice", made=VOIDED, where={"status": ISSUED}),
    ("billing", "agreement"): Copy("agreements.agreement", made=AGREED),
    ("billing", "catalog_service"): Copy(
        "catalog.service", made={"priced_in_steps": in_steps, "prices": other_prices}, outlives=True
    ),
    ("billing", "client"): Copy("clients.client"),
    ("billing", "client_service"): Copy("clients.client_service", lags=True),
    ("billing", "location"): Copy(
        "clients.location", made={"active": lambda state: not state["removed"]}, outlives=True
    ),
    ("billing", "tax_code"): Copy("catalog.tax_code"),
    ("billing", "app_user"): Copy("gateway.user", outlives=True),
    ("billing", "worked_time"): Copy("agreements.time", made={"hours": lambda s: 0 if s["deleted"] else s["hours"]}),
    ("billing", "spent_expense"): Copy(
        "agreements.expense", made={"cost": lambda s: "0" if s["deleted"] else s["cost"]}
    ),
    ("clients", "catalog_service"): Copy("catalog.service", UNIT, {"prices": prices}),
    ("clients", "service_set"): Copy("catalog.service_set"),
    ("clients", "tax_code"): Copy("catalog.tax_code"),
    ("clients", "app_user"): Copy("gateway.user"),
    ("clients", "worked_time"): Copy("agreements.time", made={"hours": lambda s: 0 if s["deleted"] else s["hours"]}),
    ("gateway", "client"): Copy("clients.client"),
    ("notifications", "client"): Copy("clients.client"),
    ("notifications", "contact"): Copy("clients.contact"),
    ("notifications", "technician"): Copy("clients.technician"),
    ("notifications", "user_account"): Copy("gateway.user"),
}
HELD = {
    "agreements.agreement": None,
    "agreements.work_order": None,
    "billing.invoice": "balance",
    "billing.payment": "unallocated",
}
ELSEWHERE = {("clients", "holding"): "four things in one table: compared by kind in `holdings`"}


class Listening(UnitOfWork):
    """Records republished events as a consumer would read them, without sending them."""

    def __init__(self, app: App, session: Any) -> None:
        super().__init__(session, Context(), app.settings)
        self.heard: list[Any] = []

    def flush(self) -> None:
        pending, self._pending = self._pending, []
        self.heard += [Envelope.decode(self._envelope(*entry).encode()) for entry in pending]


@dataclass
class Everybody:
    services: dict[str, App]

    def stated(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Returns each owner's own state: aggregate → id → state."""
        found: dict[str, dict[str, dict[str, Any]]] = {}
        for name in OWNERS:
            with self.services[name].database.sessions() as session:
                work = Listening(self.services[name], session)
                for republisher in self.services[name].republishers:
                    for _ in republisher(work):
                        work.flush()
                    work.flush()
            for envelope in work.heard:
                if envelope.type == MERGED:
                    continue
                aggregate = envelope.type.rsplit(".", 2)[0]
                rows = envelope.data["services"] if aggregate == "clients.client_service" else [envelope.data]
                for row in rows:
                    state = {"removed": envelope.type.endswith("archived.v1"), **row}
                    if aggregate == "clients.client_service":
                        state["client_id"] = envelope.data["client_id"]
                    found.setdefault(aggregate, {})[state["id"]] = state
        return found

    def differences(self) -> list[str]:
        stated = self.stated()
        found = [line for (name, table), copy in COPIES.items() for line in self._compare(name, table, copy, stated)]
        return [*found, *self._holdings(stated), *self._uses(stated)]

    def table(self, name: str, table: str) -> Any:
        return self.services[name].base.metadata.tables[table]

    def rows(self, name: str, table: str) -> dict[str, dict[str, Any]]:
        with self.services[name].database.engine.connect() as connection:
            found = connection.execute(select(self.table(name, table))).mappings()
            return {str(row["id"]): dict(row) for row in found}

    def _compare(self, name: str, table: str, copy: Copy, stated: dict[str, Any]) -> Iterator[str]:
        kept, wanted = self.rows(name, table), stated.get(copy.of, {})
        for column, values in copy.where.items():
            wanted = {key: state for key, state in wanted.items() if state[column] in values}
        for key in wanted.keys() - kept.keys():
            yield f"{name}.{table} lacks {key}"
        for key, row in kept.items():
            if key not in wanted:
                gone = row.get("status") == "deleted" or row.get("removed") or row.get("voided")
                if not (copy.outlives or gone):
                    yield f"{name}.{table} has {key}, which there is not"
                continue
            for column, value in row.items():
                own = _own(copy, column, wanted[key])
                behind = copy.lags and column == "sequence" and value <= own
                if _plain(value) != _plain(own) and not behind:
                    yield f"{name}.{table} {key}: {column} is {value!r}, and should be {own!r}"

    def _holdings(self, stated: dict[str, Any]) -> Iterator[str]:
        kept = self.rows("clients", "holding")
        wanted = {}
        for kind, amount in (
            ("agreement", None),
            ("work_order", None),
            ("invoice", "balance"),
            ("payment", "unallocated"),
        ):
            owner = "billing" if amount else "agreements"
            for key, state in stated.get(f"{owner}.{kind}", {}).items():
                wanted[key] = (
                    kind,
                    state["client_id"],
                    state.get("status", ""),
                    state.get("currency"),
                    state["version"],
                )
                wanted[key] += (state[amount] if amount else None,)
        for key, expected in wanted.items():
            row = kept.get(key)
            columns = ("kind", "client_id", "status", "currency", "sequence", "amount")
            found = tuple(row[column] for column in columns) if row else None
            if found is None or [_plain(value) for value in found] != [_plain(value) for value in expected]:
                yield f"clients.holding {key} is {found}, and should be {expected}"

    def _uses(self, stated: dict[str, Any]) -> Iterator[str]:
        """Yields the uses of services as the catalog counts them."""
        known, cards = stated["catalog.service"], stated["clients.client_service"].values()
        wanted = {(row["service_id"], "client", row["client_id"]) for row in cards if row["included"]}
        for agreement in stated.get("agreements.agreement", {}).values():
            if agreement["status"] not in OVER:
                wanted |= {(row["service_id"], "agreement", agreement["id"]) for row in agreement["services"]}
        wanted = {use for use in wanted if use[0] in known}
        table = self.table("catalog", "service_use")
        with self.services["catalog"].database.engine.connect() as connection:
            used = connection.execute(select(table).where(table.c.in_use)).mappings()
            found = {(str(row["service_id"]), row["kind"], str(row["user_id"])) for row in used}
        yield from (f"catalog.service_use lacks {use}" for use in wanted - found)
        yield from (f"catalog.service_use has {use}, which there is not" for use in found - wanted)
        counted = Counter((service_id, kind) for service_id, kind, _ in wanted)
        for key, row in self.rows("catalog", "service").items():
            own = (counted[key, "client"], counted[key, "agreement"])
            if (row["client_count"], row["agreement_count"]) != own:
                yield f"catalog.service {key} counts {row['client_count'], row['agreement_count']}, not {own}"


def _own(copy: Copy, column: str, state: dict[str, Any]) -> Any:
    if column in copy.made:
        return copy.made[column](state)
    return state["version" if column == "sequence" else copy.renamed.get(column, column)]


def _plain(value: Any) -> Any:
    """Returns one form for values that JSON and the database write differently."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, UUID) or value is None or isinstance(value, bool):
        return str(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    try:
        return Decimal(str(value)).normalize()
    except InvalidOperation:
        return str(value)
