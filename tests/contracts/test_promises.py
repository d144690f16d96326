"""Every POST of every service handles its Idempotency-Key."""

import json
import re
from typing import Any

import pytest
from sqlalchemy import insert

from common.http import idempotency
from common.ids import new_id
from common.tables import idempotency_key

NOT_KEPT = {
    "login": "strangers share no keys, and its tokens are stored nowhere",
    "openSigning": "it changes nothing",
    "getSigningDocument": "it changes nothing",
    "signDocument": "a link signs once only by itself, and strangers share no keys",
    "declineSigning": "a link is answered once only by itself, and strangers share no keys",
    "refreshTokens": "a refresh token is taken once only by itself",
}
RATE = {"kind": "percent", "value": "10"}
BODIES: dict[str, dict[str, Any]] = {
    "createUser": {"email": "a@b.example", "name": "A", "role": "admin", "password": "a long enough passphrase"},
    "createApiKey": {"name": "Importer"},
    "bulkChangeClientServices": {"ids": [str(new_id())], "change": RATE},
    "acceptRateReviews": {"ids": [str(new_id())]},
    "declineRateReviews": {"ids": [str(new_id())]},
}
"""For routes whose function handles the key itself after reading the body."""


def test_every_post_looks_at_its_key_first(served):
    """The key belongs to another request, so every POST must refuse it before other errors."""
    with served.app.database.engine.begin() as connection:
        row = {"actor": served.actor, "key": "used", "operation": "other", "fingerprint": "other"}
        connection.execute(insert(idempotency_key).values(**row, status=200, body=b"{}"))
    posts = [route for route in served.routes("POST") if route.operation not in NOT_KEPT]
    assert posts

    missed = {}
    for route in posts:
        body = json.dumps(BODIES.get(route.operation, {})).encode()
        headers = {idempotency.HEADER: "used", "Content-Type": "application/octet-stream"}
        answer = served.caller.post(route.path, data=body, headers=headers)
        if answer.status_code != 422 or list(answer.json["errors"]) != [idempotency.HEADER]:
            missed[f"{route.operation} {route.path}"] = answer.status_code, answer.json

    assert missed == {}


@pytest.mark.parametrize("name", sorted(NOT_KEPT))
def test_the_exceptions_are_routes_still_and_say_why(generator, name):
    document = json.loads((generator.ROOT / "services/gateway/openapi.json").read_text())
    operations = (one for path in document["paths"].values() for one in path.values() if "operationId" in one)
    said = {one["operationId"]: f"{one.get('summary')} {one.get('description')}" for one in operations}

    assert re.search("An Idempotency-Key has no effect", said[name])
