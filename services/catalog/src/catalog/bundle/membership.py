"""Finds the sets and bundles that contain a service, which then can't be deleted."""

from uuid import UUID

from sqlalchemy import select

from catalog.bundle.models import Bundle, BundleItem
from catalog.service_set.models import Member, ServiceSet
from common.uow import UnitOfWork

MOST_NAMED = 3


def holders(work: UnitOfWork, service_id: UUID) -> str:
    """Returns the sets and bundles as 'the set "Small office" and the bundle "Starter"', or an empty text."""
    sets = select(ServiceSet.name).join(Member).where(Member.service_id == service_id).order_by(ServiceSet.name)
    bundles = select(Bundle.name).join(BundleItem).where(BundleItem.service_id == service_id).order_by(Bundle.name)
    names = [f'the set "{name}"' for name in work.session.scalars(sets)]
    names += [f'the bundle "{name}"' for name in work.session.scalars(bundles)]
    if len(names) > MOST_NAMED:
        names = [*names[:MOST_NAMED], f"{len(names) - MOST_NAMED} more"]
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
