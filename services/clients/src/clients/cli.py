"""The `clients` command."""

from clients.wiring import service
from common.cli import service_cli

main = service_cli("clients", service)
