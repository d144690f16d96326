"""Routes outside the API: the web client's files, the API's document and its page."""

from pathlib import Path

from flask import Blueprint, Response, request, send_file
from werkzeug.exceptions import HTTPException
from werkzeug.routing import PathConverter

from common.errors import NotFound
from common.http.errors import problem
from common.http.routes import BASE
from gateway.runtime import Runtime
from gateway.web.files import NOTICE, WebFile, WebFiles, accepted_encodings

NOTHING = "This address does not exist."
FOREVER = "public, max-age=31536000, immutable"
ALWAYS_ASK = "no-cache"


class PagePath(PathConverter):
    """Any path outside the API, so that unknown API paths are not found for any method."""

    regex = "(?!api/)[^/].*?"


def pages(runtime: Runtime) -> Blueprint:
    """Returns a plain Flask blueprint, because these routes are not part of the OpenAPI document."""
    blueprint = Blueprint("web", __name__)
    files = WebFiles(runtime.settings.web_dir)

    @blueprint.get(f"{BASE}/openapi.json")
    def openapi() -> Response:
        return _document(runtime.settings.openapi_file)

    @blueprint.get(f"{BASE}/docs")
    def docs() -> Response:
        return _send(files.find("/docs.html"), "docs.html")

    @blueprint.get("/", defaults={"path": ""})
    @blueprint.get("/<page:path>")
    def client(path: str) -> Response:
        return _send(files.find(path), path)

    @blueprint.app_errorhandler(404)
    def nothing(_error: HTTPException) -> Response:
        return problem(404, NotFound.title, NOTHING)

    return blueprint


def _document(path: Path) -> Response:
    if not path.is_file():
        raise NotFound("The API document has not been generated. Run make contracts.")
    response = send_file(path, mimetype="application/json", conditional=True)
    response.headers["Cache-Control"] = ALWAYS_ASK
    return response


def _send(file: WebFile | None, path: str) -> Response:
    if file is None:
        if path.startswith("assets/") or ("." in path.rsplit("/", 1)[-1] and path != "docs.html"):
            raise NotFound(NOTHING)
        return Response(NOTICE, 503, mimetype="text/html")
    place, encoding = file.best(accepted_encodings(request.headers.get("Accept-Encoding", "")))
    response = send_file(place, mimetype=file.type, conditional=True)
    response.headers["Content-Type"] = file.type
    response.headers["Cache-Control"] = FOREVER if path.startswith("assets/") else ALWAYS_ASK
    response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response
