"""Writes every contract document: `python tests/contracts/generate.py`; `--check` only lists stale ones.

Each service has `openapi.json` and `asyncapi.json` beside its sources; the gateway's `openapi.json` is the merged
one. Generating needs no running system and uses none of the machine's environment. The web client's API is
generated from the merged document.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from common import asyncapi
from common.app import App
from common.http import openapi
from local import web

ROOT = Path(__file__).resolve().parents[2]
GATEWAY = "gateway"
WEB_CLIENT = ROOT / "services/gateway/web/src/api/gen"
SERVICES = ("agreements", "billing", "catalog", "clients", GATEWAY, "notifications")


@contextmanager
def environment(name: str) -> Iterator[None]:
    """Sets only required settings, so that no setting of the machine appears in a document."""
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(
        {
            "EVERGREEN_ENV": "test",
            f"{name.upper()}_DATABASE_URL": "postgresql+psycopg://nobody@localhost/nothing",
            "AMQP_URL": "amqp://localhost/",
            "IDENTITY_PUBLIC_KEY_FILE": "unused.pem",
        }
    )
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def service(name: str) -> App:
    with environment(name):
        built: App = import_module(f"{name}.wiring").app()
    return built


def documents() -> dict[Path, str]:
    """Returns the content of each file."""
    services = {name: service(name) for name in SERVICES}
    http = {name: openapi.document(built) for name, built in services.items()}
    own = http.pop(GATEWAY)
    public = import_module("gateway.contract").merge(http, own)
    found = {ROOT / "services" / GATEWAY / "openapi.json": public}
    for name, built in services.items():
        folder = ROOT / "services" / name
        found[folder / "asyncapi.json"] = asyncapi.document(built)
        if name != GATEWAY:
            found[folder / "openapi.json"] = http[name]
    return {path: written(document) for path, document in sorted(found.items())}


def written(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def generate_web_client(folder: Path) -> None:
    """Writes the web client's API into `folder`, from the merged document on disk."""
    with tempfile.TemporaryDirectory() as place:
        log = Path(place) / "npm.log"
        web.install(log, print)
        web.npm(log, "run", "generate", "--", "--output", str(folder))


def stale(fresh: dict[Path, str]) -> list[Path]:
    return [path for path, text in fresh.items() if not path.exists() or path.read_text() != text]


def main(arguments: list[str]) -> int:
    fresh = documents()
    behind = stale(fresh)
    only_check = "--check" in arguments
    for path in behind:
        print(f"{'stale' if only_check else 'written'}: {path.relative_to(ROOT)}")
        if not only_check:
            path.write_text(fresh[path])
    if not behind:
        print(f"{len(fresh)} documents are as the code says")
    if not only_check:
        generate_web_client(WEB_CLIENT)
        print(f"written: {WEB_CLIENT.relative_to(ROOT)}")
    return 1 if behind and only_check else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
