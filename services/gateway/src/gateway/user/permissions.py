"""Reads the operations each role may call from the public API's document."""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from common.errors import NotFound
from gateway.user.roles import NAMES

METHODS = ("get", "post", "put", "patch", "delete")


def areas(openapi_file: Path) -> list[dict[str, Any]]:
    """Returns the areas of the API by name, each with its operations and the roles that may call them.

    Operations that need no sign-in are left out. Raises NotFound without the merged document.
    """
    if not openapi_file.is_file():
        raise NotFound("The API document has not been generated. Run make contracts.")
    return _areas(openapi_file, openapi_file.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _areas(openapi_file: Path, _changed_at: int) -> list[dict[str, Any]]:
    document = json.loads(openapi_file.read_text())
    descriptions = {tag["name"]: tag.get("description", "") for tag in document["tags"]}
    operations: dict[str, list[dict[str, Any]]] = {name: [] for name in sorted(descriptions)}
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item and item[method]["x-roles"] != ["anonymous"]:
                operations[item[method]["tags"][0]].append(_operation(method, path, item[method]))
    return [
        {"name": _words(tag.replace("-", " ")), "description": descriptions[tag], "operations": found}
        for tag, found in operations.items()
        if found
    ]


def _operation(method: str, path: str, operation: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": _words(re.sub("(?<=[a-z])(?=[A-Z])", " ", operation["operationId"]).lower()),
        "operation": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "changes": method != "get",
        "roles": [role for role in NAMES if role in operation["x-roles"]],
    }


def _words(text: str) -> str:
    """Returns the text with a capital at its start: `api keys` → `API keys`."""
    words = re.sub(r"\bapi\b", "API", re.sub(r"\bpdf\b", "PDF", text))
    return words[0].upper() + words[1:]
