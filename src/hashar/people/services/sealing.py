"""Secrets of second factors as the database keeps them: sealed with a key made from the site's own.

The site's key lies in the data folder or in the environment, so that the database alone, or a copy of it, gives
nobody's codes away.
"""

from base64 import urlsafe_b64encode
from functools import lru_cache

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"hashar: secrets of second factors"
SECRETS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}
"""What of a factor is secret; of a passkey the site knows the public half alone."""


def seal(text: str) -> str:
    """The text as it is stored."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str | None:
    """The text again; None when it was sealed with a key that this site does not know (any more)."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except (InvalidToken, UnicodeError):
        return None


def unreadable_factors() -> int:
    """How many second factors cannot be used, because the site's key is not the one that sealed them."""
    rows = Authenticator.objects.filter(type__in=SECRETS).values_list("type", "data")
    return sum(unseal(str(data.get(SECRETS[Authenticator.Type(kind)], ""))) is None for kind, data in rows)


def _box() -> MultiFernet:
    return _box_of((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=4)
def _box_of(keys: tuple[str, ...]) -> MultiFernet:
    """Seals with the first key, opens with any."""
    return MultiFernet([Fernet(urlsafe_b64encode(HKDF(SHA256(), 32, None, PURPOSE).derive(k.encode()))) for k in keys])
