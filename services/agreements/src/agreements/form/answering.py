"""Checks the answers to a form. Pure: no session, no clock."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from common.numbers import NotANumber, decimal_number

TEXT, CHOICE, NUMBER, DATE, YES_NO = "text", "choice", "number", "date", "yes_no"
TYPES = (TEXT, CHOICE, NUMBER, DATE, YES_NO)
LONGEST_TEXT = 5000
LARGEST = Decimal(10) ** 15


def check(
    questions: Sequence[Mapping[str, Any]], answers: Sequence[Any]
) -> tuple[list[dict[str, Any]], dict[str, list[str]]]:
    """Returns the answers with their questions, and the errors by place (`answers.0`)."""
    kept: list[dict[str, Any]] = []
    errors: dict[str, list[str]] = {}
    for position, (question, answer) in enumerate(zip(questions, answers, strict=True)):
        value, problem = _read(question, answer)
        if problem:
            errors[f"answers.{position}"] = [problem]
        kept.append({"label": question["label"], "type": question["type"], "value": value})
    return kept, errors


def _read(question: Mapping[str, Any], answer: Any) -> tuple[str | None, str | None]:
    """Returns the answer as kept, or what is wrong with it."""
    if answer is None or (isinstance(answer, str) and not answer.strip()):
        return None, f'"{question["label"]}" needs an answer.' if question["required"] else None
    value, problem = READERS[question["type"]](question, answer)
    return value, problem


def _text(_: Mapping[str, Any], answer: Any) -> tuple[str | None, str | None]:
    if not isinstance(answer, str) or "\x00" in answer:
        return None, "Answer with a text."
    text = answer.strip()
    return (text, None) if len(text) <= LONGEST_TEXT else (None, f"At most {LONGEST_TEXT} characters.")


def _choice(question: Mapping[str, Any], answer: Any) -> tuple[str | None, str | None]:
    return (
        (answer, None) if answer in question["choices"] else (None, f"Choose one of: {', '.join(question['choices'])}.")
    )


def _number(_: Mapping[str, Any], answer: Any) -> tuple[str | None, str | None]:
    problem = 'Answer with a number, such as "12.5".'
    if isinstance(answer, bool) or not isinstance(answer, (str, int)):
        return None, problem
    try:
        number = decimal_number(str(answer))
    except NotANumber:
        return None, problem
    return (format(number, "f"), None) if abs(number) < LARGEST else (None, problem)


def _date(_: Mapping[str, Any], answer: Any) -> tuple[str | None, str | None]:
    try:
        day = date.fromisoformat(answer).isoformat()
    except (TypeError, ValueError):
        day = None
    # other ISO spellings, such as 20260131, are refused
    return (day, None) if day == answer else (None, 'Answer with a date, such as "2026-01-31".')


def _yes_no(_: Mapping[str, Any], answer: Any) -> tuple[str | None, str | None]:
    return ("yes" if answer else "no", None) if isinstance(answer, bool) else (None, "Answer with true or false.")


READERS = {TEXT: _text, CHOICE: _choice, NUMBER: _number, DATE: _date, YES_NO: _yes_no}
