"""Refuse who may not do it: every service asks here first."""

from hashar.assess.rules.rights import may_create, may_share, may_work
from hashar.assess.rules.series_rights import may_import_series, may_share_series
from hashar.errors import Forbidden
from hashar.i18n import N_
from hashar.people.contracts import Actor

__all__ = [
    "may_create",
    "may_import_series",
    "may_share",
    "may_share_series",
    "may_work",
    "require_create",
    "require_import_series",
    "require_share",
    "require_share_series",
    "require_work",
]


def require_create(actor: Actor, organisation: int, territory_path: str) -> None:
    """Refuse who may not create surveys.

    Raises
    ------
    Forbidden
        The actor is no coordinator of the organisation for this territory.

    """
    if not may_create(actor, organisation, territory_path):
        raise Forbidden(
            N_("Only a coordinator of this organisation may create a survey for this territory. Ask one of them.")
        )


def require_work(actor: Actor, organisation: int, territory_path: str) -> None:
    """Refuse who may not work with a survey's microdata.

    Raises
    ------
    Forbidden
        The actor is no analyst of the organisation for this territory.

    """
    if not may_work(actor, organisation, territory_path):
        raise Forbidden(
            N_("Only an analyst of the organisation that owns this survey may do this. Ask its coordinator.")
        )


def require_share(actor: Actor, organisation: int, territory_path: str) -> None:
    """Refuse who may not share or withdraw releases.

    Raises
    ------
    Forbidden
        The actor is no coordinator of the organisation for this territory.

    """
    if not may_share(actor, organisation, territory_path):
        raise Forbidden(
            N_("Only a coordinator of the organisation that owns this survey may do this. Ask one of them.")
        )


def require_import_series(actor: Actor, organisation: int, territory_path: str) -> None:
    """Refuse who may not import registers and series.

    Raises
    ------
    Forbidden
        The actor is neither coordinator, official nor analyst of the organisation for this territory.

    """
    if not may_import_series(actor, organisation, territory_path):
        raise Forbidden(
            N_(
                "Only coordinators, officials and analysts of this organisation may import series for this territory. "
                "Ask one of them."
            )
        )


def require_share_series(actor: Actor, organisation: int, territory_path: str) -> None:
    """Refuse who may not share series.

    Raises
    ------
    Forbidden
        The actor is no coordinator of the organisation for this territory.

    """
    if not may_share_series(actor, organisation, territory_path):
        raise Forbidden(N_("Only a coordinator of the organisation that owns this series may do this. Ask them."))
