"""HTTP routes of the approval of time."""

from typing import Any

from agreements.time import approving
from agreements.time.approving import Approval, Return
from agreements.time.schemas import TIME_APPROVAL, TIME_RETURN
from common.bulk import RESULTS
from common.http.routes import Routes
from common.roles import MANAGERS
from common.uow import UnitOfWork

routes = Routes("time-approvals", "Approval of logged time before it is invoiced")


@routes.post("/time-entries/approve", "approveTime", body=TIME_APPROVAL, returns=RESULTS, roles=MANAGERS, status=200)
def approve_time(work: UnitOfWork, body: Approval) -> dict[str, Any]:
    return approving.approve(work, body)


@routes.post("/time-entries/return", "returnTime", body=TIME_RETURN, returns=RESULTS, roles=MANAGERS, status=200)
def return_time(work: UnitOfWork, body: Return) -> dict[str, Any]:
    """Returns time to its technician with a reason. A correction submits it again."""
    return approving.give_back(work, body)
