"""Plans the changes of a client, from its imported and its stored values; writes nothing."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from marshmallow import ValidationError

from clients import naming
from clients.client.editing import fold_cc, mistakes
from clients.client.models import ACTIVE, Client
from clients.custom_field import values as custom
from clients.importing.lines import ClientLine, merge_errors
from clients.importing.present import Present
from clients.importing.schemas import CLIENT, CLIENT_FIELDS, CLIENT_PART, CUSTOM_PREFIX
from clients.inbound import replicas
from clients.reference import emails, phones
from common import planning
from common.errors import Invalid
from common.organisation.settings import Organisation
from common.texts import one_line

COLUMN_OF = {name: column for column, name in CLIENT_FIELDS.items()}
FIXED_BY_DEFAULT = ("currency", "time_zone", "locale", "net_terms")
"""Fields of a client that are never empty: without a value, a new client gets the MSP's and another keeps its own."""
CHECKED = ("name", "currency", "country", "phone", "hourly_rate", "billing_email", "billing_cc_emails", "tax_code_id")


def find(line: ClientLine, present: Present, identifier: str, name: str) -> None:
    """Sets the stored client of the line, found by id or, without an id, by name."""
    line.name = one_line(name) or None
    if not identifier:
        line.present = present.by_key.get(naming.key(name)) if line.name else None
    else:
        key = as_id(identifier)
        line.present = present.by_id.get(key) if key else None
        if line.present is None:
            line.fail("id", "Client not found. Leave the id empty to add a new client.")
    if line.present is not None and line.present.merged_into_id is not None:
        line.fail("name", f'"{line.present.name}" was merged into another client. Use that client.')


def judge(line: ClientLine, present: Present, organisation: Organisation, empty: Collection[str] = ()) -> None:
    """Fills the line with the client's new values and errors. `line.given` has the values as in an API request."""
    _drop_bad_copies(line)
    answers = line.given.pop("custom_fields", None)
    tags = line.given.pop("tags", None)
    if not planning.read(line, CLIENT, CLIENT_PART):
        return
    for name in ("custom_fields", "tags"):
        line.values.pop(name, None)  # set in `line.extra` below
    line.status = line.values.pop("status", None)
    _settle(line, organisation)
    _tag(line, present, tags)
    _set_custom_fields(line, present, answers)
    _check(line, present)
    planning.compare(line, CLIENT, empty)
    move(line, line.status)


def refuse_twins(lines: Collection[ClientLine]) -> None:
    def key(line: ClientLine) -> str | None:
        return naming.key(line.name) if line.name else None

    planning.refuse_twins(lines, key, "name", "Same name as line {row}. Names must be unique.")
    planning.refuse_twins(lines, lambda line: line.client_id, "id", "Same client as line {row}. Keep one of them.")


def in_columns(line: ClientLine) -> None:
    """Renames the fields of the line's errors and changes to the file's columns."""
    line.errors = {COLUMN_OF.get(name, name): messages for name, messages in line.errors.items()}
    line.changes = {COLUMN_OF.get(name, name): change for name, change in line.changes.items()}


def _drop_bad_copies(line: ClientLine) -> None:
    """Drops invalid addresses for copies with a warning, so that they don't stop the import of the client."""
    text = line.given.get("billing_cc_emails")
    if not isinstance(text, str):
        return
    addresses = list(emails.check(text))
    for address in addresses:
        if not address["valid"]:
            line.warn("billing_cc_emails", f"Skipped: {address['error']}")
    line.given["billing_cc_emails"] = [address["email"] for address in addresses if address["valid"]]


def _settle(line: ClientLine, organisation: Organisation) -> None:
    values, client = line.values, line.present
    if "name" in values:
        values["name"] = one_line(values["name"])
    defaults = {
        "currency": organisation.currency,
        "time_zone": str(organisation.time_zone),
        "locale": organisation.locale,
        "net_terms": organisation.net_terms,
    }
    for name in FIXED_BY_DEFAULT:
        if client is None:
            values[name] = defaults[name] if values.get(name) is None else values[name]
        elif values.get(name) is None:
            values.pop(name, None)
    line.country = values.get("country", client.country if client else None)
    line.currency = values.get("currency", client.currency if client else None)
    if values.get("phone"):
        try:
            values["phone"] = phones.e164(values["phone"], line.country)
        except Invalid as invalid:
            merge_errors(line, invalid.errors)


def _tag(line: ClientLine, present: Present, names: Any) -> None:
    if names is None:
        return
    try:
        labels = CLIENT.fields["tags"].deserialize(names)
    except ValidationError as error:
        line.errors["tags"] = planning.messages(error)
        return
    by_key = {naming.key(name): one_line(name) for name in labels or ()}
    tags = [present.tags.get(key, name) for key, name in sorted(by_key.items())]
    if line.present is None or set(tags) != set(line.present.tags):
        line.extra["tags"] = tags
        if line.present is not None:
            line.changes["tags"] = {"before": line.present.tags, "after": tags}


def _set_custom_fields(line: ClientLine, present: Present, answers: Mapping[str, Any] | None) -> None:
    if answers is None and line.present is not None:
        return
    before = line.present.custom_fields if line.present is not None else {}
    after = custom_answers(line, present.questions["client"], answers or {}, before)
    if after is not None and after != before:
        line.extra["custom_fields"] = after


def custom_answers(
    line: planning.Line, questions: Any, answers: Mapping[str, Any], before: Mapping[str, Any]
) -> dict[str, Any] | None:
    """Returns `before` updated with the answers, or None if one is invalid. Adds errors and changes by column."""
    try:
        after = custom.merge(questions, answers, before)
    except Invalid as invalid:
        for message in invalid.errors["custom_fields"]:
            key, _, text = message.partition(": ")
            line.fail(f"{CUSTOM_PREFIX}{key}", text)
        return None
    for key in {*before, *after} if line.present is not None else ():
        if before.get(key) != after.get(key):
            line.changes[f"{CUSTOM_PREFIX}{key}"] = {"before": before.get(key), "after": after.get(key)}
    return after


def _check(line: ClientLine, present: Present) -> None:
    """Adds errors of the client with its new values."""
    current = {name: getattr(line.present, name) for name in CHECKED} if line.present is not None else {}
    client = Client(**{**current, **{name: value for name, value in line.values.items() if name in CHECKED}})
    merge_errors(line, mistakes(client))
    fold_cc(client)
    if "billing_cc_emails" in line.values or "billing_email" in line.values:
        line.values["billing_cc_emails"] = client.billing_cc_emails or []
    same_name = present.by_key.get(naming.key(line.name or ""))
    if same_name is not None and same_name is not line.present:
        line.fail("name", f'A client named "{same_name.name}" already exists. Choose another name.')
    code = next((code for code in present.tax_codes.values() if code.id == client.tax_code_id), None)
    is_new_code = line.present is None or line.present.tax_code_id != client.tax_code_id
    if code is not None and code.status != replicas.ACTIVE and is_new_code:
        line.fail("tax_code_id", f'The tax code "{code.name}" is archived. Choose an active tax code.')


def move(line: ClientLine, status: str | None) -> None:
    """Sets the line's status: None for no change; a new client without a status is active."""
    if line.present is None:
        line.status = status or ACTIVE
    elif status in (None, line.present.status):
        line.status = None
    else:
        line.status = status
        line.changes["status"] = {"before": line.present.status, "after": status}


def name_tax_code(line: ClientLine, present: Present, name: str) -> None:
    """Sets the id of the tax code with this name, or adds an error."""
    code = present.tax_codes.get(name.lower())
    if code is None:
        line.given.pop("tax_code_id", None)
        line.fail("tax_code_id", f'No tax code is named "{name}".')
    else:
        line.given["tax_code_id"] = str(code.id)


def as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
