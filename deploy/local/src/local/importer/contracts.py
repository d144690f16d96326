"""Imports agreements with their covered services."""

from typing import Any

from local.importer.people import find_on_card
from local.importer.session import CREATED, UNCHANGED, Session
from local.importer.sheets import Row, RowError


def load_agreement(session: Session, row: Row, covered: list[Row]) -> str:
    """Creates and activates the agreement in one request, so that it never has half of its services."""
    client = session.client(row)
    key = (str(client["id"]), row.required("name").lower())
    if key in session.agreements:
        return UNCHANGED
    wanted: dict[str, Any] = {
        "client_id": client["id"],
        "name": row["name"],
        "type": row.required("type"),
        "start_date": row.required("start_date"),
        "end_date": row.optional("end_date"),
        "total_hours": row.number("total_hours"),
        "overage_rate": row.number("overage_rate"),
        "allocation_policy": row.optional("allocation_policy"),
        "coverage": "selected" if covered else "all",
        "services": [_covered(session, client, part) for part in covered],
        "activate": True,
    }
    given = {name: value for name, value in wanted.items() if value is not None}
    session.agreements[key] = session.api.post("/agreements", given)
    return CREATED


def _covered(session: Session, client: dict[str, object], row: Row) -> dict[str, Any]:
    try:
        service = find_on_card(session, client, row.required("service"))
    except RowError as error:
        raise RowError(f"{error} ({row.file}:{row.line})") from error
    cells = {name: row.number(name) for name in ("custom_rate", "hours_allocated")}
    return {"client_service_id": service["id"], **{name: cell for name, cell in cells.items() if cell is not None}}
