"""Which sets and bundles a service is part of: a reason not to delete it."""

from uuid import UUID

from sqlalchemy import select

from catalog.bundle.models import Bundle, BundleItem
from catalog.service_set.models import Member, ServiceSet
from common.uow import UnitOfWork

MOST_NAMED = 3


def holders(work: UnitOfWork, service_id: UUID) -> str:
    """'the set "Small office" and the bundle "Starter"'; empty when it is in none."""
    sets = select(ServiceSet.name).join(Member).where(Member.service_id == service_id).order_by(ServiceSet.name)
    bundles = select(Bundle.name).join(BundleItem).where(BundleItem.service_id == service_id).order_by(Bundle.name)
    found = [f'the set "{name}"' for name in work.session.scalars(sets)]
    found += [f'the bundle "{name}"' for name in work.session.scalars(bundles)]
    if len(found) > MOST_NAMED:
        found = [*found[:MOST_NAMED], f"{len(found) - MOST_NAMED} more"]
    return " and ".join(filter(None, (", ".join(found[:-1]), *found[-1:])))
