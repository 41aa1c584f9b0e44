"""Whether a password will do: Django's checks, answered in our words."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from hashar.errors import HasharError, UsageError
from hashar.i18n import N_
from hashar.people.models import Person

_SENTENCES = {
    "password_too_short": N_("The password is too short: take at least {least} letters, best several words."),
    "password_too_similar": N_(
        "The password is too much like the name. Take something that has nothing to do with it."
    ),
    "password_too_common": N_("This password is among the first that are tried. Take several words of your own."),
    "password_entirely_numeric": N_("The password is only digits. Mix in words."),
}
LEAST = 10


def check_password(*, password: str, login: str, name: str) -> None:
    """Refuse a weak password.

    Raises
    ------
    UsageError
        What is weak about it, and what to do; all of it at once.

    """
    try:
        validate_password(password, Person(username=login, name=name))
    except ValidationError as error:
        problems = [_sentence(str(problem.code)) for problem in error.error_list]
        if len(problems) == 1:
            raise problems[0] from None
        raise UsageError(N_("This password will not do."), problems=problems) from None


def _sentence(code: str) -> HasharError:
    message = _SENTENCES.get(code, N_("This password will not do. Take several words of your own."))
    return UsageError(message, least=LEAST)
