"""The `catalog` command."""

from catalog.wiring import service
from common.cli import service_cli

main = service_cli("catalog", service)
