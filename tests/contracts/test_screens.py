"""Every operation of the API has a screen in the web client, or a reason here why not.

The used operations are read from the sources without a browser: generated functions in modules that a page can
load, and addresses of files that the browser downloads.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from local import web

SRC = web.SOURCE / "src"
ENTRIES = (SRC / "app/main.tsx", SRC / "portal/main.tsx")
IMPORT = re.compile(r"""(?:from\s+|import\s*\(\s*|import\s+)['"]((?:@/|\./|\.\./)[^'"]+)['"]""")
FROM_API = re.compile(r"import\s*\{([^}]*)\}\s*from\s*'@/api/gen'")
DECLARATION = re.compile(r"^(?=(?:export )?(?:const|function|async function) )", re.MULTILINE)
WORD = re.compile(r"\w+")
NAME = re.compile(r"(?:export )?(?:const|function|async function) (\w+)")
ADDRESS = re.compile(r"['\"`](/api/v1/[^'\"`]+)['\"`]")

IN_LIST = "The list carries every field, so no page asks for one alone."
BY_CALENDAR = "Runs by the calendar. Operators start it, and read its runs, through the API."
REASONS: dict[str, str] = {}


def _reasons(reason: str, *operations: str) -> None:
    REASONS.update(dict.fromkeys(operations, reason))


_reasons(
    "The agreement's form saves terms and covered services in one request (`updateAgreement`).",
    *("addAgreementService", "updateAgreementService", "removeAgreementService", "replaceAgreementServices"),
    "distributeAgreementHours",
)
_reasons("Programs and `make import` log time in bulk; people import a CSV file.", "logTimeInBulk")
_reasons(IN_LIST, "getApiKey", "getClientService", "getUser")
_reasons(
    BY_CALENDAR,
    *("runAgreementExpiry", "listAgreementExpiryRuns", "runHourGrants", "listHourGrantsRuns"),
    *("runBlockExpiry", "listBlockExpiryRuns"),
    *("runRecurringOrders", "listRecurringOrdersRuns"),
    *("runInvoiceRun", "listInvoiceRunRuns"),
    *("runPriceChanges", "listPriceChangesRuns", "runRateChanges", "listRateChangesRuns"),
)
_reasons("The browser signs in with a cookie; refresh tokens are for programs.", "refreshTokens")
_reasons("Forms send only the fields that changed (`updateService`).", "replaceService")
_reasons("The rate card saves all its rows in one request (`replaceClientServices`).", "updateClientService")
_reasons("The rate card leaves a service out (`included`), which keeps its history.", "deleteClientService")
_reasons("A bulk change answers with its result; the list of records is for programs.", "listBulkChanges")
_reasons("The service form asks for the price of what is typed (`quotePrice`).", "quoteService")
_reasons("The page archives a client (`archiveClient`), which is what deleting does.", "deleteClient")
_reasons("Each client's page lists its own assets.", "listAssets")
_reasons("Each client's page lists its own contacts.", "listAllContacts")
_reasons("The form reads pasted addresses itself, by the same rules.", "checkEmails")


def test_every_operation_has_a_screen_or_a_reason() -> None:
    without = set(operations()) - used()

    missing = sorted(without - set(REASONS))
    assert missing == [], "give these a screen, or a reason in this file"


def test_no_reason_outlives_its_cause() -> None:
    known = set(operations())

    assert sorted(set(REASONS) - known) == [], "the API has no such operation any more"
    assert sorted(set(REASONS) & used()) == [], "these have a screen now: take the reason away"


def test_only_what_a_page_can_load_counts() -> None:
    modules = {
        SRC / "a.ts": "import { listTags as tags, getTag } from '@/api/gen'\nexport const fetchTags = () => tags({})\n"
        "export const tagQuery = () => getTag({})\n",
        SRC / "b.tsx": "import { fetchTags } from './a'\nexport const List = () => fetchTags()\nList()\n",
    }

    assert called(modules) == {"listTags"}, "`tagQuery` is used by nobody"


def operations() -> dict[str, tuple[str, str]]:
    """Returns method and path of each operation of the public API, by its id."""
    document = json.loads((web.SOURCE.parent / "openapi.json").read_text())
    return {
        operation["operationId"]: (method, path)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if isinstance(operation, dict) and "operationId" in operation
    }


def used() -> set[str]:
    modules = {path: path.read_text() for path in reachable(ENTRIES)}
    return called(modules) | downloaded(modules.values())


def reachable(entries: Iterable[Path]) -> set[Path]:
    """Returns the modules that the entries import directly or indirectly, without the generated client."""
    found: set[Path] = set()
    waiting = list(entries)
    while waiting:
        path = waiting.pop()
        if path in found or SRC / "api/gen" in path.parents:
            continue
        found.add(path)
        waiting += imported(path)
    return found


def imported(path: Path) -> Iterator[Path]:
    for name in IMPORT.findall(path.read_text()):
        base = SRC / name[2:] if name.startswith("@/") else (path.parent / name).resolve()
        for candidate in (Path(f"{base}{end}") for end in (".ts", ".tsx", "/index.ts")):
            if candidate.is_file():
                yield candidate


def called(modules: Mapping[Path, str]) -> set[str]:
    """Returns the generated functions called from a declaration that is used elsewhere."""
    places = Counter(word for text in modules.values() for word in set(WORD.findall(text)))
    found: set[str] = set()
    for text in modules.values():
        names = dict(_names(text))
        body = FROM_API.sub("", text)
        own = Counter(WORD.findall(body))
        for part in DECLARATION.split(body) if names else ():
            declared = NAME.match(part)
            if declared is None or own[declared[1]] > 1 or places[declared[1]] > 1:
                found |= {names[word] for word in set(WORD.findall(part)) & set(names)}
    return found


def _names(text: str) -> Iterator[tuple[str, str]]:
    """Yields each generated function's local name and its own name (`login as postLogin`)."""
    for group in FROM_API.findall(text):
        for part in group.split(","):
            name, _, alias = part.strip().partition(" as ")
            if name and not name.startswith("type "):
                yield alias or name, name


def downloaded(texts: Iterable[str]) -> set[str]:
    """Returns the operations whose addresses are in the sources, for files that the browser downloads."""
    found = {address.split("?")[0] for text in texts for address in ADDRESS.findall(text)}
    addresses = {re.sub(r"\$\{[^}]*\}", "{}", address) for address in found}
    return {
        name
        for name, (method, path) in operations().items()
        if method == "get" and re.sub(r"\{[^}]*\}", "{}", path) in addresses
    }
