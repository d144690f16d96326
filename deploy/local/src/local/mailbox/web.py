"""The HTTP server: JSON at `GET /messages`, a page at `GET /`."""

import imaplib
from collections.abc import Callable
from email import policy
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any

from flask import Flask, Response, abort, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from local.mailbox import store as mails
from local.mailbox.desk import ServiceDesk
from local.mailbox.smtp import Faults
from local.mailbox.store import Store

_FAULT_CODES = range(400, 600)
# Email content is untrusted: no scripts, no requests, no navigation.
_UNTRUSTED = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def create_app(store: Store, faults: Faults, desk: ServiceDesk) -> Flask:
    app = Flask(__name__)
    app.json.sort_keys = False  # type: ignore[attr-defined]

    def message(id: str) -> EmailMessage:
        raw = store.raw(id)
        return mails.parse(raw) if raw is not None else abort(404)

    _programs(app, store, faults, message)
    _people(app, store, message, desk)
    _writing(app, desk)
    return app


def _programs(app: Flask, store: Store, faults: Faults, message: Callable[[str], EmailMessage]) -> None:
    @app.get("/healthz")
    @app.get("/readyz")
    def ready() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/messages")
    def messages() -> Response:
        return jsonify(store.summaries(request.args.get("to")))

    @app.delete("/messages")
    def clear() -> dict[str, int]:
        return {"deleted": store.clear()}

    @app.get("/messages/<id>")
    def one(id: str) -> dict[str, Any]:
        mail, raw = message(id), store.raw(id) or b""
        bodies = {"text": mails.text_of(mail, "plain"), "html": mails.text_of(mail, "html")}
        return mails.summary(id, raw) | bodies | {"headers": [[key, str(value)] for key, value in mail.items()]}

    @app.get("/faults")
    def read_faults() -> dict[str, int]:
        return faults.state()

    @app.post("/faults")
    def set_faults() -> dict[str, int]:
        body = request.get_json()
        count, code = body.get("fail_next", 0), body.get("code", 451)
        if not isinstance(count, int) or count < 0 or code not in _FAULT_CODES:
            abort(422)
        faults.set(count, code)
        return faults.state()


def _people(app: Flask, store: Store, message: Callable[[str], EmailMessage], desk: ServiceDesk) -> None:
    @app.get("/")
    def page() -> str:
        chosen, to = request.args.get("message"), request.args.get("to") or None
        listed = list(reversed(store.summaries(to)))
        shown = next((one for one in store.summaries() if one["id"] == chosen), None) if chosen else None
        mail = message(chosen) if chosen else None
        text = mails.text_of(mail, "plain") if mail else None
        has_html = mail is not None and mails.text_of(mail, "html") is not None
        return render_template(
            "mailbox.html",
            messages=listed,
            shown=shown,
            text=text,
            has_html=has_html,
            to=to or "",
            desk=desk.address,
            written="written" in request.args,
        )

    @app.post("/clear")
    def clear_from_page() -> AnyResponse:
        store.clear()
        return redirect(url_for("page"), 303)

    @app.get("/messages/<id>/html")
    def html(id: str) -> Response:
        body = mails.text_of(message(id), "html") or abort(404)
        return Response(body, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": _UNTRUSTED})

    @app.get("/messages/<id>/raw")
    def raw(id: str) -> Response:
        content = store.raw(id) or abort(404)
        return Response(content, content_type="message/rfc822", headers=_download(f"{id}.eml"))

    @app.get("/messages/<id>/attachments/<int:number>")
    def attachment(id: str, number: int) -> Response:
        found = mails.attachments(message(id))
        if number >= len(found):
            abort(404)
        chosen = found[number]
        return Response(chosen.content, content_type=chosen.content_type, headers=_download(chosen.filename))


def _writing(app: Flask, desk: ServiceDesk) -> None:
    @app.post("/write")
    def write() -> AnyResponse:
        message = EmailMessage(policy=policy.SMTP)
        message["From"], message["To"] = request.form["from"], desk.address
        message["Subject"], message["Date"] = request.form["subject"], formatdate()
        message["Message-ID"] = make_msgid(domain="mailbox.example")
        message.set_content(request.form["text"])
        try:
            desk.deliver(message.as_bytes())
        except (OSError, imaplib.IMAP4.error):
            abort(503)
        return redirect(url_for("page", written="1"), 303)


def _download(filename: str) -> dict[str, str]:
    safe = "".join(character if character.isalnum() or character in "-_. " else "_" for character in filename)
    return {"Content-Disposition": f'attachment; filename="{safe}"', "X-Content-Type-Options": "nosniff"}
