"""Plans an import of services, from its rows and the stored services; writes nothing."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from catalog.importing import price_list
from catalog.importing.present import Present
from catalog.importing.schemas import FIELDS, LINE, LINE_PART, column_of
from catalog.price.rules import derived_rate
from catalog.service.editing import mistakes, needs_cycle
from catalog.service.models import ARCHIVED, CatalogService
from common import planning
from common.csvfiles import Row
from common.planning import Line
from common.tasks.progress import counted
from common.texts import one_line

MISSING = "Missing data for required field."
FIXED = "This service is priced in {}, which can't be changed. Create a new service instead."


def identify(cells: Mapping[str, str]) -> tuple[UUID | None, str]:
    """Returns the id and the name of a row. The id is None if it is invalid; `plan` adds the error."""
    try:
        identifier = UUID(cells.get("id", "").strip() or "-")
    except ValueError:
        identifier = None
    return identifier, one_line(cells.get("name", ""))


def plan(rows: Sequence[Row], present: Present, default_currency: str) -> list[Line]:
    lines = [_line(row, present, default_currency) for row in counted(rows)]
    planning.refuse_twins(
        lines, lambda line: (line.name or "").lower() or None, "name", "Same name as line {row}. Names must be unique."
    )
    planning.refuse_twins(
        lines, lambda line: line.present and line.present.id, "id", "Same service as line {row}. Keep one of them."
    )
    return lines


def _line(row: Row, present: Present, default_currency: str) -> Line:
    cells = row.values
    identifier, name = identify(cells)
    line = Line(row.number, planning.given(LINE, cells, FIELDS), name=name, errors=dict(row.errors))
    if not cells.get("status"):
        line.given.pop("status", None)
    if identifier is not None:
        line.present = present.by_id.get(identifier)
    elif not cells.get("id", "").strip():
        line.present = present.by_name.get(name.lower())
    if cells.get("id", "").strip() and line.present is None:
        line.fail("id", "Service not found. Leave the id empty to add a new service.")
    _name_tax_code(line, cells, present)
    if planning.read(line, LINE, LINE_PART):
        _settle(line, present, default_currency)
        _check(line, present, cells)
        planning.compare(line, LINE, {FIELDS[column] for column in cells if column in FIELDS and not cells[column]})
    line.errors = {column_of(field): messages for field, messages in line.errors.items()}
    line.changes = {column_of(field): change for field, change in line.changes.items()}
    return line


def _name_tax_code(line: Line, cells: Mapping[str, str], present: Present) -> None:
    name = one_line(cells.get("tax_code", ""))
    if not name:
        return
    tax_code = present.tax_codes.get(name.lower())
    if tax_code is None:
        line.given.pop("tax_code_id", None)
        line.fail("tax_code", f'No tax code is named "{name}".')
        return
    line.given["tax_code_id"] = str(tax_code.id)
    if tax_code.status == ARCHIVED and (line.present is None or line.present.tax_code_id != tax_code.id):
        line.fail("tax_code", f'The tax code "{tax_code.name}" is archived. Choose an active tax code.')


def _settle(line: Line, present: Present, default_currency: str) -> None:
    """Normalizes the fields as single changes do before they are checked."""
    values, service = line.values, line.present
    if "name" in values:
        values["name"] = one_line(values["name"])
    if service is None:
        values["currency"] = values.get("currency") or default_currency
    elif values.pop("currency", None) not in (None, service.currency):
        line.fail("currency", FIXED.format(service.currency))
    if values.get("category"):
        _settle_category(line, present)


def _settle_category(line: Line, present: Present) -> None:
    """Sets the stored spelling of the category; an unknown category is added when the plan is written."""
    line.values["category"] = one_line(line.values["category"])
    category = present.categories.get(line.values["category"].lower())
    if category is None:
        return
    line.values["category"] = category.name
    if category.status == ARCHIVED and (line.present is None or line.present.category_id != category.id):
        line.fail("category", f'The category "{category.name}" is archived. Choose an active category.')


def _check(line: Line, present: Present, cells: Mapping[str, str]) -> None:
    """Adds the errors of the service with its new values."""
    service = _with_changes(line)
    line.target = service if line.present is None else None
    errors = mistakes(service, line.values.get("default_rate"), cycle_needed=needs_cycle(line.present))
    if cells.get("default_rate") == "" and derived_rate(service.price_model) is None:
        errors["default_rate"] = [MISSING]
    same_name = present.by_name.get((line.name or "").lower())
    if same_name is not None and same_name is not line.present:
        errors["name"] = [f'Another service is already named "{same_name.name}". Choose another name.']
    for field, messages in errors.items():
        line.errors.setdefault(field.split(".")[0], []).extend(messages)
    line.values["default_rate"] = service.default_rate
    price_list.plan(line, cells, service)


def _with_changes(line: Line) -> CatalogService:
    service = line.present
    current = {field: getattr(service, field) for field in FIELDS.values()} if service is not None else {}
    return CatalogService(**{**current, **line.values})
