"""HTTP routes for simulations. They store nothing."""

from typing import Any

from agreements.simulation import fitting, simulating
from agreements.simulation.fitting import BestFit
from agreements.simulation.schemas import BEST_FIT, FITTED, SIMULATED, SIMULATION
from agreements.simulation.simulating import Simulation
from common.http.routes import Routes
from common.roles import MANAGERS
from common.uow import UnitOfWork

routes = Routes("simulations", "What a client's time would cost under other agreements")


@routes.post(
    "/agreements/simulate", "simulateAgreement", body=SIMULATION, returns=SIMULATED, roles=MANAGERS, status=200
)
def simulate_agreement(work: UnitOfWork, body: Simulation) -> dict[str, Any]:
    """Replays or projects the client's time under an agreement that is not stored, month by month."""
    return simulating.simulate(work, body)


@routes.post("/agreements/best-fit", "findBestFit", body=BEST_FIT, returns=FITTED, roles=MANAGERS, status=200)
def find_best_fit(work: UnitOfWork, body: BestFit) -> dict[str, Any]:
    """Derives terms of each agreement type from the client's time, and ranks them by their cost."""
    return fitting.best_fit(work, body)
