"""The organisation's details at the head of a page, as the templates read them."""

from datetime import UTC, date, datetime, time
from typing import Any

from common.colors import darkened
from common.organisation import logo as logos
from common.uow import UnitOfWork


def seller_of(work: UnitOfWork) -> dict[str, Any]:
    organisation = work.organisation
    names = {name: getattr(organisation, name) for name in ("name", "email", "tax_id")}
    seller = names | {"address": organisation.address.splitlines()}
    return {"seller": seller, "color": darkened(organisation.brand_color)}


def logo_of(work: UnitOfWork) -> dict[str, Any]:
    """Returns the logo's bytes, or None."""
    logo = work.organisation.logo
    return {"logo": list(logos.content(work.settings, logo)) if logo else None}


def noon(day: date) -> datetime:
    """Returns the time that a page of that day states, so that the same content has the same bytes."""
    return datetime.combine(day, time(12), UTC)
