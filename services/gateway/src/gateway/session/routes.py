"""Routes of sign-in, sign-out and sessions."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from flask import Response, request
from marshmallow import Schema

from common.app import App
from common.context import Context
from common.errors import Forbidden, Unauthenticated
from common.http import idempotency
from common.http.routes import Routes
from common.pages import Page
from common.roles import EVERYONE, VISITORS
from common.uow import UnitOfWork
from gateway.audit.recording import record
from gateway.config import Settings
from gateway.runtime import caller_address, runtime
from gateway.session import cookies, everywhere, queries, sessions, tokens
from gateway.session.identify import principal
from gateway.session.principal import Principal
from gateway.session.recognising import device_cookie, session_cookie
from gateway.session.schemas import LOGIN, ME, REFRESH, SESSION, SESSION_FILTERS, SIGNED_IN
from gateway.session.sessions import Granted
from gateway.session.signing_in import Attempt, sign_in
from gateway.user.grants import permissions_of
from gateway.user.models import User
from gateway.user.roles import scope_of

auth = Routes("auth", "Sign-in and sign-out")
routes = Routes("sessions", "Sessions of the signed-in user")


@auth.post(
    "/auth/login",
    "login",
    body=LOGIN,
    returns=SIGNED_IN,
    roles=VISITORS,
    status=200,
    transaction=False,
    promise=idempotency.NOT_KEPT,
)
def login(app: App, context: Context, body: dict[str, Any]) -> Response:
    """Signs in. An Idempotency-Key has no effect, because the tokens are not stored."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise Forbidden("Sign in on Evergreen's own page.")
    agent = request.headers.get("User-Agent", "")
    attempt = Attempt(body["email"], body["password"], caller_address(), agent, device_cookie(request.environ))
    settings = Settings.of(app)
    granted = sign_in(app, settings, context, runtime().passwords, attempt)
    response = _json(SIGNED_IN, _signed_in(granted))
    cookies.give(response, settings, granted.cookie or "")
    cookies.give_device(response, granted.device or "")
    return response


@auth.post(
    "/auth/refresh",
    "refreshTokens",
    body=REFRESH,
    returns=SIGNED_IN,
    roles=VISITORS,
    status=200,
    transaction=False,
    promise=idempotency.NOT_KEPT,
)
def refresh(app: App, context: Context, body: dict[str, Any]) -> Response:
    """Exchanges a refresh token, which works once; a second use ends its session. An Idempotency-Key has no effect."""
    with app.work(context) as work:
        granted = sessions.refresh(work, Settings.of(app), body["refresh_token"])
    if granted is None:
        raise Unauthenticated("This refresh token is not valid or has expired. Sign in again.")
    return _json(SIGNED_IN, _signed_in(granted))


@auth.post("/auth/logout", "logout", returns=None, roles=EVERYONE, status=204)
def logout(work: UnitOfWork) -> Response:
    """Ends the session and all its tokens, effective with the next request."""
    who = principal()
    if who.kind == "key":
        raise Forbidden("An API key has no session to end. Revoke the key instead.")
    sessions.end(work, queries.get(work, who.credential_id), sessions.SIGNED_OUT)
    record(work, "gateway.session.ended.v1", who.user_id, session_id=who.credential_id, why=sessions.SIGNED_OUT)
    response = Response(status=204)
    cookies.take_back(response)
    return response


@auth.post("/auth/logout-everywhere", "logoutEverywhere", returns=None, roles=EVERYONE, status=204)
def logout_everywhere(work: UnitOfWork) -> Response:
    """Ends all sessions of the caller, including the current one, and revokes all their API keys."""
    everywhere.sign_out(work, principal().user_id)
    response = Response(status=204)
    cookies.take_back(response)
    return response


@auth.get("/auth/me", "getMe", returns=ME, roles=EVERYONE)
def me(work: UnitOfWork) -> Response:
    who = principal()
    cookie = session_cookie(request.environ) if who.kind == "cookie" else None
    response = _json(
        ME,
        {
            "user": _shown(who.user_id, who, work.organisation.time_zone),
            "csrf_token": tokens.csrf_token(cookie) if cookie else None,
        },
    )
    settings = runtime().settings
    if cookie and sessions.keep_cookie_alive(work, settings, cookie):
        cookies.give(response, settings, cookie)
    return response


@routes.list("/sessions", "listSessions", returns=SESSION, filters=SESSION_FILTERS, roles=EVERYONE)
def list_sessions(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return queries.page_of_sessions(work, page, principal().credential_id)


@routes.delete("/sessions", "endOtherSessions", roles=EVERYONE)
def end_other_sessions(work: UnitOfWork) -> None:
    """Ends all sessions of the caller except the current one. API keys keep working."""
    who = principal()
    sessions.end_all_of(work, who.user_id, sessions.REVOKED, but=who.credential_id)
    record(work, "gateway.session.others_ended.v1", who.user_id, kept=who.credential_id)


@routes.delete("/sessions/<uuid:session_id>", "endSession", roles=EVERYONE)
def end_session(work: UnitOfWork, session_id: UUID) -> None:
    session = queries.get(work, session_id, *queries.within_reach(work.actor))
    sessions.end(work, session, sessions.REVOKED)
    record(work, "gateway.session.ended.v1", session.user_id, session_id=session.id, why=sessions.REVOKED)


def _signed_in(granted: Granted) -> dict[str, Any]:
    return {
        "access_token": granted.access,
        "token_type": "Bearer",
        "expires_in": granted.expires_in,
        "refresh_token": granted.refresh,
        "user": _shown(granted.user.id, granted.user, granted.time_zone),
    }


def _shown(user_id: UUID, who: Principal | User, time_zone: ZoneInfo) -> dict[str, Any]:
    return {
        "id": user_id,
        "email": who.email,
        "name": who.name,
        "role": who.role,
        "client_id": who.client_id,
        "scope": scope_of(who.role),
        "time_zone": str(time_zone),
        "permissions": permissions_of(who.role),
    }


def _json(schema: Schema, value: dict[str, Any]) -> Response:
    return Response(orjson.dumps(schema.dump(value)), 200, mimetype="application/json")
