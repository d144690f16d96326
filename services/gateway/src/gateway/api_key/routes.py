"""Routes of API keys."""

from typing import Any
from uuid import UUID

import orjson
from flask import Response

from common.app import App
from common.context import Context, Idempotency
from common.errors import Conflict, Forbidden
from common.http import idempotency
from common.http.routes import Routes
from common.pages import Page
from common.roles import EVERYONE
from common.uow import UnitOfWork
from gateway.api_key import keys, queries
from gateway.api_key.models import ApiKey
from gateway.api_key.schemas import API_KEY, API_KEY_PATCH, FILTERS, NEW_API_KEY
from gateway.session.identify import principal

routes = Routes("api-keys", "API keys: programs use them to act for a user")


@routes.list("/api-keys", "listApiKeys", returns=API_KEY, filters=FILTERS, roles=EVERYONE)
def list_api_keys(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return queries.page_of_keys(work, page)


@routes.post(
    "/api-keys",
    "createApiKey",
    body=API_KEY,
    returns=NEW_API_KEY,
    roles=EVERYONE,
    transaction=False,
    promise=idempotency.BY_FUNCTION,
)
def create_api_key(app: App, context: Context, body: dict[str, Any]) -> Response:
    """Creates an API key. The key is shown only in this response; a repeated Idempotency-Key returns 409 instead."""
    if principal().kind == "key":
        raise Forbidden("An API key can't create API keys. Sign in instead.")
    promise = context.idempotency
    with app.work(context) as work:
        if promise is not None:
            _complete_without_body(work, promise)
        key, token = keys.create(work, **body)
        work.flush()
        answer = {**API_KEY.dump(key), "key": token}
    return Response(orjson.dumps(answer), 201, {"ETag": f'"{key.version}"'}, mimetype="application/json")


@routes.get("/api-keys/<uuid:key_id>", "getApiKey", returns=API_KEY, roles=EVERYONE)
def get_api_key(work: UnitOfWork, key_id: UUID) -> ApiKey:
    return queries.get(work, key_id)


@routes.patch("/api-keys/<uuid:key_id>", "renameApiKey", body=API_KEY_PATCH, returns=API_KEY, roles=EVERYONE)
def rename_api_key(work: UnitOfWork, body: dict[str, Any], key_id: UUID) -> ApiKey:
    return keys.rename(work, key_id, **body)


@routes.delete("/api-keys/<uuid:key_id>", "revokeApiKey", roles=EVERYONE)
def revoke_api_key(work: UnitOfWork, key_id: UUID) -> None:
    keys.revoke(work, key_id)


def _complete_without_body(work: UnitOfWork, promise: Idempotency) -> None:
    """Stores the idempotency key without the response, because that contains the secret."""
    if idempotency.begin(work, promise) is not None:
        raise Conflict("This key already exists, and its secret is shown only once. Revoke it and create a new key.")
    idempotency.complete(work, promise, 201, b"")
