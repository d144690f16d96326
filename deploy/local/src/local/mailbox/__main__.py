"""`python -m local.mailbox --folder DIR --smtp-port N --http-port N`"""

import os
import signal
import threading
from pathlib import Path

import click
from aiosmtpd.controller import Controller
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from local.mailbox.desk import ServiceDesk
from local.mailbox.smtp import Faults, Inbound
from local.mailbox.store import Store
from local.mailbox.web import create_app


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Logs nothing, because tests poll and would fill the log."""


@click.command()
@click.option("--folder", type=click.Path(path_type=Path), required=True)
@click.option("--smtp-port", type=int, required=True)
@click.option("--http-port", type=int, required=True)
@click.option("--host", default="127.0.0.1", show_default=True)
def main(folder: Path, smtp_port: int, http_port: int, host: str) -> None:
    """Runs until it gets a signal to stop."""
    store, faults = Store(folder), Faults()
    desk = ServiceDesk(os.environ["SERVICE_DESK_IMAP_URL"])
    smtp = Controller(
        Inbound(store, faults, desk), hostname=host, port=smtp_port, enable_SMTPUTF8=True, ident="Evergreen"
    )
    web = make_server(host, http_port, create_app(store, faults, desk), threaded=True, request_handler=_Quiet)
    with desk:
        _serve(smtp, web, store)


def _serve(smtp: Controller, web: BaseWSGIServer, store: Store) -> None:
    smtp.start()
    # shutdown() waits for the loop that this signal interrupts, so it needs another thread.
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=web.shutdown).start())
    click.echo(f"mailbox_started smtp_port={smtp.port} http_port={web.port} messages={len(store.summaries())}")
    web.serve_forever()
    smtp.stop()


main()
