"""Finds duplicate clients by name without legal form, tax id, email domain or phone number."""

import json
from typing import Any
from uuid import UUID

from sqlalchemy import text

from clients.client.queries import get
from common.uow import UnitOfWork

WEIGHTS = {"name": 60, "tax_id": 60, "similar_name": 40, "phone": 30, "email_domain": 30}
SURE = 100
MOST_SHARING = 5
"""A number or domain shared by more clients is ignored, because it belongs to a building or a provider."""
PUBLIC_DOMAINS = (
    *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "icloud.com"),
    *("me.com", "aol.com", "proton.me", "protonmail.com", "gmx.com", "gmx.net", "mail.com", "zoho.com", "candw.ky"),
)

# All keys of each client; clients with an equal key make pairs.
_KEYS = """
keyed AS (
    SELECT id AS client_id, 'name' AS kind, match_key AS key FROM client WHERE merged_into_id IS NULL
    UNION SELECT id, 'tax_id', lower(translate(tax_id, ' .-/', '')) FROM client WHERE merged_into_id IS NULL
    UNION SELECT id, 'email_domain', lower(split_part(billing_email, '@', 2)) FROM client WHERE merged_into_id IS NULL
    UNION SELECT client_id, 'email_domain', lower(split_part(email, '@', 2)) FROM contact WHERE status = 'active'
    UNION SELECT id, 'phone', phone FROM client WHERE merged_into_id IS NULL
    UNION SELECT client_id, 'phone', phone FROM contact WHERE status = 'active'
    UNION SELECT client_id, 'phone', mobile FROM contact WHERE status = 'active' AND mobile IS NOT NULL
    UNION SELECT client_id, 'phone', phone FROM location WHERE status = 'active' AND phone IS NOT NULL
), shared AS (
    SELECT kind, key COLLATE "C" AS key, array_agg(client_id) AS clients FROM keyed
    WHERE key <> '' AND key <> ALL (:public)
    GROUP BY key COLLATE "C", kind COLLATE "C", kind HAVING count(*) BETWEEN 2 AND :most
), pair AS MATERIALIZED (
    SELECT one, other, kind, key FROM shared, unnest(clients) AS one, unnest(clients) AS other WHERE one < other
)"""
_ALL = "SELECT one, other, kind, key FROM pair"
_OF_ONE = """
SELECT one, other, kind, key FROM pair WHERE :client_id IN (one, other)
UNION ALL
SELECT least(client.id, twin.id), greatest(client.id, twin.id), 'similar_name', twin.name
FROM client JOIN client twin ON twin.id <> client.id
WHERE client.id = :client_id AND twin.merged_into_id IS NULL AND similarity(twin.match_key, client.match_key) >= 0.5
AND NOT EXISTS (SELECT 1 FROM pair WHERE kind = 'name' AND client.id IN (one, other) AND twin.id IN (one, other))
"""
_SHOWN = """
reason AS (
    SELECT one, other, kind, min(key) AS value, (CAST(:weights AS jsonb) ->> kind)::int AS weight
    FROM found GROUP BY one, other, kind
), scored AS (
    SELECT one, other, least(:sure, sum(weight)) AS score,
           jsonb_agg(jsonb_build_object('kind', kind, 'value', value) ORDER BY weight DESC, kind) AS reasons
    FROM reason GROUP BY one, other
)
SELECT score, reasons, a.id, a.name, a.status, a.created_at,
       b.id AS other_id, b.name AS other_name, b.status AS other_status, b.created_at AS other_created_at
FROM scored JOIN client a ON a.id = one JOIN client b ON b.id = other
ORDER BY score DESC, a.name_key, one, other LIMIT :limit
"""


def candidates(work: UnitOfWork, *, client_id: UUID | None, limit: int) -> dict[str, Any]:
    """Returns pairs with scores and reasons, highest score first; for one client, also clients with a similar name.

    The older client of a pair comes first: it is the client to keep by default.
    """
    if client_id is not None:
        get(work, client_id)
    values: dict[str, Any] = {
        "public": list(PUBLIC_DOMAINS),
        "most": MOST_SHARING,
        "weights": json.dumps(WEIGHTS),
        "sure": SURE,
        "limit": limit,
    }
    if client_id is not None:
        values["client_id"] = client_id
    work.session.execute(text("SET LOCAL work_mem = '64MB'"))  # the query sorts keys of all contacts
    statement = text(f"WITH {_KEYS}, found AS ({_OF_ONE if client_id else _ALL}), {_SHOWN}")
    return {"items": [_pair(row) for row in work.session.execute(statement, values).mappings()]}


def _pair(row: Any) -> dict[str, Any]:
    names = ("id", "name", "status", "created_at")
    return {
        "client": {name: row[name] for name in names},
        "duplicate": {name: row[f"other_{name}"] for name in names},
        "score": row["score"],
        "reasons": row["reasons"],
    }
