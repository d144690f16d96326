"""The `gateway` command."""

from common.cli import service_cli
from gateway.organisation.commands import organisation
from gateway.user.commands import users
from gateway.wiring import app

main = service_cli("gateway", app)
main.add_command(users)
main.add_command(organisation)
