"""How many requests a caller may make in a minute, counted in the cache that all processes share."""

import datetime as dt
import hashlib
import hmac
from typing import cast

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

MINUTE = 60


def counted(caller: str, limit: int, now: dt.datetime) -> int:
    """Count one request of ``caller``: 0 when it is within ``limit`` a minute, else the seconds until the next minute.

    The cache holds no address and no token, only a keyed digest of them.
    """
    key = _key(caller, now)
    count = cast("int", cache.get(key, 0)) + 1  # two calls at once may count as one: the limit need not be exact
    cache.set(key, count, timeout=2 * MINUTE)
    return 0 if count <= limit else _rest(now)


def used_up(caller: str, limit: int, now: dt.datetime) -> int:
    """Like :func:`counted`, without counting."""
    return 0 if cast("int", cache.get(_key(caller, now), 0)) < limit else _rest(now)


def address_of(request: HttpRequest) -> str:
    """The caller's network address, by the same rule as the sign-in (proxies are believed only where configured)."""
    try:
        return f"address {get_adapter().get_client_ip(request)}"
    except PermissionDenied:  # a server behind a socket of this machine tells none
        return "address unknown"


def _key(caller: str, now: dt.datetime) -> str:
    digest = hmac.new(settings.SECRET_KEY.encode(), caller.encode(), hashlib.sha256).hexdigest()
    return f"api:{digest}:{int(now.timestamp()) // MINUTE}"


def _rest(now: dt.datetime) -> int:
    return MINUTE - int(now.timestamp()) % MINUTE
