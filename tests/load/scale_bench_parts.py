"""The requests of scale_bench, over HTTP and in its own process, and the lists with filters and sorts."""

import http.client
import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from statistics import median
from time import perf_counter, time
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import jwt
from sqlalchemy import event

REPOSITORY = Path(__file__).parents[2]
PAGING = {"page_size", "cursor", "sort", "q"}
NOWHERE = "zzqqxx"
"""A word that no row contains."""
NAMED_OTHERWISE = {"rate": "default_rate", "client_status": "status"}


class Api:
    """Calls one service directly over a kept connection, as the gateway does."""

    def __init__(self, environment: dict[str, str], name: str, role: str = "admin", user: str = "") -> None:
        address = urlsplit(environment[f"{name.upper()}_URL"])
        self.name = name
        self._connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=120)
        self._key = Path(environment["IDENTITY_PRIVATE_KEY_FILE"]).read_text()
        self._who = {"sub": user or str(uuid4()), "name": "Scale", "role": role}
        self._token, self._until = "", 0.0

    def headers(self) -> dict[str, str]:
        """Returns headers with a new identity token, which lasts one minute."""
        if time() > self._until:
            claims = {"iss": "evergreen-gateway", "aud": self.name, **self._who, "exp": time() + 60}
            self._token, self._until = jwt.encode(claims, self._key, algorithm="EdDSA"), time() + 40
        return {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}

    def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        self._connection.request(method, path, None if body is None else json.dumps(body), self.headers())
        answer = self._connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text else None

    def get(self, path: str, **query: Any) -> Any:
        status, body = self.call("GET", _address(path, query))
        if status != 200:
            raise SystemExit(f"GET {_address(path, query)}: {status} {body}")
        return body

    def timed(self, address: str, runs: int) -> list[float]:
        """Returns milliseconds of each request, from sending it to reading the whole answer."""
        taken, headers = [], self.headers()
        for _ in range(runs):
            started = perf_counter()
            self._connection.request("GET", address, None, headers)
            self._connection.getresponse().read()
            taken.append((perf_counter() - started) * 1000)
        return taken


class Inside:
    """The same service in this process, on the same database, to show the SQL of a request."""

    def __init__(self, api: Api) -> None:
        self._api, self._app = api, import_module(f"{api.name}.wiring").api()
        self._client = self._app.test_client()
        self._engine = self._app.extensions["app"].database.engine

    def statements(self, address: str) -> list[tuple[str, Any]]:
        sent: list[tuple[str, Any]] = []

        def seen(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
            sent.append((statement, parameters))

        event.listen(self._engine, "before_cursor_execute", seen)
        try:
            self._client.get(address, headers=self._api.headers())
        finally:
            event.remove(self._engine, "before_cursor_execute", seen)
        return sent

    def plans(self, address: str) -> Iterator[str]:
        """Yields EXPLAIN (ANALYZE, BUFFERS) of every SELECT of the request."""
        with self._engine.connect() as connection:
            for statement, parameters in self.statements(address):
                if statement.startswith("SELECT"):
                    explain = "EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) " + statement
                    yield from (row[0] for row in connection.exec_driver_sql(explain, parameters))
                    yield ""


@dataclass(frozen=True)
class Case:
    list: str
    """The path as documented."""
    name: str
    address: str
    """The address with all values."""

    def sized(self, size: int) -> str:
        return self.address + ("&" if "?" in self.address else "?") + f"page_size={size}"


@dataclass
class Samples:
    """Ids for paths, and filter values for lists whose rows show none."""

    ids: dict[str, str]
    values: dict[str, str]
    words: dict[str, list[str]] = field(default_factory=dict)
    """Further search words by path."""
    untried: list[str] = field(default_factory=list)


def all_cases(api: Api, samples: Samples) -> Iterator[Case]:
    """Yields each list, with each of its filters, each of its sorts both ways, and with search words."""
    document = json.loads((REPOSITORY / f"services/{api.name}/openapi.json").read_text())
    for documented, methods in document["paths"].items():
        names = [p["name"] for p in methods.get("get", {}).get("parameters", []) if p["in"] == "query"]
        if "cursor" in names and "/jobs/" not in documented:
            yield from _of_list(api, documented, methods["get"]["parameters"], samples)


def _of_list(api: Api, documented: str, parameters: list[dict[str, Any]], samples: Samples) -> Iterator[Case]:
    path = re.sub(r"{(\w+)}", lambda found: samples.ids[found[1]], documented)

    def case(name: str, **query: Any) -> Case:
        return Case(documented.removeprefix("/api/v1"), name, _address(path, query))

    rows = api.get(path, page_size=100)["items"]
    yield case("-")
    yield from (case(f"sort {sort}", sort=sort) for name in _sorts(api, path) for sort in (name, f"-{name}"))
    for parameter in parameters:
        if parameter["in"] == "query" and parameter["name"] not in PAGING:
            yield from _by_filter(case, parameter, rows, samples, documented)
    for word in ["scale", *samples.words.get(documented, []), *_own_words(rows), NOWHERE]:
        yield case(f'q "{word}"', q=word)


def _by_filter(
    case: Callable[..., Case], parameter: dict[str, Any], rows: list[Any], samples: Samples, documented: str
) -> Iterator[Case]:
    name, schema = parameter["name"], parameter["schema"]
    values = schema.get("enum") or (["true", "false"] if schema["type"] == "boolean" else _seen(name, rows, samples))
    if not values:
        samples.untried.append(f"{documented} {name}")
    yield from (case(f"{name} {value}"[:44], **{name: value}) for value in values)


def _seen(name: str, rows: list[Any], samples: Samples) -> list[str]:
    plain = re.sub(r"_[gl]te$", "", name)
    plain = NAMED_OTHERWISE.get(plain, plain)
    found = [row[plain] for row in rows if row.get(plain) is not None] or [
        samples.values[key] for key in (name, plain) if key in samples.values
    ]
    return [str(found[len(found) // 2])] if found else []


def _own_words(rows: list[Any]) -> list[str]:
    """Returns words that one or few rows contain."""
    keys = ("client_name", "name", "title", "label")
    return list(dict.fromkeys(rows[len(rows) // 2][key] for key in keys if rows and rows[0].get(key)))


def _sorts(api: Api, path: str) -> list[str]:
    """Returns the sorts that a list names when it refuses an unknown one."""
    _, body = api.call("GET", _address(path, {"sort": "?"}))
    told = re.search(r"Choose one of: ([^.]*)\.", json.dumps(body))
    return told[1].split(", ") if told else []


def cursor_after(api: Api, address: str, pages: int) -> str | None:
    """Reads page by page. Returns the cursor, or None if the list ends before."""
    cursor = None
    for _ in range(pages):
        page = api.get(address + (("&" if "?" in address else "?") + f"cursor={cursor}" if cursor else ""))
        cursor = page["next_cursor"]
        if cursor is None:
            return None
    return cursor


def p99(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * 99 // 100)]


def figures(values: list[float]) -> str:
    return f"{min(values):8.1f} {median(values):8.1f} {p99(values):8.1f}"


def _address(path: str, query: dict[str, Any]) -> str:
    with suppress(ValueError):
        path = path[path.index("/api/v1") :]
    return path + (f"?{urlencode(query)}" if query else "")
