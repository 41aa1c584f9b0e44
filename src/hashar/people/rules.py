"""The closed lists of this app, in the order in which they are shown, and its pure decisions."""

import datetime as dt
import hashlib
import hmac
import re
import unicodedata

from hashar.i18n import N_
from hashar.people.contracts import Actor, InvitationState, Role

ORGANISATION_KINDS = ("state_body", "ngo", "school", "health", "police", "media", "business", "religious", "other")
SECTORS = (
    "youth",
    "parents",
    "business",
    "media",
    "schools",
    "youth_serving",
    "law_enforcement",
    "religious",
    "civic",
    "health",
    "government",
    "substance_use",
)
"""The twelve sectors of a community coalition (Drug-Free Communities Support Program, 21 U.S.C. 1532)."""
LEVELS = ("community", "district", "region", "country")

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty-two letters and digits that cannot be taken for one another on paper (Crockford's base 32)."""
CODE_LENGTH = 16
"""Eighty bits: short enough to type from paper, far too many to try."""
CODE_BYTES = CODE_LENGTH * 5 // 8
TOKEN_PREFIX = "hashar_"  # noqa: S105  (what every token begins with, so that a leaked one is recognised)

INVITATION_DAYS = range(1, 91)
INVITATION_DAYS_USUAL = 14
RESET_HOURS = 24
TOKEN_DAYS = range(1, 366)

CODES_KEPT = dt.timedelta(days=90)
"""How long an invitation, a reset code or a token is kept after its end, to answer questions about it."""
UNUSED_CLOSED = dt.timedelta(days=730)
"""An account that nobody signed in to for this long is closed …"""
UNUSED_ERASED = dt.timedelta(days=1095)
"""… and after this long its personal data are erased."""

ONLY_COORDINATORS = N_("Only a coordinator of this organisation may do this. Ask one of them.")
ONLY_OPERATORS = N_("Only those who run this site may do this. Ask them.")

_LOGIN = re.compile(r"[^\W_][\w.-]{2,59}")
_LOOKALIKES = str.maketrans("OIL", "011")


def code_of(random: bytes) -> str:
    """``CODE_BYTES`` random bytes as a code for paper, without its hyphens."""
    number = int.from_bytes(random, "big")
    return "".join(CODE_ALPHABET[number >> shift & 31] for shift in range(5 * (CODE_LENGTH - 1), -1, -5))


def on_paper(code: str) -> str:
    """The code in groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def typed_code(text: str) -> str:
    """What was meant by a code typed from paper: case, spaces, hyphens and look-alike letters do not matter."""
    return re.sub(r"[\s‐-―-]", "", text).upper().translate(_LOOKALIKES)


def digest(secret: str) -> str:
    """What is stored of a code or a token: with 80 random bits or more, no salt or slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(stored: str, given: str) -> bool:
    """Whether two digests are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(stored.encode(), given.encode())


def login_of(text: str) -> str:
    """A login name as it is stored: one form for each name, whatever the keyboard."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def login_is_good(login: str) -> bool:
    """Letters of any alphabet, digits, dot, hyphen, underscore; 3 to 60; not what erased people are called."""
    return bool(_LOGIN.fullmatch(login)) and not login.startswith("erased-")


def invitation_state(
    *,
    accepted_at: dt.datetime | None,
    revoked_at: dt.datetime | None,
    expires_at: dt.datetime,
    now: dt.datetime,
) -> InvitationState:
    """Where an invitation stands."""
    if accepted_at is not None:
        return InvitationState.ACCEPTED
    if revoked_at is not None:
        return InvitationState.REVOKED
    return InvitationState.EXPIRED if expires_at <= now else InvitationState.OPEN


def lies_within(territory_path: str, whole_path: str) -> bool:
    """Whether a territory is another one or a part of it; an empty path is everywhere."""
    return territory_path.startswith(whole_path)


def runs_site(actor: Actor) -> bool:
    """Whether somebody runs the installation, and acts in person."""
    return actor.operator and actor.scopes is None


def may_manage(actor: Actor | None, organisation: int) -> bool:
    """Members, roles and invitations of an organisation: its coordinators, and who runs the installation."""
    if actor is None or actor.scopes is not None:
        return False
    return actor.operator or Role.COORDINATOR in actor.roles_in(organisation)
