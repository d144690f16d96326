"""Everything that is no API: the web client's files, the API's document and the page that shows it."""

from pathlib import Path

from flask import Blueprint, Response, request, send_file

from common.errors import NotFound
from common.http.routes import BASE
from gateway.runtime import Runtime
from gateway.web.files import NOTICE, WebFile, WebFiles, accepted_encodings

FOREVER = "public, max-age=31536000, immutable"
ALWAYS_ASK = "no-cache"


def pages(runtime: Runtime) -> Blueprint:
    """Not part of the OpenAPI document, hence a plain blueprint."""
    blueprint = Blueprint("web", __name__)
    files = WebFiles(runtime.settings.web_dir)

    @blueprint.get(f"{BASE}/openapi.json")
    def openapi() -> Response:
        return _document(runtime.settings.openapi_file)

    @blueprint.get(f"{BASE}/docs")
    def docs() -> Response:
        return _send(files.find("/docs.html"), "docs.html")

    @blueprint.get("/", defaults={"path": ""})
    @blueprint.get("/<path:path>")
    def client(path: str) -> Response:
        if path.startswith("api/"):
            raise NotFound("There is nothing at this address.")
        return _send(files.find(path), path)

    return blueprint


def _document(path: Path) -> Response:
    if not path.is_file():
        raise NotFound("The API's document has not been generated.")
    response = send_file(path, mimetype="application/json", conditional=True)
    response.headers["Cache-Control"] = ALWAYS_ASK
    return response


def _send(file: WebFile | None, path: str) -> Response:
    if file is None:
        if path.startswith("assets/") or ("." in path.rsplit("/", 1)[-1] and path != "docs.html"):
            raise NotFound("There is nothing at this address.")
        return Response(NOTICE, 503, mimetype="text/html")
    place, encoding = file.best(accepted_encodings(request.headers.get("Accept-Encoding", "")))
    response = send_file(place, mimetype=file.type, conditional=True)
    response.headers["Content-Type"] = file.type
    response.headers["Cache-Control"] = FOREVER if path.startswith("assets/") else ALWAYS_ASK
    response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response
