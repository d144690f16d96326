"""Renders templates: a subject, an HTML part and a text part with the same content."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context, select_autoescape
from jinja2.runtime import Context


@dataclass(frozen=True)
class Brand:
    """The organisation that sends the email."""

    company: str
    url: str
    contact: str
    color: str
    ink: str
    """The colour of text on `color`."""
    logo: str
    """Where the HTML part finds the logo: `cid:logo`; empty without one."""
    hours: str
    """When it can be reached; empty if no business hours are set."""


@dataclass(frozen=True)
class Mail:
    subject: str
    html: str
    text: str


def render(template: str, brand: Brand, locale: str | None, values: Mapping[str, Any]) -> Mail:
    """Fills `files/<template>.{subject,html,txt}`. Raises for a missing value instead of leaving it blank."""
    names = {**values, "brand": brand, "locale": english(locale)}
    subject = _environment().get_template(f"{template}.subject").render(names).strip()
    names["subject"] = subject
    html = _environment().get_template(f"{template}.html").render(names)
    text = _environment().get_template(f"{template}.txt").render(names)
    return Mail(subject, html, text.strip() + "\n")


@lru_cache(maxsize=64)
def english(locale: str | None) -> Locale:
    """Returns the client's formats of dates and numbers for English text: en_GB stays, de_DE becomes en."""
    try:
        found = Locale.parse((locale or "en_US").replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en", "US")
    return found if found.language == "en" else Locale("en")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("notifications.template", "files"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"day": _day, "number": _number}
    return environment


@pass_context
def _day(context: Context, value: date) -> str:
    return format_date(value, "long", locale=context["locale"])


@pass_context
def _number(context: Context, value: Decimal) -> str:
    """Returns 12.50 as 12.5."""
    return format_decimal(value, "#,##0.##", locale=context["locale"])
