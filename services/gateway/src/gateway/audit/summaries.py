"""Sentences that describe entries of the audit log."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from gateway.audit.wording import amount, is_readable, label, quoted, shown_value

Data: TypeAlias = Mapping[str, Any]
Changes: TypeAlias = Sequence[Mapping[str, Any]]
People: TypeAlias = Mapping[str, str]
Sentence: TypeAlias = Callable[[Data, Changes, People], str]

NOUNS = {
    "agreements.agreement": "agreement",
    "agreements.hours": "agreement hours",
    "agreements.expense": "expense",
    "agreements.recurring_work_order": "recurring work order",
    "agreements.time": "time entry",
    "agreements.work_note": "work note",
    "agreements.work_order": "work order",
    "agreements.work_order_form": "work order form",
    "agreements.work_order_template": "work order template",
    "billing.invoice": "invoice",
    "billing.labor_rate": "labor rate",
    "billing.payment": "payment",
    "catalog.bundle": "bundle",
    "catalog.category": "category",
    "catalog.service": "service",
    "catalog.service_set": "service set",
    "catalog.tax_code": "tax code",
    "clients.asset": "asset",
    "clients.client": "client",
    "clients.client_service": "rate card",
    "clients.contact": "contact",
    "clients.location": "location",
    "clients.note": "note",
    "clients.technician": "technician",
    "gateway.api_key": "API key",
    "gateway.organisation": "settings",
    "gateway.session": "sign-in",
    "gateway.user": "user",
    "notifications.delivery": "email",
}
"""Display names of the entity types in the audit log."""
FOLLOWS = frozenset(
    (
        "id",
        "client_id",
        "category_id",
        "version",
        "effective_rate",
        "earlier_rates",
        "rate_source",
        "invoice_email",
        "formatted",
        "badge",
    )
)
"""Derived fields, left out of sentences. A `category_id` changes together with the category's name."""
MOST_FIELDS, MOST_ROWS = 3, 2
_ROW = re.compile(r"services\[(?P<row>.*)\]\.(?P<field>[^.\]]+)")


def summary(type_: str, data: Data, changes: Changes, people: People) -> str:
    """Returns the sentence for an event. `people` maps user ids to names, for events that carry ids only."""
    aggregate, verb = type_.removesuffix(".v1").rsplit(".", 1)
    special = SPECIAL.get(f"{aggregate}.{verb}")
    if special is not None:
        return special(data, changes, people)
    thing = _thing(aggregate, data)
    if verb == "changed" and data.get("version") == 1:  # entities without an event for their creation
        return f"{thing} was added."
    if verb in {"changed", "rate_changed", "transitioned", "corrected"}:
        parts = _parts(changes, data.get("currency"))
        return f"{thing}: {parts}." if parts else f"{thing} was changed."
    return f"{thing} was {verb.replace('_', ' ')}."


def _thing(aggregate: str, data: Data) -> str:
    noun = NOUNS.get(aggregate) or aggregate.rsplit(".", 1)[-1].replace("_", " ")
    if data.get("number"):
        return f"{noun.capitalize()} {data['number']}"
    name = data.get("name") or data.get("title")
    return f"{noun[0].upper()}{noun[1:]} {quoted(name)}" if name else f"The {noun}"


def _parts(changes: Changes, currency: str | None) -> str:
    shown = [change for change in changes if change["field"] not in FOLLOWS]
    parts = [_change(change["field"], change["before"], change["after"], currency) for change in shown[:MOST_FIELDS]]
    rest = len(shown) - len(parts)
    return "; ".join([*parts, f"and {rest} more {'field' if rest == 1 else 'fields'}"] if rest else parts)


def _change(field: str, before: Any, after: Any, currency: str | None) -> str:
    if not is_readable(before) or not is_readable(after):
        return f"{label(field)} changed"
    if before in (None, "", []):
        return f"{label(field)} set to {shown_value(field, after, currency)}"
    if after in (None, "", []):
        return f"{label(field)} removed (was {shown_value(field, before, currency)})"
    old, new = shown_value(field, before, currency), shown_value(field, after, currency)
    return f"{label(field)} changed from {old} to {new}"


def _card(data: Data, changes: Changes, _: People) -> str:
    """Names up to MOST_ROWS changed services of a rate card; counts them beyond that."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for change in changes:
        if match := _ROW.fullmatch(change["field"]):
            rows.setdefault(match["row"], []).append({**change, "field": match["field"]})
    new = [name for name, parts in rows.items() if _begins(parts)]
    texts = {name: _parts(parts, _currency(data)) for name, parts in rows.items() if name not in new}
    changed = {name: parts for name, parts in texts.items() if parts}
    sentences = [_several(new, "added to the rate card")] if new else []
    if len(changed) > MOST_ROWS:
        sentences.append(f"{len(changed)} services on the rate card were changed.")
    else:
        sentences += [f"Rate card, {quoted(name)}: {parts}." for name, parts in changed.items()]
    names = [str(row.get("name")) for row in data.get("services") or []]
    return " ".join(sentences) or f"Rate card: {_several(names, 'changed')}"


def _begins(parts: Changes) -> bool:
    return any(part["field"] == "id" and part["before"] is None for part in parts)


def _several(names: Sequence[str], done: str) -> str:
    if len(names) == 1:
        return f"Service {quoted(names[0])} was {done}."
    return f"{len(names)} services were {done}."


def _currency(data: Data) -> str | None:
    currency: str | None = data.get("currency")
    return currency


def _time(verb: str) -> Sentence:
    def sentence(data: Data, _: Changes, __: People) -> str:
        who = data.get("technician_name") or "A technician"
        place = f"{data.get('work_order_number')} ({data.get('service_name')})"
        return f"{who}: {data.get('hours')} hours {verb} on {place}."

    return sentence


def _expense(verb: str) -> Sentence:
    def sentence(data: Data, _: Changes, __: People) -> str:
        return f"{data.get('quantity')} × {data.get('description')} {verb} on {data.get('work_order_number')}."

    return sentence


def _payment(data: Data, _: Changes, __: People) -> str:
    return f"Payment of {amount(data.get('amount'), _currency(data))} was received."


def _payment_changed(data: Data, _: Changes, __: People) -> str:
    left = amount(data.get("unallocated") or "0", _currency(data))
    return f"Payment of {amount(data.get('amount'), _currency(data))} was reallocated; {left} remains as credit."


def _labor_rate(verb: str) -> Sentence:
    def sentence(data: Data, _: Changes, __: People) -> str:
        cost = f"{amount(data.get('rate'), _currency(data))} per hour"
        return f"{_labor_rate_of(data)} was {verb}: {cost}."

    return sentence


def _labor_rate_changed(data: Data, changes: Changes, _: People) -> str:
    parts = _parts([change for change in changes if change["field"] != "technician_name"], _currency(data))
    return f"{_labor_rate_of(data)}: {parts}." if parts else f"{_labor_rate_of(data)} was changed."


def _labor_rate_of(data: Data) -> str:
    return f"Labor rate of {data.get('technician_name')} from {data.get('valid_from')}"


def _technician(verb: str) -> Sentence:
    def sentence(data: Data, _: Changes, people: People) -> str:
        return f"{people.get(str(data.get('user_id'))) or 'A technician'} was {verb}."

    return sentence


def _agreement(verb: str) -> Sentence:
    """Names the reason too, where one was given."""

    def sentence(data: Data, _: Changes, __: People) -> str:
        reason = data.get("status_reason")
        return f"{_thing('agreements.agreement', data)} was {verb}{f': {reason}' if reason else ''}."

    return sentence


def _expiring(data: Data, _: Changes, __: People) -> str:
    return f"Agreement {data.get('number')} ends on {data.get('end_date')}."


def _decided(data: Data, _: Changes, __: People) -> str:
    named = f"agreement {data.get('number')}"
    done = {
        "renew": f"It was decided to renew {named}.",
        "let_end": f"It was decided to let {named} end.",
        "renegotiate": f"It was decided to renegotiate {named}.",
    }.get(data.get("outcome") or "")
    if done:
        return done
    if data.get("snoozed_until"):
        return f"The decision about {named} was snoozed until {data['snoozed_until']}."
    if data.get("owner_name"):
        return f"The decision about {named} is up to {data['owner_name']}."
    return f"The decision about {named} is open."


def _document_of_agreement(verb: str) -> Sentence:
    def sentence(data: Data, _: Changes, __: People) -> str:
        reason = f": {data['reason']}" if data.get("reason") else ""
        done = "generated from the terms" if data.get("document_origin") == "generated" and verb == "added" else verb
        return f"Document {quoted(data.get('document_name'))} of agreement {data.get('number')} was {done}{reason}."

    return sentence


def _signature(data: Data, done: str) -> str:
    reason = f": {data['reason']}" if data.get("reason") else ""
    return f"Document {quoted(data.get('document_name'))} of agreement {data.get('number')} {done}{reason}."


def _signature_requested(data: Data, _: Changes, __: People) -> str:
    return _signature(data, f"was sent to {data.get('signer_name')} ({data.get('signer_email')}) for signature")


def _signed(data: Data, _: Changes, __: People) -> str:
    return _signature(data, f"was signed by {data.get('signed_name')}")


def _signature_declined(data: Data, _: Changes, __: People) -> str:
    return _signature(data, f"was not signed, because {data.get('signer_name')} declined")


def _signature_revoked(data: Data, _: Changes, __: People) -> str:
    return _signature(data, f"can no longer be signed by {data.get('signer_name')}, whose link was revoked")


def _hours_low(data: Data, _: Changes, __: People) -> str:
    left = f"{data.get('hours_remaining')} of {data.get('total_hours')} hours"
    return f"Agreement {data.get('number')} has {left} left ({data.get('remaining_percent')}%)."


def _work_note(data: Data, _: Changes, __: People) -> str:
    kind = "A note for the client" if data.get("visible") and not data.get("by_client") else "An internal note"
    written = "A note of the client" if data.get("by_client") else kind
    return f"{written} was written on work order {data.get('work_order_number')}."


def _target(passed: str) -> Sentence:
    return lambda data, _, __: f"Work order {data.get('number')}: the {data.get('target')} target {passed}."


def _merged(data: Data, _: Changes, __: People) -> str:
    return f"Client {quoted(data.get('merged_client_name') or 'another')} was merged into {quoted(data.get('name'))}."


def _document(data: Data, _: Changes, __: People) -> str:
    return f"The PDF of invoice {data.get('number')} was created."


def _delivery(done: str) -> Sentence:
    return lambda data, _, __: f"Email {quoted(data.get('subject'))} to {data.get('recipient')} {done}."


def _session_started(data: Data, _: Changes, __: People) -> str:
    return f"A user signed in from {data.get('address')}."


def _session_refused(data: Data, _: Changes, __: People) -> str:
    return f"A sign-in as {data.get('email')} from {data.get('address')} was refused."


def _session_reused(data: Data, _: Changes, __: People) -> str:
    return f"A refresh token was used twice, so its session from {data.get('address')} was ended."


def _password_changed(data: Data, _: Changes, __: People) -> str:
    return "A user changed their password." if data.get("by_owner") else "An administrator set a user's password."


def _settings(data: Data, changes: Changes, _: People) -> str:
    parts = _parts(changes, None)
    return f"Settings: {parts}." if parts and data.get("version") != 1 else "The default settings were stored."


def _always(sentence: str) -> Sentence:
    return lambda _, __, ___: sentence


SPECIAL: dict[str, Sentence] = {
    "agreements.agreement.activated": _agreement("activated"),
    "agreements.agreement.cancelled": _agreement("canceled"),
    "agreements.agreement.decided": _decided,
    "agreements.agreement.document_added": _document_of_agreement("added"),
    "agreements.agreement.document_deleted": _document_of_agreement("deleted"),
    "agreements.agreement.expired": _agreement("not renewed, and expired"),
    "agreements.agreement.expiring": _expiring,
    "agreements.agreement.renewed": _agreement("renewed"),
    "agreements.agreement.resumed": _agreement("resumed"),
    "agreements.agreement.signature_declined": _signature_declined,
    "agreements.agreement.signature_requested": _signature_requested,
    "agreements.agreement.signature_revoked": _signature_revoked,
    "agreements.agreement.signed": _signed,
    "agreements.agreement.suspended": _agreement("suspended"),
    "agreements.expense.corrected": _expense("corrected"),
    "agreements.expense.deleted": _expense("deleted"),
    "agreements.expense.recorded": _expense("recorded"),
    "agreements.hours.low": _hours_low,
    "agreements.time.corrected": _time("corrected"),
    "agreements.time.deleted": _time("deleted"),
    "agreements.time.logged": _time("logged"),
    "agreements.work_note.added": _work_note,
    "agreements.work_order.target_breached": _target("passed unmet"),
    "agreements.work_order.target_due_soon": _target("is due soon"),
    "billing.invoice.document_ready": _document,
    "billing.labor_rate.changed": _labor_rate_changed,
    "billing.labor_rate.created": _labor_rate("created"),
    "billing.labor_rate.deleted": _labor_rate("deleted"),
    "billing.payment.changed": _payment_changed,
    "billing.payment.received": _payment,
    "clients.client.merged": _merged,
    "clients.client_service.changed": _card,
    "clients.technician.assigned": _technician("assigned"),
    "clients.technician.unassigned": _technician("unassigned"),
    "gateway.organisation.changed": _settings,
    "gateway.session.ended": _always("A session was ended."),
    "gateway.session.others_ended": _always("A user ended all their other sessions."),
    "gateway.session.refused": _session_refused,
    "gateway.session.started": _session_started,
    "gateway.session.token_reused": _session_reused,
    "gateway.user.password_changed": _password_changed,
    "gateway.user.signed_out": _always("A user was signed out everywhere, and their API keys were revoked."),
    "notifications.delivery.failed": _delivery("could not be delivered"),
    "notifications.delivery.sent": _delivery("was delivered"),
}
